#!/usr/bin/env bash
# Everything that a user of moncampus-ecal does, by one command. Messages are French, as the users are.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
app=$root/target/moncampus-ecal
jar=$app/moncampus-ecal.jar

usage() {
  cat <<'EOF'
Usage : ./manage.sh COMMANDE [OPTIONS]

Découvrir
  demo                     démonstration complète sur un bac à sable (construit si besoin)
  sandbox                  sert un MonCampus et un ECAL d'essai

Synchroniser (configurations : configs/*.yml)
  check [CONFIG…]          vérifie fichiers, routes, MonCampus et ECAL, sans rien écrire
  plan [CONFIG…]           montre ce qu'une synchronisation ferait
  sync [CONFIG…]           synchronise une fois
  run [CONFIG…]            synchronise au démarrage puis selon l'horaire, jusqu'à Ctrl-C
  approve CONFIG [SOMME]   montre ce qui est retenu ; avec la somme, l'exécute
  adopt CONFIG HASH        reprend les événements d'un autre propriétaire
  status [CONFIG…]         derniers passages et ce qui attend
  errors [CONFIG…]         fichier d'erreurs ; --journal : ce qui a été écrit

Développer
  build                    construit le programme
  test                     tous les tests
  quality [PAQUET…]        branches couvertes et mutations tuées, par paquet (long)
  bench                    mesures de durée et de mémoire

Chaque commande a son aide : ./manage.sh COMMANDE --help
EOF
}

fail() {
  printf 'erreur : %s\n' "$1" >&2
  exit "${2:-2}"
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) || fail "Java est introuvable : installez un JDK 17 ou plus récent (Debian : apt install openjdk-17-jdk-headless)."
  fi
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

build() {
  need_maven
  printf 'Construction du programme (la première fois, Maven télécharge ses dépendances)…\n' >&2
  # into a file first: a build that fails shows why, one that works shows nothing
  local log
  log=$(mktemp)
  if ! (cd "$root" && mvn -B -ntp -q package -Dmaven.test.skip=true </dev/null >"$log" 2>&1); then
    cat "$log" >&2
    rm -f "$log"
    fail "la construction a échoué, voir ci-dessus." 1
  fi
  rm -f "$log"
  touch "$jar"
}

need_program() {
  find_java
  if is_stale; then
    build
  fi
}

# The program works on the folders of this checkout, wherever it is called from.
program() {
  need_program
  export CONFIGS_DIR=${CONFIGS_DIR:-$root/configs} ROUTES_DIR=${ROUTES_DIR:-$root/routes} DATA_DIR=${DATA_DIR:-$root/data}
  local options=(-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto)
  # shellcheck disable=SC2206 # several options in one variable
  [ -z "${JAVA_OPTIONS:-}" ] || options=($JAVA_OPTIONS)
  exec "$java" "${options[@]}" -jar "$jar" "$@"
}

run_tests() {
  find_java
  need_maven
  cd "$root"
  local code=0
  mvn -B -ntp clean verify "$@" </dev/null || code=$?
  count_tests
  exit "$code"
}

# The last line says how many tests ran, those that run as a separate process included.
count_tests() {
  find target/surefire-reports target/failsafe-reports -name 'TEST-*.xml' -exec sed -n 's/.*<testsuite .*/&/p' {} + 2>/dev/null |
    awk 'function number(name,  text) { if (!match($0, " " name "=\"[0-9]+\"")) return 0; text = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", text); return text + 0 }
      { tests += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped") }
      END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }'
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  help | -h | --help) usage ;;
  build)
    find_java
    build
    ;;
  test) run_tests "$@" ;;
  quality)
    find_java
    need_maven
    exec "$root/scripts/quality.sh" "$@"
    ;;
  bench) JAVA_OPTIONS="${JAVA_OPTIONS:--Xmx128m -XX:+UseSerialGC}" program bench "$@" ;;
  run | sync | plan | approve | adopt | check | status | errors | sandbox | demo) program "$command" "$@" ;;
  *)
    printf 'erreur : « %s » n'\''est pas une commande.\n\n' "$command" >&2
    usage >&2
    exit 2
    ;;
esac
