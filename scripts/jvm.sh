# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# The program on this machine's own JVM: building, running, testing.

app=$root/target/moncampus-ecal
jar=$app/moncampus-ecal.jar

has_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  [ -x "$java" ] || java=$(command -v java)
}

find_java() {
  has_java || fail "Java est introuvable : installez un JDK 17 ou plus récent (Debian : apt install openjdk-17-jdk-headless)."
  local version
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
  [ "${version%%.*}" -ge 17 ] 2>/dev/null || fail "Java ${version:-inconnu} est trop ancien : il faut Java 17 ou plus récent."
}

need_maven() {
  command -v mvn >/dev/null || fail "Maven est introuvable : installez-le (Debian : apt install maven)."
}

# Something that the program is built from is newer than the program. Routes are not: it reads those of this checkout as they are.
is_stale() {
  [ ! -f "$jar" ] || [ -n "$(find "$root/src/main" "$root/pom.xml" -newer "$jar" -print -quit)" ]
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
  find_java
  need_maven
  say 'Construction du programme (la première fois, Maven télécharge ses dépendances)…'
  quietly mvn -B -ntp -q -f "$root/pom.xml" package -Dmaven.test.skip=true || fail "la construction a échoué, voir ci-dessus." 1
  touch "$jar"
}

need_program() {
  find_java
  if is_stale; then
    build_program
  fi
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
  local options=(-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto)
  # shellcheck disable=SC2206 # several options in one variable
  [ -z "${JAVA_OPTIONS:-}" ] || options=($JAVA_OPTIONS)
  export CONFIGS_DIR=${CONFIGS_DIR:-$root/configs} ROUTES_DIR=${ROUTES_DIR:-$root/routes} DATA_DIR=${DATA_DIR:-$root/data}
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
  local argument number=
  for argument in "$@"; do
    case $number$argument in
      --seeds | --from | --threads) number=yes ;;
      yes[0-9]*) [[ $argument =~ ^[0-9]{1,15}$ ]] || fail "soak : « $argument » n'est pas un nombre." && number= ;;
      *) fail "soak : « $argument » n'est pas attendu ici. Usage : ./manage.sh soak [--seeds N] [--from GRAINE] [--threads N]" ;;
    esac
  done
  [ -z "$number" ] || fail "soak : il manque un nombre après « $argument »."
  find_java
  local classpath=$root/target/test.classpath
  if [ ! -f "$classpath" ] || [ -n "$(find "$root/src" "$root/pom.xml" -newer "$classpath" -print -quit)" ]; then
    need_maven
    say 'Compilation des tests (la première fois, Maven télécharge ses dépendances)…'
    quietly mvn -B -ntp -q -f "$root/pom.xml" test-compile dependency:build-classpath -Dmdep.includeScope=test "-Dmdep.outputFile=$classpath" ||
      fail "la compilation a échoué, voir ci-dessus." 1
    touch "$classpath"
  fi
  exec "$java" -Xmx512m -XX:+UseSerialGC -cp "$root/target/test-classes:$root/target/classes:$(cat "$classpath")" fr.moncampus.ecal.simulation.Soak "$@"
}

run_tests() {
  find_java
  need_maven
  cd "$root" || exit
  local code=0
  mvn -B -ntp clean verify "$@" </dev/null || code=$?
  count_tests
  exit "$code"
}

# The last line says how many tests ran, those of the finished program included: TestCount writes a line for each.
count_tests() {
  { cat target/tests-counted.txt 2>/dev/null || true; } |
    awk '{ count[$1]++ } END { printf "%d passed, %d failed, %d skipped\n", count["passed"], count["failed"], count["skipped"] }'
}
