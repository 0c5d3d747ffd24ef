#!/usr/bin/env bats
# A container that keeps a timetable in step on a real CalDAV server, in a container of its own.
# Tests run in this order: each goes on from the state that the one before left.

load helper

setup_file() {
  docker info >/dev/null 2>&1 || skip 'no Docker engine answers'
  export BATS_TEST_TIMEOUT=400
  repo=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export clone=$BATS_FILE_TMPDIR/clone sandbox=http://127.0.0.1:18888/_sandbox calendar=http://127.0.0.1:18889/lea/calendars/cours/
  docker build -q -t moncampus-test-xandikos:debian "$repo/test/container/xandikos"
  clone_beside_sandbox
  docker run -d --name moncampus-test-xandikos --hostname xandikos --network moncampus-ecal_default -p 127.0.0.1:18889:8080 moncampus-test-xandikos:debian
  eventually curl -sf -X MKCALENDAR "$calendar"
  curl -sf "$sandbox/students" -d '{"username":"lea","password":"Geheim-lea"}'
  # the sandbox's configuration, with another server
  curl -sf "$sandbox/configuration?username=lea&target=caldav" | grep -v '^caldav_' >configs/lea.yml
  printf '%s\n' 'caldav_url: http://xandikos:8080/lea/calendars/cours/' 'caldav_user: lea' 'caldav_password: x' 'settle: PT1S' 'delete_after: PT0S' \
    >>configs/lea.yml
  own_configs
}

teardown_file() {
  docker info >/dev/null 2>&1 || return 0
  docker rm -f moncampus-test-sandbox moncampus-test-xandikos >/dev/null 2>&1 || true
  [ ! -d "$clone" ] || (cd "$clone" && ./manage.sh clean --yes)
  docker rmi -f moncampus-test-xandikos:debian >/dev/null 2>&1 || true
}

names() {
  curl -sf -X PROPFIND -H 'Depth: 1' "$calendar" | grep -oE 'mc-[^<>/]*\.ics' | sort -u
}

in_step() {
  [ "$(names | wc -l)" = "$(sessions lea | wc -l)" ]
}

@test "check finds the calendar, and a container writes the timetable there" {
  run ./manage.sh check lea
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'CalDAV répond'* ]]
  run ./manage.sh start --wait
  echo "$output"
  [ "$status" = 0 ]
  eventually in_step
  [ "$(names | wc -l)" -gt 300 ]
}

@test "what a person adds stays when the course moves, and nothing is written twice" {
  number=$(curl -sf "$sandbox/timetable?username=lea" | grep -oE '"noCours":[0-9]+' | tail -1 | grep -oE '[0-9]+')
  name=$(names | grep -e "-$number.ics")
  curl -sf "$calendar$name" | sed 's/^END:VEVENT/COLOR:turquoise\r\nEND:VEVENT/' >"$BATS_TEST_TMPDIR/event.ics"
  curl -sf -X PUT -H 'Content-Type: text/calendar; charset=utf-8' --data-binary "@$BATS_TEST_TMPDIR/event.ics" "$calendar$name"
  curl -sf "$sandbox/timetable?username=lea" -d "{\"do\":\"room\",\"noCours\":$number,\"room\":\"Ailleurs\"}"
  run ./manage.sh sync --format json lea
  echo "$output"
  [ "$status" = 0 ]
  [[ $output == *'"updated":1'* ]]
  curl -sf "$calendar$name" | grep -q COLOR:turquoise
  curl -sf "$calendar$name" | grep -q LOCATION:Ailleurs
  run ./manage.sh sync --format json lea
  [[ $output == *'"created":0,"updated":0,"deleted":0'* ]]
  in_step
}
