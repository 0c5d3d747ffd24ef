#!/usr/bin/env bats
# Every verb, without an engine.
load helper

@test "help names every verb, and every verb has a help of its own" {
  manage
  [ "$status" = 0 ]
  for verb in $(grep -oE '^  [a-z0-9-]+' <<<"$output"); do
    run "$top/manage.sh" "$verb" --help
    [ "$status" = 0 ]
    [ -n "$output" ]
  done
}

@test "an unknown command is an error that shows the commands" {
  manage nonsense
  [ "$status" = 2 ]
  [[ $output == *nonsense* && $output == *generate-compose* ]]
}

@test "output that is not a terminal's has no colours" {
  config lea
  manage start
  [[ $output != *$'\e'* ]]
}

@test "generate-compose is deterministic, says that it is generated, and leaves an equal file alone" {
  config noe
  config lea
  manage generate-compose
  [ "$status" = 0 ]
  head -1 "$top/docker-compose.yml" | grep -q 'Généré par'
  cp "$top/docker-compose.yml" "$STATE/first"
  touch -d '2020-01-01' "$top/docker-compose.yml"
  manage generate-compose
  cmp "$top/docker-compose.yml" "$STATE/first"
  [ "$(date -r "$top/docker-compose.yml" +%Y)" = 2020 ]
}

@test "generate-compose asks the program, which reads the files as this folder's owner and sees no network" {
  config lea
  mv "$top/configs/lea.yml" "$top/config.yml"
  config noe
  echo "'ecal_api_key' : \"\${NOE_KEY}\"" >>"$top/configs/noe.yml"
  VARIABLES=NOE_KEY manage generate-compose --watch
  [ "$status" = 0 ]
  owner=$(stat -c %u:%g "$top/configs")
  asked "compose --user $owner --watch default=config.yml noe=configs/noe.yml"
  asked "run --rm --user $owner --cap-drop ALL"
  asked '--network none --hostname localhost'
  asked 'compose --variables default=config.yml noe=configs/noe.yml'
  asked "source=$top/configs,target=/app/configs,readonly"
  asked "source=$top/config.yml,target=/app/config.yml,readonly"
  asked '--env NOE_KEY'
  grep -qx 'noe=configs/noe.yml' "$top/docker-compose.yml"
  ENGINE=absent manage generate-compose
  asked "moncampus-ecal.jar compose --user $owner"
}

@test "start keeps the options of generate-compose" {
  config lea
  manage generate-compose --single --watch
  manage start
  grep -qx '# options : --single --watch' "$top/docker-compose.yml"
}

@test "the ports of page and feeds are kept as well, and are numbers" {
  config lea
  manage generate-compose --page-port 9046 --feed-port=9146
  manage start
  grep -qx '# options : --page-port=9046 --feed-port=9146' "$top/docker-compose.yml"
  manage generate-compose --feed-port 9147
  manage start
  grep -qx '# options : --feed-port=9147' "$top/docker-compose.yml"
  for wrong in '--page-port' '--page-port x' '--page-port=1 2' '--feed-port' '--feed-port x'; do
    # shellcheck disable=SC2086 # several arguments
    manage generate-compose $wrong
    [ "$status" = 2 ]
  done
}

@test "feed-address asks the container of its configuration, and is a configuration's" {
  config lea
  ENGINE=absent manage feed-address lea --new
  asked 'moncampus-ecal.jar feed-address lea --new'
  manage start
  manage feed-address lea --new
  asked 'feed-address --new lea'
  manage feed-address
  [ "$status" = 2 ]
}

@test "start, status and page say where the page is" {
  config lea
  config noe
  manage page lea
  [ "$status" = 1 ]
  [[ $output == *'start lea'* ]]
  manage start lea
  [[ $output == *'http://127.0.0.1:8046/'* ]]
  PUBLISHED=0.0.0.0:8047 manage page lea
  [ "$output" = 'http://127.0.0.1:8047/' ]
  manage status lea
  [[ $output == *'http://127.0.0.1:8046/'* ]]
  ENGINE=absent manage page
  [[ $output == *'http://127.0.0.1:8046/'* ]]
}

