#!/usr/bin/env bats
# The containers for real: an engine, an image of a fresh clone, two configurations of an ordinary user, a sandbox beside them.
# Tests run in this order: each goes on from the state that the one before left.

load helper

setup_file() {
  docker info >/dev/null 2>&1 || skip 'no Docker engine answers'
  export BATS_TEST_TIMEOUT=400
  repo=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export origin=$BATS_FILE_TMPDIR/origin clone="$BATS_FILE_TMPDIR/un clone" sandbox=http://127.0.0.1:18888/_sandbox
  git clone -q "$repo" "$origin"
  git clone -q "$origin" "$clone"
  cd "$clone"
  mkdir -p configs
  chown 1234:1234 configs
  configuration lea.martin lea 64229d018723a1000e000001
  # the network must be there for the sandbox, and the sandbox before the first sync
  ./manage.sh build
  ./manage.sh generate-compose
  mkdir -p data/lea data/.logins
  docker compose create --quiet-pull 2>&1
  start_sandbox
  enroll lea noe zoe
  # a write that a crash left in doubt is looked at again after this time
  echo 'settle: PT1S' >>configs/zoe.yml
  mv configs/zoe.yml "$BATS_FILE_TMPDIR/zoe.yml"
  own_configs
}

teardown_file() {
  docker info >/dev/null 2>&1 || return 0
  docker rm -f moncampus-test-sandbox >/dev/null 2>&1 || true
  [ ! -d "$clone" ] || (cd "$clone" && ./manage.sh clean --yes)
}

in_step() {
  [ "$(sessions "$1")" = "$(events "$1")" ]
}

state() {
  docker inspect -f "{{$2}}" "moncampus-ecal-$1"
}

@test "start builds what is missing, starts both configurations, and they become ready" {
  run ./manage.sh start --wait
  echo "$output"
  [ "$status" = 0 ]
  eventually in_step lea
  eventually in_step noe
  [ "$(event_count lea)" -gt 300 ]
}

@test "a container runs as the owner of configs/, without rights, and sees its own configuration alone" {
  [ "$(docker exec moncampus-ecal-lea id -u)" = 1234 ]
  [ "$(docker exec moncampus-ecal-lea ls /app/configs)" = lea.yml ]
  docker exec moncampus-ecal-lea grep -q '^CapEff:.*0000000000000000$' /proc/self/status
  docker exec moncampus-ecal-lea grep -q '^NoNewPrivs:.*1$' /proc/self/status
  docker exec moncampus-ecal-lea touch /app/errors_lea.txt
  run docker exec moncampus-ecal-lea touch /app/configs/lea.yml
  [ "$status" != 0 ]
  [ "$(docker port moncampus-ecal-lea)" = '8046/tcp -> 127.0.0.1:8046' ]
  [ "$(stat -c %u data/lea/moncampus-ecal.db)" = 1234 ]
}

@test "logs, status, config and the application's commands" {
  run ./manage.sh logs lea
  [ "$status" = 0 ]
  [[ $output == *créés* ]]
  [[ $output != *Geheim* ]]
  run ./manage.sh status
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *"moncampus-ecal-lea : en marche, prêt"* && $output == *moncampus-ecal-noe* ]]
  run ./manage.sh config
  echo "$output"
  [[ $output =~ lea\ +valide\ +"en marche, prêt"\ +20 ]]
  run ./manage.sh plan lea
  [ "$status" = 0 ]
  run ./manage.sh check --offline
  [ "$status" = 0 ]
  run ./manage.sh errors noe
  [ "$status" = 0 ]
  run ./manage.sh sync --format json lea noe
  [ "$status" = 0 ]
  [ "$(grep -c '"config"' <<<"$output")" -ge 2 ]
}

