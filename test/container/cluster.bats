#!/usr/bin/env bats
# README's paragraph on many configurations, on a real engine: two containers and PostgreSQL, for somebody who had a container before.
# Tests run in this order: each goes on from the state that the one before left.

load helper

setup_file() {
  docker info >/dev/null 2>&1 || skip 'no Docker engine answers'
  export BATS_TEST_TIMEOUT=400
  repo=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export clone=$BATS_FILE_TMPDIR/clone sandbox=http://127.0.0.1:18888/_sandbox MONCAMPUS_POSTGRES_IMAGE=moncampus-test-postgres:debian
  docker build -q -t "$MONCAMPUS_POSTGRES_IMAGE" "$repo/test/container/postgres"
  clone_beside_sandbox
  enroll lea noe
  mv configs/noe.yml "$BATS_FILE_TMPDIR/noe.yml"
  # a create whose answer a killed node did not live to hear may never have happened: what the calendar does not show is created at once
  echo 'settle: PT0S' >>"$BATS_FILE_TMPDIR/noe.yml"
  own_configs
  ./manage.sh start --wait
  eventually in_step lea
  ./manage.sh stop
}

teardown_file() {
  docker info >/dev/null 2>&1 || return 0
  docker rm -f moncampus-test-sandbox moncampus-test-pod >/dev/null 2>&1 || true
  [ ! -d "$clone" ] || (cd "$clone" && ./manage.sh clean --yes)
  docker rmi -f moncampus-test-postgres:debian >/dev/null 2>&1 || true
}

# Every course once: the two lists are the same, line by line.
in_step() {
  [ "$(event_count "$1")" -gt 300 ] && [ "$(sessions "$1")" = "$(events "$1")" ]
}

begun() {
  [ "$(event_count "$1")" -gt 5 ]
}

@test "from one container a configuration to two nodes and PostgreSQL, as README says: nothing is written twice" {
  eventually in_step lea
  before=$(curl -sf "$sandbox/calendar?username=lea")
  ./manage.sh generate-compose --cluster
  run ./manage.sh move-memory
  echo "$output"
  [ "$status" = 0 ]
  [[ $output =~ journal\ +3[0-9][0-9]\ +3[0-9][0-9] ]]
  run ./manage.sh move-memory
  [ "$status" = 1 ]
  [[ $output == *"n'est pas vide"* ]]
  run ./manage.sh start --wait
  echo "$output"
  [ "$status" = 0 ]
  run ./manage.sh sync --format json lea
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'"created":0,"updated":0,"deleted":0'* ]]
  [ "$(curl -sf "$sandbox/calendar?username=lea")" = "$before" ]
  run ./manage.sh errors --journal --lines 1000 lea
  [ "$(grep -c 'créé' <<<"$output")" -gt 300 ]
}

@test "the nodes and the database run as the owner of configs/, and the database is published nowhere" {
  [ "$(docker exec moncampus-ecal-node-1 id -u)" = 1234 ]
  [ "$(docker exec moncampus-ecal-database-1 id -u)" = 1234 ]
  [ -z "$(docker port moncampus-ecal-database-1)" ]
  docker exec moncampus-ecal-database-1 grep -q '^CapEff:.*0000000000000000$' /proc/self/status
  [ "$(stat -c '%a %u' data/database-password)" = '600 1234' ]
  password=$(cat data/database-password)
  for container in node-1 node-2 database-1; do
    run docker inspect "moncampus-ecal-$container"
    [[ $output != *"$password"* ]]
    run docker logs "moncampus-ecal-$container"
    [[ $output != *"$password"* && $output != *Geheim* ]]
  done
  run ./manage.sh move-memory --back
  [ "$status" = 1 ]
  [[ $output == *arrêtez* ]]
}

@test "the program runs as a pod of generate-k8s runs it: another user, nothing to write to, files as the kubelet mounts them" {
  pod=$BATS_TEST_TMPDIR/configs
  mkdir -p "$pod/..2026_01"
  cp configs/lea.yml "$pod/..2026_01/lea.yml"
  ln -s ..2026_01 "$pod/..data"
  ln -s ..data/lea.yml "$pod/lea.yml"
  chown -R root:10001 "$pod"
  chmod 440 "$pod/..2026_01/lea.yml"
  docker run -d --name moncampus-test-pod --network moncampus-ecal_default --user 10001:10001 --read-only --cap-drop ALL --security-opt no-new-privileges \
    --tmpfs /tmp:mode=1777 --tmpfs /app/data:mode=1777 --mount "type=bind,source=$pod,target=/app/configs,readonly" \
    -e MANAGEMENT_HOST=0.0.0.0 -e MEMORY_URL=jdbc:postgresql://database:5432/moncampus -e MEMORY_USER=ecal -e "MEMORY_PASSWORD=$(cat data/database-password)" \
    --entrypoint java moncampus-ecal:latest @/app/docker/java.options -Xmx128m -jar /app/moncampus-ecal.jar run
  run eventually docker exec moncampus-test-pod bash /app/docker/health.sh /observe/health/live
  ready=$status
  run eventually docker exec moncampus-test-pod bash /app/docker/health.sh
  docker logs moncampus-test-pod
  docker rm -f moncampus-test-pod
  [ "$ready" = 0 ]
  [ "$status" = 0 ]
}

@test "a node that is killed in the middle of a first sync: the other takes over, and every course is there once" {
  ./manage.sh stop
  curl -sf "$sandbox/switches" -d '{"latency-millis":300}'
  cp "$BATS_FILE_TMPDIR/noe.yml" configs/noe.yml
  own_configs
  run ./manage.sh start
  echo "$output"
  [ "$status" = 0 ]
  # the first node that knows a configuration does its first run
  eventually begun noe
  docker kill moncampus-ecal-node-1
  [ "$(event_count noe)" -lt 300 ]
  curl -sf "$sandbox/switches" -d '{"latency-millis":0}'
  eventually in_step noe
  run ./manage.sh status noe
  echo "$output"
  [[ $output == *moncampus-ecal-node-2* ]]
  run ./manage.sh sync --format json noe lea
  echo "$output"
  [ "$status" = 0 ]
  [ "$(grep -c '"created":0,"updated":0,"deleted":0' <<<"$output")" = 2 ]
  in_step noe
  in_step lea
}

@test "the node that was killed comes back with start, and the memory goes back into a file" {
  run ./manage.sh start --wait
  echo "$output"
  [ "$status" = 0 ]
  ./manage.sh stop
  run ./manage.sh move-memory --back
  echo "$output"
  [ "$status" = 0 ]
  [ "$(stat -c '%a %u' data/moncampus-ecal.db)" = '600 1234' ]
  ./manage.sh generate-compose --single
  run ./manage.sh sync --format json lea
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'"created":0,"updated":0,"deleted":0'* ]]
}