@test "a port that another program has costs the page's known address, and not the timetable" {
  config lea
  PORT_TAKEN=yes manage start lea
  [ "$status" = 0 ]
  [[ $output == *'--page-port N'*'démarré'* ]]
}

@test "page-password gives the containers its hash, for their owner's eyes only" {
  config lea
  config noe
  run "$top/manage.sh" page-password <<<'mot de passe'
  [ "$status" = 0 ]
  [ "$(cat "$STATE/input")" = 'mot de passe' ]
  for name in lea noe; do
    [ "$(cat "$top/data/$name/page-password")" = hash ]
    [ "$(stat -c %a "$top/data/$name/page-password")" = 600 ]
  done
  never_asked 'mot de passe'
  manage page-password lea --remove
  [ ! -e "$top/data/lea/page-password" ]
  [ -e "$top/data/noe/page-password" ]
  EXEC=2 ANSWER='' manage page-password lea
  [ "$status" = 2 ]
  [ ! -e "$top/data/lea/page-password" ]
  ENGINE=absent manage page-password --remove
  asked 'moncampus-ecal.jar page-password --remove'
}

@test "demo --page in the image publishes the page on this machine alone" {
  without_java
  manage demo --page
  asked '-p 127.0.0.1:8046:8046 -e PAGE_PORT=8046 -e PAGE_HOST=0.0.0.0 -e PAGE_PUBLISHED_HOST=127.0.0.1 moncampus-ecal:latest demo --page'
}

@test "generate-compose writes nothing when the program refuses" {
  config lea
  RIVALS='lea et noe' manage generate-compose
  [ "$status" = 2 ]
  [[ $output == *'lea et noe'* ]]
  [ ! -e "$top/docker-compose.yml" ]
}

@test "the program is asked for docker-compose.yml only when a file has changed" {
  config lea
  manage sync lea
  manage plan lea
  [ "$(grep -c ' compose --user ' "$STATE/calls")" = 1 ]
  config noe
  manage plan lea
  [ "$(grep -c ' compose --user ' "$STATE/calls")" = 2 ]
}

@test "a command reads the file that an editor has put in the place of the container's" {
  config lea
  manage start
  manage check lea
  asked 'exec moncampus-ecal-lea java'
  config new
  mv "$top/configs/new.yml" "$top/configs/lea.yml"
  : >"$STATE/calls"
  manage check lea
  [ "$status" = 0 ]
  [[ $output == *'anciens fichiers'*'restart lea'* ]]
  asked 'run --rm --no-deps -T app-lea check lea'
  never_asked 'exec moncampus-ecal-lea java'
}

@test "generate-compose without configurations, or with a name that is none, is an error" {
  manage generate-compose
  [ "$status" = 2 ]
  [[ $output == *add-config* ]]
  config 'léa martin'
  manage generate-compose
  [ "$status" = 2 ]
}

@test "no secret of a configuration is in docker-compose.yml, nor among what docker or java is asked" {
  cat >"$top/configs/lea.yml" <<'EOT'
moncampus_username: lea.martin
moncampus_password: 'zq-PASSWORD $(x) "é"'
moncampus_start_date: -P7D
moncampus_end_date: P120D
ecal_api_key: zq-KEY
ecal_api_secret: "zq-SECRET # not a comment"
ecal_calendar_id: 64229d018723a1000e07dc9f
notify_url: https://ntfy.example/zq-TOPIC?auth=zq-TOKEN
my_own_key: zq-OWN
EOT
  for verb in 'generate-compose --watch' 'generate-compose --single' generate-compose start 'restart lea' 'check lea' 'sync lea' 'plan lea' 'errors lea' 'status lea' config \
    'logs lea' 'console lea' 'update --no-pull' 'stop lea'; do
    # shellcheck disable=SC2086 # several arguments
    manage $verb
    [[ $output != *zq-* ]]
    if grep -q zq- "$top/docker-compose.yml"; then
      false
    fi
  done
  ENGINE=absent manage sync lea
  ENGINE=absent manage check lea
  asked 'sync lea'
  asked ' up -d'
  never_asked zq-
}