@test "each container's page is on 127.0.0.1, shows its own configuration, and elsewhere wants a password" {
  eventually ./manage.sh page noe
  [ "$(./manage.sh page lea)" = http://127.0.0.1:8046/ ]
  [ "$(./manage.sh page noe)" = http://127.0.0.1:8047/ ]
  [ "$(docker port moncampus-ecal-lea 8046/tcp)" = 127.0.0.1:8046 ]
  [[ $(./manage.sh status lea) == *http://127.0.0.1:8046/* ]]
  [[ $(curl -s http://127.0.0.1:8046/) == *'<h1>lea</h1>'* ]]
  [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8046/c/noe)" = 404 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil.example' http://127.0.0.1:8046/)" = 421 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' -X POST http://127.0.0.1:8046/c/lea/synchroniser)" = 403 ]

  # counts at once, without a restart
  ./manage.sh page-password lea <<<'mot de passe'
  [ "$(stat -c '%a %u' data/lea/page-password)" = '600 1234' ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8046/)" = 401 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8047/)" = 200 ]
  cookies=$BATS_TEST_TMPDIR/cookies
  curl -s -c "$cookies" -H 'Origin: http://127.0.0.1:8046' -d 'password=mot de passe' http://127.0.0.1:8046/login
  [[ $(curl -s -b "$cookies" http://127.0.0.1:8046/) == *'<h1>lea</h1>'* ]]
  ./manage.sh page-password lea --remove

  PAGE_PUBLISHED_HOST=0.0.0.0 ./manage.sh start noe --wait
  [ "$(docker port moncampus-ecal-noe 8046/tcp | head -1)" = 0.0.0.0:8047 ]
  eventually eval 'docker logs moncampus-ecal-noe 2>&1 | grep -q "sans mot de passe"'
  ! curl -s -o /dev/null http://127.0.0.1:8047/
  ./manage.sh start noe --wait
}

@test "a /tmp from which nothing may be executed, on a root that cannot be written, keeps no command from its work" {
  run docker run --rm --read-only --tmpfs /tmp:noexec --user 1234:1234 --network moncampus-ecal_default \
    -v "$PWD/configs/lea.yml:/app/configs/lea.yml:ro" -v "$PWD/data/lea:/app/data" moncampus-ecal:latest sync --format json
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'"unchanged":3'* && $output != *Exception* ]]
}

@test "stop during a run is quick, and the next start finishes the work" {
  cp -p "$BATS_FILE_TMPDIR/zoe.yml" configs/
  curl -sf "$sandbox/switches" -d '{"latency-millis":150}'
  ./manage.sh start zoe
  eventually eval '[ "$(event_count zoe)" -gt 10 ]'
  begun=$SECONDS
  ./manage.sh stop zoe
  [ $((SECONDS - begun)) -lt 30 ]
  [ "$(state zoe .State.ExitCode)" = 0 ]
  [ "$(event_count zoe)" -lt 300 ]
}

@test "kill -9 in the middle of a first sync: it comes back by itself, and nothing is doubled or lost" {
  ./manage.sh start zoe
  before=$(event_count zoe)
  eventually eval "[ \$(event_count zoe) -gt $((before + 10)) ]"
  kill -9 "$(state zoe .State.Pid)"
  eventually eval '[ "$(state zoe .RestartCount)" -ge 1 ]'
  curl -sf "$sandbox/switches" -d '{"latency-millis":0}'
  eventually eval './manage.sh sync zoe && in_step zoe'
}

@test "restart leaves a running container alone when a route or the configuration is wrong" {
  started=$(state lea .State.StartedAt)
  echo 'schedul: x' >>configs/lea.yml
  run ./manage.sh restart lea
  [ "$status" = 2 ]
  [[ $output == *schedul* ]]
  [ "$(state lea .State.StartedAt)" = "$started" ]
  sed -i '$d' configs/lea.yml
  echo "- route: {nonsense: 1}" >routes/broken.camel.yaml
  run ./manage.sh restart lea
  [ "$status" = 2 ]
  [ "$(state lea .State.StartedAt)" = "$started" ]
  rm routes/broken.camel.yaml
  ./manage.sh restart lea
  [ "$(state lea .State.StartedAt)" != "$started" ]
}

@test "a file that an editor puts in the place of the container's is what check reads, and start takes over" {
  cp -p configs/lea.yml "$BATS_FILE_TMPDIR/lea.yml"
  ./manage.sh start lea --wait
  sed 's/^moncampus_password:.*/moncampus_password: Falsch/' configs/lea.yml >configs/lea.yml~
  chmod --reference=configs/lea.yml configs/lea.yml~
  chown --reference=configs/lea.yml configs/lea.yml~
  mv configs/lea.yml~ configs/lea.yml
  run docker exec moncampus-ecal-lea grep -c Falsch /app/configs/lea.yml
  [ "$output" = 0 ]
  run ./manage.sh check lea
  echo "$output"
  [ "$status" = 3 ]
  [[ $output == *'anciens fichiers'* ]]
  mv "$BATS_FILE_TMPDIR/lea.yml" configs/lea.yml
  started=$(state lea .State.StartedAt)
  ./manage.sh start lea --wait
  [ "$(state lea .State.StartedAt)" != "$started" ]
  run ./manage.sh check lea
  [ "$status" = 0 ]
}

@test "quotes and dollars in a secret's path, and keys as YAML allows them, reach the container and break nobody's file" {
  cp -p configs/lea.yml "$BATS_FILE_TMPDIR/lea.yml"
  mkdir -p configs/keys
  printf 'Geheim-lea\n' >"configs/keys/a \"b\" \$c"
  chown -R 1234:1234 configs/keys
  sed -i "s/^moncampus_password:.*/\"moncampus_password_file\" : 'keys\/a \"b\" \$c'/" configs/lea.yml
  printf "'alert' : \"\${LEA_OWN}\"\n" >>configs/lea.yml
  LEA_OWN=15M run ./manage.sh check lea
  echo "$output"
  [ "$status" = 0 ]
  docker compose config --quiet
  [[ $(docker compose config) == *LEA_OWN* ]]
  mv "$BATS_FILE_TMPDIR/lea.yml" configs/lea.yml
  ./manage.sh start lea --wait
}

@test "update: a version that does not come up goes back to the old image" {
  ./manage.sh start lea --wait
  ./manage.sh stop noe
  old=$(state lea .Image)
  sed -i 's/^CMD .*/CMD ["nonsense"]/' "$origin/Dockerfile"
  git -C "$origin" -c user.name=x -c user.email=x@localhost commit -qam 'does not start'
  READY_TIMEOUT=20 run ./manage.sh update
  echo "$output"
  [ "$status" = 1 ]
  [ "$(state lea .Image)" = "$old" ]
  eventually eval '[ "$(state lea .State.Health.Status)" = healthy ]'
}

@test "update: a version that works replaces the old one" {
  git -C "$origin" -c user.name=x -c user.email=x@localhost revert --no-edit HEAD
  old=$(state lea .Image)
  echo '# new' >>"$origin/docker/java.options"
  git -C "$origin" -c user.name=x -c user.email=x@localhost commit -qam 'starts'
  ./manage.sh update
  [ "$(state lea .Image)" != "$old" ]
  [ "$(state lea .State.Health.Status)" = healthy ]
}

@test "--watch: health, metrics and JMX on ports of 127.0.0.1 alone, the console on none" {
  command -v java >/dev/null || skip 'no JDK on this machine for a JMX client'
  ./manage.sh stop
  ./manage.sh generate-compose --watch
  ./manage.sh start lea
  # each container has a network of its own
  run docker exec moncampus-ecal-lea bash -c 'exec 3<>/dev/tcp/sandbox/8080'
  [ "$status" != 0 ]
  docker network connect --alias sandbox moncampus-ecal_lea moncampus-test-sandbox
  # its first run found no sandbox, and ready is who has reached the end of one
  eventually ./manage.sh sync lea
  eventually eval '[ "$(curl -s -o /dev/null -w "%{http_code}" http://127.0.0.1:18080/observe/health/ready)" = 200 ]'
  run docker port moncampus-ecal-lea
  echo "$output"
  [ "$(sort <<<"$output")" = $'19010/tcp -> 127.0.0.1:19010\n8046/tcp -> 127.0.0.1:8046\n8080/tcp -> 127.0.0.1:18080' ]

  [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:18080/observe/health/ready)" = 200 ]
  [[ $(curl -s http://127.0.0.1:18080/observe/metrics) == *'moncampus_last_success_timestamp_seconds{config="lea"} 1'* ]]
  [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:18080/q/dev)" = 403 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: localhost' http://127.0.0.1:18080/q/dev/route)" = 403 ]

  run java "$BATS_TEST_DIRNAME/Jmx.java" 19010 lea
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'LastSuccess 20'* ]]
  [[ $output == *'planNow 0 à créer, 0 à modifier'* ]]
  # with JMX published, Camel's beans are all there
  [[ $output =~ processors\ [1-9][0-9] ]]
  docker network disconnect moncampus-ecal_lea moncampus-test-sandbox
}

@test "--single --watch: one container for all, health on 127.0.0.1, the console inside only" {
  ./manage.sh stop
  ./manage.sh generate-compose --single --watch
  ./manage.sh start --wait
  [ "$(docker ps -q --filter label=com.docker.compose.project=moncampus-ecal | wc -l)" = 1 ]
  curl -sf http://127.0.0.1:18080/observe/health/ready
  run curl -sf http://127.0.0.1:18080/q/dev
  [ "$status" != 0 ]
  run ./manage.sh console lea moncampus
  [ "$status" = 0 ]
  run ./manage.sh sync --format json lea
  [ "$status" = 0 ]
}

@test "the machine starts again: what ran comes back, what was stopped does not" {
  [ -n "${ENGINE_UP:-}" ] || skip "the engine is not the tests' own (ENGINE_UP)"
  ./manage.sh generate-compose
  ./manage.sh start lea
  ./manage.sh start noe
  ./manage.sh stop noe
  pid=$(cat "${ENGINE_DIR:-/var/tmp/engine}/dockerd.pid")
  kill "$pid"
  eventually eval "! kill -0 $pid"
  "$ENGINE_UP" eclipse-temurin:21-jre >/dev/null 3>&-
  eventually eval '[ "$(state lea .State.Running)" = true ]'
  [ "$(state noe .State.Running)" = false ]
}

@test "clean removes containers, image and data, and keeps configs/" {
  docker rm -f moncampus-test-sandbox
  run ./manage.sh clean </dev/null
  [ "$status" = 2 ]
  ./manage.sh clean --yes
  [ -z "$(docker ps -aq --filter label=com.docker.compose.project=moncampus-ecal)" ]
  [ -z "$(docker image ls -q --filter label=fr.moncampus.source)" ]
  [ ! -e data ]
  [ -f configs/lea.yml ]
}
