# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# test: all of them. A part that cannot run here is skipped, and says why; the last line counts the tests of all parts.

# A line for every test: passed, failed or skipped.
run_tests() {
  local failed=() counted took='' begun=$SECONDS
  need_build_tools
  cd "$root" || exit
  counted=$(mktemp)
  # shellcheck disable=SC2064 # this file, whatever the variable holds by then
  trap "rm -f '$counted'" EXIT
  if [ $# -gt 0 ]; then
    say 'Avec des options de Maven, seuls les tests du programme sont lancés.'
  else
    # once for all that is missing
    ensure_tools shellcheck bats git chromium || ensure_browser
    # some tests of the program; skipped where the system has no such package
    [ "$(package_manager)" != apt-get ] || ensure_tools postgresql || true
    # subscribe to a feed; khal brings python3-icalendar along. The tests say themselves that they are skipped
    [ "$(package_manager)" != apt-get ] || ensure_tools khal vdirsyncer || echo "les tests du flux par d'autres programmes sont sautés : $trouble"
    # a CalDAV server that some tests of the program write to; they say themselves that they are skipped
    ensure_tools radicale || true
    test_scripts || failed+=(shellcheck)
    took_part shellcheck
    test_with_bats test/bats bats || failed+=(test/bats)
    took_part bats
    test_containers || failed+=(test/container)
    took_part conteneurs
  fi
  # TestCount writes a line for each, those of the finished program included
  mvn -B -ntp clean verify "$@" </dev/null || failed+=('les tests du programme')
  took_part programme
  if [ -n "${SECOND_JDK:-}" ] && [ $# = 0 ]; then
    test_with_second_java || failed+=("les tests avec $SECOND_JDK")
    took_part 'second Java'
  fi
  cat target/tests-counted.txt >>"$counted" 2>/dev/null || true
  echo "durées :${took%,}"
  [ ${#failed[@]} = 0 ] || printf 'échec : %s\n' "${failed[@]}"
  # each by its name and with what it said, since its own lines may be far above
  sed -n -e 's/^failed \(.*\)/  \1/p' -e 's/^said /    /p' "$counted"
  awk '{ count[$1]++ } END { printf "%d passed, %d failed, %d skipped\n", count["passed"], count["failed"], count["skipped"] }' "$counted"
  [ ${#failed[@]} = 0 ]
}

# took_part NAME: what it took, since the part before it
took_part() {
  took="$took $1 $((SECONDS - begun)) s,"
  begun=$SECONDS
}

# The tests of the page say themselves that they are skipped.
ensure_browser() {
  ensure_tools chromium || echo "les tests de la page dans un navigateur sont sautés : $trouble"
}

# What is compiled already, on another Java, without what says nothing of the Java and takes longest: simulations, and many tries of a property.
test_with_second_java() {
  say "Les tests sans les simulations, avec $SECOND_JDK…"
  JAVA_HOME=$SECOND_JDK mvn -B -ntp surefire:test '-Dsurefire.excludes=**/simulation/*,**/*$*' -Dquality.tries=30 </dev/null
}

test_scripts() {
  local code=0
  if ! ensure_tools shellcheck; then
    echo "shellcheck sauté : $trouble"
    echo skipped >>"$counted"
    return 0
  fi
  shellcheck manage.sh scripts/*.sh docker/*.sh .ci/run test/bats/bin/* test/container/*/*.sh || code=1
  if [ "$code" = 0 ]; then echo passed; else echo 'failed shellcheck'; fi >>"$counted"
  return "$code"
}

# test_with_bats FOLDER TOOL…
test_with_bats() {
  local code=0 report
  if ! ensure_tools "${@:2}"; then
    skip_bats "$1" "$trouble"
    return 0
  fi
  report=$(mktemp)
  bats --tap "$1" </dev/null | tee "$report" || code=1
  # a file that does not even load has no line of its own
  awk -v part="$1" '
    /^ok .*# skip/ { print "skipped"; next }
    /^ok / { print "passed"; next }
    /^not ok / { sub(/^not ok [0-9]* */, ""); print "failed " part " : " $0; left = 80; next }
    /^#/ && left-- > 0 { print "said " $0 }
  ' "$report" >>"$counted"
  [ "$code" = 0 ] || grep -q '^not ok ' "$report" || echo "failed $1" >>"$counted"
  rm -f "$report"
  return "$code"
}

# skip_bats FOLDER REASON
skip_bats() {
  echo "$1 sauté : $2"
  cat "$1"/*.bats | sed -n 's/^@test .*/skipped/p' >>"$counted"
}

# They change owners, and remove every container and image of this project at their end.
test_containers() {
  if docker_state denied; then
    skip_bats test/container "votre utilisateur n'a pas le droit d'utiliser Docker"
  elif ! docker_state there; then
    skip_bats test/container 'aucun moteur Docker (avec compose) ne répond ici'
  elif [ "$(id -u)" != 0 ]; then
    skip_bats test/container 'ils donnent des fichiers à un autre utilisateur : lancez-les par root'
  elif [ -n "$(docker ps -aq --filter label=com.docker.compose.project=moncampus-ecal)" ]; then
    skip_bats test/container 'des conteneurs de moncampus-ecal sont sur cette machine, et ces tests les effaceraient'
  else
    test_with_bats test/container bats git curl
  fi
}