@test "config.yml in the top folder is the configuration default" {
  config lea
  mv "$top/configs/lea.yml" "$top/config.yml"
  manage start default
  [ "$status" = 0 ]
  grep -qx 'default=config.yml' "$top/docker-compose.yml"
  ENGINE=absent manage sync default
  [ "$status" = 0 ]
  asked 'sync default'
  cmp "$top/config.yml" "$top/configs/default.yml"
}

@test "start builds the image once, and again when the code has changed" {
  config lea
  manage start
  [ "$status" = 0 ]
  manage start
  [ "$(grep -c ^build "$STATE/calls")" = 1 ]
  echo new >>"$top/src/main/Code.java"
  manage start lea
  [ "$(grep -c ^build "$STATE/calls")" = 2 ]
  [ -d "$top/data/lea" ]
}

@test "start does not start a configuration that is wrong" {
  config lea
  CHECK=2 manage start
  [ "$status" = 2 ]
  [[ $output == *faux* ]]
  never_asked ' up -d'
}

@test "start restarts a container whose configuration or routes have changed, and no other" {
  config lea
  manage start
  manage start
  never_asked 'restart app-lea'
  touch "$top/routes/sync.camel.yaml"
  manage start
  asked 'restart app-lea'
}

@test "an unknown configuration is an error that lists the known ones" {
  config lea
  config noe
  for verb in start stop restart logs sync plan check errors approve status console; do
    manage "$verb" zoe
    [ "$status" = 2 ]
    [[ $output == *zoe*'lea, noe'* ]]
  done
}

@test "without Docker, start says what is missing; without the right to use it, what to do" {
  config lea
  ENGINE=absent manage start
  [ "$status" = 1 ]
  [[ $output == *docker* ]]
  for verb in start sync; do
    ENGINE=denied manage "$verb"
    [ "$status" = 1 ]
    [[ $output == *usermod* ]]
  done
}

@test "a build that fails shows why, and starts nothing" {
  config lea
  BUILD_FAILS=yes manage start
  [ "$status" = 1 ]
  [[ $output == *boom* ]]
  never_asked ' up -d'
}

@test "restart checks first and leaves what runs alone when something is wrong" {
  config lea
  manage start
  CHECK=2 manage restart lea
  [ "$status" = 2 ]
  never_asked 'restart app-lea'
  manage restart lea
  [ "$status" = 0 ]
  asked 'restart app-lea'
}

@test "start --wait fails when the container does not become ready" {
  config lea
  READY_TIMEOUT=0 HEALTH=unhealthy manage start --wait
  [ "$status" = 1 ]
  [[ $output == *logs* ]]
}

@test "stop stops one, or all" {
  config lea
  manage start
  manage stop lea
  [ "$status" = 0 ]
  asked 'stop app-lea'
  manage stop
  [ "$status" = 0 ]
}

@test "logs hands its options on, and does not follow where there is no terminal" {
  config lea
  manage logs lea --tail 5
  [ "$status" = 0 ]
  asked 'logs --tail 5 app-lea'
}

@test "the application's commands run in the container that runs, in one of its own when it is stopped, and here without Docker" {
  config lea
  manage sync lea
  asked 'run --rm --no-deps -T app-lea sync lea'
  manage start
  manage plan lea --format json
  asked 'exec moncampus-ecal-lea java @/app/docker/java.options -jar /app/moncampus-ecal.jar plan --format json lea'
  ENGINE=absent manage approve lea 1f0c
  [[ $output == *'sur cette machine'* ]]
  asked 'approve lea 1f0c'
  manage approve lea 1f0c
  asked 'moncampus-ecal.jar approve lea 1f0c'
  manage adopt lea 0123abcd --yes
  asked 'moncampus-ecal.jar adopt --yes lea 0123abcd'
}

