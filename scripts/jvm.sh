# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# The program on this machine's own JVM: building, running, testing.

app=$root/target/moncampus-ecal
jar=$app/moncampus-ecal.jar
# what the JVM keeps ready for the next start is bound to these, and to the jar
java_options=(-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto)
kept_option=$app/jvm.option

# The JVM's version by the file beside it, which starts nothing; or by its own word.
java_version() {
  local home version=''
  home=$(dirname -- "$(dirname -- "$(real_path "$1")")")
  [ ! -r "$home/release" ] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  [ -n "$version" ] || version=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
  printf '%s\n' "${version:-0}"
}

# has_java [NAME]: sets $java, of this kind when a name such as javac is given. Homebrew's is on no path.
has_java() {
  local candidate program=${1:-java}
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/$program"} "$(command -v "$program")" {/opt/homebrew,/usr/local}/opt/openjdk@21/bin/"$program"; do
    if [ -x "$candidate" ] && [ "$(java_version "$(dirname -- "$candidate")/java")" -ge 17 ]; then
      java=$(dirname -- "$candidate")/java
      return
    fi
  done
  return 1
}

find_java() {
  has_java || { need_tools jdk && has_java; }
}

# Whether the program can run here without installing anything.
is_possible_here() {
  has_java && { ! is_stale || [ -z "$(missing_of jdk maven)" ]; }
}

# Maven takes the JDK that is new enough, whichever the machine's default is.
need_build_tools() {
  need_tools jdk maven
  has_java javac
  JAVA_HOME=$(dirname -- "$(dirname -- "$(real_path "${java}c")")")
  export JAVA_HOME
}

# Something that the program is built from is newer than the program. Routes are not: it reads those of this checkout as they are.
is_stale() {
  [ ! -f "$jar" ] || [ -n "$(find "$root/src/main" "$root/pom.xml" -newer "$jar" -print -quit)" ]
}

# Whether the program can run here without building anything.
is_runnable() {
  ! is_stale && has_java
}

# quietly COMMAND…: a command that works shows nothing, one that fails shows why.
quietly() {
  local log code=0
  log=$(mktemp)
  "$@" </dev/null >"$log" 2>&1 || code=$?
  [ "$code" = 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$code"
}

build_program() {
  need_build_tools
  say 'Construction du programme (la première fois, Maven télécharge ses dépendances)…'
  quietly mvn -B -ntp -q -f "$root/pom.xml" package -Dmaven.test.skip=true || fail "la construction a échoué, voir ci-dessus." 1
  touch "$jar"
  keep_classes
}

# A first sync, with a sandbox, so that the next starts are faster; without it they work as well.
keep_classes() {
  say 'Préparation des démarrages suivants (une synchronisation d'\''essai)…'
  rm -f "$kept_option"
  (cd "$app" && ROUTES_DIR=$app/routes quietly_to "$kept_option" bash "$root/docker/train.sh" "$app/moncampus-ecal" sync "$java" "${java_options[@]}") ||
    warn "la préparation n'a pas abouti : le programme marche, mais démarre moins vite."
}

# quietly_to FILE COMMAND…: its output becomes the file only if it works.
quietly_to() {
  "${@:2}" </dev/null >"$1.new" 2>/dev/null && mv "$1.new" "$1"
}

need_program() {
  if is_stale; then
    build_program
  fi
  find_java
}

# The program knows the files of configs/ only: config.yml of the top folder gets a name there.
link_default() {
  local link=$root/configs/default.yml
  if [ -f "$root/config.yml" ] && [ ! -e "$link" ]; then
    ln -sfn ../config.yml "$link" 2>/dev/null || warn "config.yml n'est pas vu : le dossier configs/ ne peut pas être écrit."
  elif [ -L "$link" ] && [ ! -e "$link" ]; then
    rm -f "$link"
  fi
}

# The program works on the folders of this checkout, wherever it is called from.
find_program() {
  need_program
  link_default
  local options=("${java_options[@]}")
  # what another JVM or an older jar has kept is not used; its warnings would mix with results
  [ ! -s "$kept_option" ] || options+=("$(cat "$kept_option")" -Xlog:disable -Xlog:all=error:stderr)
  # shellcheck disable=SC2206 # several options in one variable
  [ -z "${JAVA_OPTIONS:-}" ] || options=($JAVA_OPTIONS)
  # names of files and arguments keep their accents under cron, too
  export LC_ALL=C.UTF-8 CONFIGS_DIR=${CONFIGS_DIR:-$root/configs} ROUTES_DIR=${ROUTES_DIR:-$root/routes} DATA_DIR=${DATA_DIR:-$root/data}
  command_line=("$java" "${options[@]}" -jar "$jar")
}

program() (
  find_program
  "${command_line[@]}" "$@"
)

# In place of this script, so that signals reach it.
become_program() {
  find_program
  exec "${command_line[@]}" "$@"
}

# The simulation is part of the tests: they are compiled when something has changed, and nothing else is built.
soak() {
  local class=simulation.Soak options=(-Xmx512m -XX:+UseSerialGC) known='seeds|from|threads|failures'
  if [ "${1:-}" = --endurance ]; then
    shift
    class=endurance.Endurance known='configs|runs'
    # the JVM of a container, whose small heap is part of what is tried
    mapfile -t options < <(grep -v '^#' "$root/docker/java.options")
  fi
  [[ "$* " =~ ^(--($known) [0-9]{1,15} )*\ ?$ ]] || fail "soak : « $* » n'est pas compris. Aide : ./manage.sh soak --help"
  local classpath=$root/target/test.classpath
  if [ ! -f "$classpath" ] || [ -n "$(find "$root/src" "$root/pom.xml" -newer "$classpath" -print -quit)" ]; then
    need_build_tools
    say 'Compilation des tests (la première fois, Maven télécharge ses dépendances)…'
    quietly mvn -B -ntp -q -f "$root/pom.xml" test-compile dependency:build-classpath -Dmdep.includeScope=test "-Dmdep.outputFile=$classpath" ||
      fail "la compilation a échoué, voir ci-dessus." 1
    touch "$classpath"
  fi
  find_java
  # it reads routes/ where it is
  cd "$root" || exit
  exec "$java" "${options[@]}" -cp "$root/target/test-classes:$root/target/classes:$(cat "$classpath")" "fr.moncampus.ecal.$class" "$@"
}
