# shellcheck shell=bash
# What the tests of containers share: a clone in $clone, and the sandbox beside the containers in $sandbox.

configuration() { # USERNAME NAME CALENDAR: a first one, so that there is something to make the network for
  printf '%s\n' "moncampus_username: $1" 'moncampus_password: x' 'moncampus_start_date: -P7D' 'moncampus_end_date: P120D' \
    'ecal_api_key: k' 'ecal_api_secret: s' "ecal_calendar_id: $3" >"configs/$2.yml"
}

# The network of the containers must be there.
start_sandbox() {
  docker run -d --name moncampus-test-sandbox --hostname sandbox --network moncampus-ecal_default -p 127.0.0.1:18888:8080 \
    moncampus-ecal:latest sandbox --host 0.0.0.0 --port 8080 --open-admin
  eventually curl -sf "$sandbox/configuration"
}

# A clone of $repo with one configuration, its image, and the sandbox, which must be there before the first sync.
clone_beside_sandbox() {
  git clone -q "$repo" "$clone"
  cd "$clone"
  mkdir -p configs
  chown 1234:1234 configs
  configuration lea lea 64229d018723a1000e000001
  ./manage.sh build
  ./manage.sh check --offline lea
  start_sandbox
}

enroll() { # NAME…: students, and their configurations
  local name
  for name; do
    curl -sf "$sandbox/students" -d "{\"username\":\"$name\",\"password\":\"Geheim-$name\"}"
    curl -sf "$sandbox/configuration?username=$name" >"configs/$name.yml"
  done
}

own_configs() {
  chown -R 1234:1234 configs
  chmod 600 configs/*.yml
}

setup() {
  docker info >/dev/null 2>&1 || skip 'no Docker engine answers'
  cd "$clone"
}

eventually() {
  local deadline=$((SECONDS + 90))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "never: $*" && return 1; }
    sleep 0.3
  done
}

# When every session begins and ends, sorted; as the school has it and as the calendar has it.
sessions() {
  curl -sf "$sandbox/timetable?username=$1" | grep -oE '"start":"[^"]*","end":"[^"]*"' | tr -d '"' | sed 's/start:\(.*\),end:\(.*\)/\1 \2/' | sort
}

events() {
  curl -sf "$sandbox/calendar?username=$1" | grep -oE '"startDate":"[^"]*","endDate":"[^"]*","startTime":"[^"]*","endTime":"[^"]*"' |
    tr -d '"' | sed -E 's/startDate:(.*),endDate:(.*),startTime:(.*),endTime:(.*)/\1T\3 \2T\4/' | sort
}

event_count() {
  curl -sf "$sandbox/calendar?username=$1" | grep -o '"startDate"' | wc -l
}