@test "folders of one's own mean this machine" {
  manage sync --configs /elsewhere
  asked 'java '
  never_asked exec
}

@test "without a name every configuration is done, and the highest exit code counts" {
  config lea
  config noe
  EXEC=3 manage sync
  [ "$status" = 3 ]
  asked 'app-lea sync lea'
  asked 'app-noe sync noe'
  manage errors --lines 5
  asked 'app-lea errors --lines 5 lea'
}

@test "the value of an option is not taken for the name of a configuration" {
  config lea
  manage errors lea --journal --run 20261122-101112 --lines 10000 --format json
  [ "$status" = 0 ]
  asked 'app-lea errors --journal --run 20261122-101112 --lines 10000 --format json lea'
}

@test "status shows the container and the application's own words" {
  config lea
  manage start
  ANSWER='dernier passage' manage status
  [ "$status" = 0 ]
  [[ $output == *'moncampus-ecal-lea : en marche, prêt'*'dernier passage'* ]]
}

@test "config lists each configuration with its state, and builds nothing for it" {
  config lea
  manage config
  [ "$status" = 0 ]
  [[ $output =~ lea\ +'non vérifié'\ +arrêté ]]
  never_asked build
  manage start
  ANSWER='{"config":"lea","lastSuccess":"2026-11-22T15:46:00+01:00","nextRun":"2026-11-22T16:46:00+01:00"}' manage config
  [[ $output =~ lea\ +valide\ +'en marche, prêt'\ +2026-11-22T15:46:00\+01:00\ +2026-11-22T16:46:00 ]]
  EXEC=2 manage config
  [[ $output =~ lea\ +ERREUR ]]
}

@test "console asks inside the container" {
  config lea
  manage console lea
  [ "$status" = 1 ]
  manage start
  manage console lea route
  asked 'exec moncampus-ecal-lea bash /app/docker/health.sh /q/dev/route'
}

@test "clean asks first, removes what is the project's, and never configs/" {
  config lea
  manage start
  manage clean
  [ "$status" = 2 ]
  [ -d "$top/data" ]
  manage clean --yes
  [ "$status" = 0 ]
  asked 'rm -f c1'
  asked 'rmi -f i1'
  [ ! -e "$top/data" ]
  [ ! -e "$top/docker-compose.yml" ]
  [ -f "$top/configs/lea.yml" ]
}

@test "update replaces the containers that run, one after the other" {
  config lea
  config noe
  manage start lea
  manage update --no-pull
  [ "$status" = 0 ]
  asked 'tag moncampus-ecal:latest moncampus-ecal:previous'
  asked 'up -d --no-deps --force-recreate app-lea'
  never_asked 'force-recreate app-noe'
}

@test "update goes back to the old image when the new version does not pass its check" {
  config lea
  manage start
  CHECK=2 manage update --no-pull
  [ "$status" = 1 ]
  [ "$(tail -1 "$STATE/images")" = moncampus-ecal:previous ]
}

@test "build makes the image, or the program with --local" {
  manage build
  [ "$status" = 0 ]
  asked 'build -t moncampus-ecal:latest'
  printf '#!/bin/sh\necho "mvn $*" >>"$STATE/calls"\n' >"$STATE/mvn"
  chmod +x "$STATE/mvn"
  PATH=$STATE:$PATH manage build --local
  [ "$status" = 0 ]
  asked 'package -Dmaven.test.skip=true'
}

# Answers come at once: nothing is waited for.
without_waiting() {
  printf '#!/bin/sh\n' >"$STATE/sleep"
  chmod +x "$STATE/sleep"
  PATH=$STATE:$PATH
}

