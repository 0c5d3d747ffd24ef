#!/usr/bin/env bats
# Three persons, three schools, three kinds of calendar, side by side on a real engine: MonCampus into ECAL, Hyperplanning into CalDAV, ADE into a feed.
# Tests run in this order: each goes on from the state that the one before left.

load helper

setup_file() {
  docker info >/dev/null 2>&1 || skip 'no Docker engine answers'
  export BATS_TEST_TIMEOUT=400
  repo=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export clone=$BATS_FILE_TMPDIR/clone sandbox=http://127.0.0.1:18888/_sandbox
  clone_beside_sandbox
  enroll lea noe zoe
  curl -sf "$sandbox/configuration?username=noe&source=hyperplanning&target=caldav" >configs/noe.yml
  curl -sf "$sandbox/configuration?username=zoe&source=ade&target=feed" >configs/zoe.yml
  for name in lea noe zoe; do echo 'delete_after: PT0S' >>"configs/$name.yml"; done
  own_configs
}

teardown_file() {
  docker info >/dev/null 2>&1 || return 0
  docker rm -f moncampus-test-sandbox >/dev/null 2>&1 || true
  [ ! -d "$clone" ] || (cd "$clone" && ./manage.sh clean --yes)
}

value() { # KEY CONFIG
  sed -n "s/^$1: '\\(.*\\)'$/\\1/p" "configs/$2.yml"
}

count() { # USERNAME: of the sessions at the school
  curl -sf "$sandbox/timetable?username=$1" | grep -o '"noCours"' | wc -l
}

in_ecal() {
  [ "$(sessions lea)" = "$(events lea)" ]
}

in_caldav() { # [CANCELLED]: what is cancelled and still shown
  local address
  address=$(value caldav_url noe)
  curl -sf -u "noe:$(value caldav_password noe)" -X REPORT -H 'Depth: 1' -d '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
    <D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
    <C:time-range start="20200101T000000Z" end="20400101T000000Z"/></C:comp-filter></C:comp-filter></C:filter>
    </C:calendar-query>' "${address/sandbox:8080/127.0.0.1:18888}" >"$BATS_TEST_TMPDIR/listed"
  [ "$(grep -o '\.ics<' "$BATS_TEST_TMPDIR/listed" | wc -l)" = "$(($(count noe) + ${1:-0}))" ]
}

feed() {
  curl -sf "$(./manage.sh feed-address --format json zoe | grep -o '"address":"[^"]*"' | cut -d'"' -f4)"
}

in_feed() {
  [ "$(feed | grep -c '^BEGIN:VEVENT')" = "$(count zoe)" ]
}

@test "three containers bring three kinds of timetable into three kinds of calendar" {
  run ./manage.sh start --wait
  echo "$output"
  [ "$status" = 0 ]
  eventually in_ecal
  eventually in_caldav
  eventually in_feed
  [ "$(count zoe)" -gt 300 ]
}

@test "what each school cancels goes, or is called so where the school still shows it" {
  for name in lea noe zoe; do
    # not the last: a feed that ends before a course says nothing of it
    number=$(curl -sf "$sandbox/timetable?username=$name" | grep -o '"noCours":[0-9]*' | sed -n 200p | cut -d: -f2)
    curl -sf "$sandbox/timetable?username=$name" -d "{\"do\":\"cancel\",\"noCours\":$number}"
  done
  ./manage.sh sync
  run ./manage.sh sync --format json
  echo "$output"
  [ "$status" = 0 ]
  in_ecal
  in_caldav 1
  in_feed
  run ./manage.sh sync --format json
  [ "$(grep -c '"created":0,"updated":0,"deleted":0' <<<"$output")" = 3 ]
}

@test "the feed's address is revoked at once, and neither address nor password is told to anybody" {
  before=$(./manage.sh feed-address --format json zoe | grep -o '"address":"[^"]*"' | cut -d'"' -f4)
  after=$(./manage.sh feed-address --new --format json zoe | grep -o '"address":"[^"]*"' | cut -d'"' -f4)
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$before")" = 404 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$after")" = 200 ]
  for name in noe zoe; do
    run docker inspect "moncampus-ecal-$name"
    [[ $output != *"${after##*/}"* && $output != *"$(value caldav_password noe)"* ]]
    run docker logs "moncampus-ecal-$name"
    [[ $output != *"${after##*/}"* && $output != *"$(value caldav_password noe)"* && $output != *token=* ]]
  done
}