@test "bench measures the program, then its containers, and leaves none behind" {
  without_waiting
  manage bench --latency 20
  [ "$status" = 0 ]
  asked 'moncampus-ecal.jar bench --latency 20'
  [[ $output == *'61,0 Mo de plus que sa base'* ]]
  [[ $output =~ 'une configuration, 350 séances'\ +'1234 ms'\ +'100 (90) Mo'\ +'110 Mo' ]]
  [[ $output == *'10 configurations dans un conteneur'* ]]
  [[ $output =~ 'la même, avec sa page'\ +'100 (90) Mo' ]]
  # the sandbox, and three starts of each
  [ "$(grep -c 'create --name mcbench-' "$STATE/calls")" = 10 ]
  # nothing of the user's is mounted or published, and other networks are not reached
  never_asked '--volume'
  never_asked '--mount'
  never_asked '--publish'
  asked 'network create --internal'
  [ "$(tail -1 "$STATE/calls" | cut -d- -f1)" = 'network rm mcbench' ]
}

@test "bench removes its containers when a measure fails" {
  without_waiting
  EXEC=1 manage bench --containers
  [ "$status" != 0 ]
  never_asked moncampus-ecal.jar
  asked 'rm -f -v c1'
  [ "$(tail -1 "$STATE/calls" | cut -d- -f1)" = 'network rm mcbench' ]
}

@test "bench without Docker says that the containers are not measured, and why" {
  ENGINE=absent manage bench
  [ "$status" = 0 ]
  asked 'moncampus-ecal.jar bench'
  [[ $output == *'sautées : aucun moteur Docker'* ]]
  ENGINE=denied manage bench
  [[ $output == *"sautées : votre utilisateur n'a pas le droit"* ]]
  never_asked create
}

@test "run, sandbox and demo are the program's, here" {
  for verb in run sandbox demo; do
    manage "$verb" --x
    [ "$status" = 0 ]
    asked "moncampus-ecal.jar $verb --x"
  done
}

# Every tool of this machine but Java.
without_java() {
  mkdir "$STATE/tools"
  ln -s /usr/local/bin/* /usr/bin/* /bin/* "$STATE/tools/" 2>/dev/null || true
  rm -f "$STATE"/tools/{java,javac,docker}
  ln -s "$source/test/bats/bin/docker" "$STATE/tools/docker"
  PATH=$STATE/tools
}

@test "demo without Java runs in the image, built if it has to be; without Docker either it says what to install" {
  without_java
  manage demo
  [ "$status" = 0 ]
  asked 'build -t moncampus-ecal:latest'
  asked 'run --rm moncampus-ecal:latest demo'
  ENGINE=absent manage demo
  [ "$status" = 2 ]
  [[ $output == *'un JDK 17'*'À taper : '* ]]
}

@test "bench without Java runs in the image" {
  without_java
  without_waiting
  manage bench
  [ "$status" = 0 ]
  asked 'run --rm moncampus-ecal:latest bench'
}

@test "quality prints branches and mutations by package" {
  mkdir -p "$top/src/main/java/fr/moncampus/ecal/sync" "$top/target/site/jacoco" "$top/target/pit-reports/sync"
  printf 'GROUP,PACKAGE,CLASS,I,I,BRANCH_MISSED,BRANCH_COVERED\nx,fr.moncampus.ecal.sync,Planner,0,0,1,19\n' >"$top/target/site/jacoco/jacoco.csv"
  printf 'Planner.java,fr.moncampus.ecal.sync.Planner,m,x,1,KILLED,t\nPlanner.java,fr.moncampus.ecal.sync.Planner,m,x,2,SURVIVED,\n' >"$top/target/pit-reports/sync/mutations.csv"
  printf '#!/bin/sh\necho "mvn $*" >>"$STATE/calls"\n' >"$STATE/mvn"
  chmod +x "$STATE/mvn"
  PATH=$STATE:$PATH manage quality sync
  [ "$status" = 0 ]
  asked '-Dquality.package=sync org.pitest:pitest-maven:mutationCoverage'
  [[ $output =~ sync\ +'19/20 = 95 %'\ +'1/2 = 50 %' ]]
}

@test "every verb of help is run by a test" {
  manage
  for verb in $(grep -oE '^  [a-z0-9-]+' <<<"$output"); do
    grep -qE "(^|[^-])(manage|manage\.sh\"?) $verb\b|for verb in( [a-z]+)* $verb\b" "$BATS_TEST_DIRNAME"/*.bats || { echo "no test runs $verb" && return 1; }
  done
}

@test "soak compiles the tests once, hands its options on and reports" {
  printf '#!/bin/sh\necho "mvn $*" >>"$STATE/calls"\nmkdir -p "%s/target"; echo lib.jar >"%s/target/test.classpath"\n' "$top" "$top" >"$STATE/mvn"
  chmod +x "$STATE/mvn"
  export PATH=$STATE:$PATH
  ANSWER='aucune promesse rompue' manage soak --seeds 20 --from 7 --threads 1 --failures 9
  [ "$status" = 0 ]
  [[ $output == *'aucune promesse rompue'* ]]
  manage soak
  [ "$(grep -c 'mvn .*test-compile' "$STATE/calls")" = 1 ]
  asked 'fr.moncampus.ecal.simulation.Soak --seeds 20 --from 7 --threads 1 --failures 9'
  EXEC=1 manage soak
  [ "$status" = 1 ]
  manage soak --endurance --configs 1 --runs 400
  asked 'fr.moncampus.ecal.endurance.Endurance --configs 1 --runs 400'
  asked '-Xmx128m'
}

@test "soak refuses what is no option before it builds anything" {
  for options in '--seeds' '--seeds viele' '--graines 3' '3' '--from 1x' '--endurance --seeds 3' '--configs 3' '--endurance --runs'; do
    # shellcheck disable=SC2086 # several arguments
    manage soak $options
    [ "$status" = 2 ]
    [[ $output == *soak* ]]
  done
  [ ! -s "$STATE/calls" ]
}

@test "quality refuses a package that is none" {
  run "$source/scripts/quality.sh" nonsense
  [ "$status" = 2 ]
  [[ $output == *nonsense* ]]
}

# A Maven that leaves the count of four tests behind, and fails when TESTS says so.
maven_stub() {
  cat >"$STATE/mvn" <<'EOT'
#!/bin/sh
echo "mvn $*" >>"$STATE/calls"
mkdir -p target
printf 'passed\npassed\nfailed OneTest#one : why\nskipped\npassed\n' >target/tests-counted.txt
exit "${TESTS:-0}"
EOT
  chmod +x "$STATE/mvn"
  PATH=$STATE:$PATH
}

@test "test hands its options to Maven, counts what ran and fails with it" {
  maven_stub
  manage test -Dtest=One
  [ "$status" = 0 ]
  asked 'clean verify -Dtest=One'
  [ "${lines[-1]}" = '3 passed, 1 failed, 1 skipped' ]
  [ "${lines[-2]}" = '  OneTest#one : why' ]
  TESTS=1 manage test -Dtest=One
  [ "$status" = 1 ]
}

# A checkout with two tests of the scripts and one of the containers; shellcheck finds nothing, bats says what is in $STATE/tap.
small_tests() {
  maven_stub
  mkdir -p "$top/test/bats" "$top/test/container"
  printf '@test "one" {\n}\n@test "two" {\n}\n' >"$top/test/bats/a.bats"
  printf '@test "three" {\n}\n' >"$top/test/container/c.bats"
  printf '#!/bin/sh\necho "shellcheck $*" >>"$STATE/calls"\nexit "${SHELLCHECK:-0}"\n' >"$STATE/shellcheck"
  printf '#!/bin/sh\necho "bats $*" >>"$STATE/calls"\ncat "$STATE/tap"\n! grep -q "^not" "$STATE/tap"\n' >"$STATE/bats"
  printf 'ok 1 one\nok 2 two # skip no engine\n' >"$STATE/tap"
  printf '#!/bin/sh\n' >"$STATE/curl"
  chmod +x "$STATE/shellcheck" "$STATE/bats" "$STATE/curl"
}

@test "test runs shellcheck, bats, the containers and the program's tests, and counts them all" {
  [ "$(id -u)" = 0 ] || skip 'the containers are for root'
  small_tests
  NO_CONTAINERS=yes manage test
  [ "$status" = 0 ]
  asked 'shellcheck manage.sh'
  asked 'bats --tap test/bats'
  asked 'bats --tap test/container'
  [ "${lines[-1]}" = '6 passed, 1 failed, 3 skipped' ]
  printf 'ok 1 one\nnot ok 2 two\n# because\n' >"$STATE/tap"
  SHELLCHECK=1 NO_CONTAINERS=yes manage test
  [ "$status" = 1 ]
  [[ $output == *'échec : shellcheck'*'échec : test/bats'*'échec : test/container'* ]]
  [[ $output == *'  shellcheck'*'  test/bats : two'*'    # because'*'  test/container : two'*'    # because'* ]]
}

@test "test names each part that it skips, and the reason" {
  small_tests
  ENGINE=absent manage test
  [ "$status" = 0 ]
  [[ $output == *'test/container sauté : aucun moteur Docker'* ]]
  [ "${lines[-1]}" = '5 passed, 1 failed, 3 skipped' ]
  ENGINE=denied manage test
  [[ $output == *"test/container sauté : votre utilisateur n'a pas le droit"* ]]
}

@test "test leaves the containers of a machine that uses them alone" {
  [ "$(id -u)" = 0 ] || skip 'the containers are for root'
  small_tests
  manage test
  [[ $output == *'test/container sauté : des conteneurs'* ]]
  never_asked 'bats --tap test/container'
}

@test "manage.sh starts through links, and whatever CDPATH says" {
  mkdir "$STATE/bin" "$STATE/other"
  ln -s "$top/manage.sh" "$STATE/other/first"
  ln -s ../other/first "$STATE/bin/moncampus"
  config lea
  run "$STATE/bin/moncampus" sync lea
  [ "$status" = 0 ]
  asked 'app-lea sync lea'
  # where cd would go first
  mkdir -p "$STATE/cd/un dossier/scripts"
  cd "$BATS_TEST_TMPDIR"
  CDPATH=$STATE/cd run 'un dossier/manage.sh' plan lea
  [ "$status" = 0 ]
  asked 'app-lea plan lea'
}

@test "the program gets a UTF-8 locale, whatever the machine says" {
  config lea
  unset LC_ALL
  LANG=C ENGINE=absent manage sync lea
  asked 'locale C.UTF-8'
}

@test "check --feed asks the image without a configuration, and the address is no argument" {
  echo 'https://planning.example/zq-TOKEN.ics' >"$STATE/lien.txt"
  for argument in "--feed $STATE/lien.txt" "--feed=$STATE/lien.txt"; do
    # shellcheck disable=SC2086 # an option and its value
    manage check --format json $argument
    [ "$status" = 0 ]
    [[ $output == *dialecte* ]]
    [ "$(cat "$STATE/input")" = 'https://planning.example/zq-TOKEN.ics' ]
  done
  asked 'check --format json --feed=-'
  never_asked zq-TOKEN
  run "$top/manage.sh" check --feed <<<'https://planning.example/other.ics'
  [ "$(cat "$STATE/input")" = 'https://planning.example/other.ics' ]
  CHECK=3 manage check --feed "$STATE/lien.txt"
  [ "$status" = 3 ]
  manage check --feed "$STATE/absent.txt"
  [ "$status" = 2 ]
  [[ $output == *absent.txt* ]]
}
