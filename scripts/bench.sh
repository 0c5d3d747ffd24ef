# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154 # variables are shared with the other parts
# bench: the program's own measures, then those of its containers. They get names, a network and a sandbox of their own, and go whatever happens.

bench() {
  local argument arguments=() containers_only='' scale=''
  for argument in "$@"; do
    case $argument in
      --containers) containers_only=yes ;;
      --scale | --scale=*)
        scale=yes
        arguments+=("$argument")
        ;;
      *) arguments+=("$argument") ;;
    esac
  done
  if [ -n "$scale" ]; then
    bench_scale "${arguments[@]}"
    return
  fi
  if [ -z "$containers_only" ]; then
    # a machine with Docker needs no Java
    if ! has_java && docker_state there; then
      fresh_image
      docker run --rm "$image" bench "${arguments[@]}"
    else
      JAVA_OPTIONS="${JAVA_OPTIONS:--Xmx128m -XX:+UseSerialGC}" program bench "${arguments[@]}"
    fi
    printf '\n'
  fi
  if docker_state there; then
    fresh_image
    bench_containers
  elif docker_state denied; then
    echo "Mesures des conteneurs sautées : votre utilisateur n'a pas le droit d'utiliser Docker."
  else
    echo 'Mesures des conteneurs sautées : aucun moteur Docker (avec compose) ne répond ici.'
  fi
}

# The sandbox of a thousand pupils needs more than what is measured. For several nodes there is a PostgreSQL that ends with the measure.
bench_scale() (
  local folder='' port attempt
  need_program
  if postgresql=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1) && [ -x "$postgresql/initdb" ]; then
    folder=$(mktemp -d)
    trap 'as_postgres pg_ctl stop -m immediate -D "$folder/data" >/dev/null 2>&1; rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    head -c 300 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c1-32 >"$folder/password"
    [ "$(id -u)" != 0 ] || chown -R postgres "$folder"
    as_postgres initdb -D "$folder/data" -U bench -A scram-sha-256 --pwfile "$folder/password" -E UTF8 --locale C.UTF-8 >/dev/null
    for attempt in 1 2 3 4 5; do
      port=$((20000 + RANDOM % 20000))
      ! as_postgres pg_ctl start -w -D "$folder/data" -l "$folder/log" -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=" >/dev/null || break
      [ "$attempt" != 5 ] || fail "PostgreSQL ne démarre pas : $(cat "$folder/log")" 1
    done
    BENCH_POSTGRESQL="jdbc:postgresql://127.0.0.1:$port/postgres?user=bench&password=$(cat "$folder/password")"
    export BENCH_POSTGRESQL
  fi
  cd "$root" || exit
  JAVA_OPTIONS="${JAVA_OPTIONS:--Xmx768m -XX:+UseSerialGC}" program bench "$@"
)

# as_postgres PROGRAM…: it does not run as root
as_postgres() {
  local program=$postgresql/$1
  shift
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid postgres --regid postgres --clear-groups "$program" "$@")
  else
    "$program" "$@"
  fi
}

# In a shell of its own, so that the trap is its own as well.
bench_containers() (
  # no configuration's container is called like that
  bench=mcbench-$$ starts=${BENCH_STARTS:-3}
  trap bench_clean EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  printf 'Conteneurs : %s, %d cœurs, %d Mo de mémoire, Docker %s, le %s\n' "$(uname -m)" "$(nproc)" "$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)" \
    "$(docker version -f '{{.Server.Version}}')" "$(date +%F)"
  image_over_base
  docker network create --internal --label "fr.moncampus.bench=$bench" "$bench" >/dev/null
  # its health check would count as a request
  bench_container sandbox --no-healthcheck --hostname sandbox "$image" sandbox --host 0.0.0.0 --port 8080 --open-admin
  docker start "$bench-sandbox" >/dev/null
  until_true school GET counters
  echo "Mémoire résidente = VmRSS du processus Java dans /proc (ce que montre « docker top CONTENEUR -eo rss,args ») ; maximum = VmHWM ; entre parenthèses, sans les pages de fichiers (RssAnon)."
  printf '%-44s %22s %18s %18s\n' "Médiane de $starts démarrages, mémoire vide" '1re requête après' 'mémoire au repos' 'maximum'
  measure 'une configuration, 350 séances' 1
  measure '10 configurations dans un conteneur (--single)' 10
  measure_page
)

bench_clean() {
  local found
  found=$(docker ps -aq --filter "label=fr.moncampus.bench=$bench")
  # shellcheck disable=SC2086 # ids, one a word
  [ -z "$found" ] || docker rm -f -v $found >/dev/null 2>&1 || true
  docker network rm "$bench" >/dev/null 2>&1 || true
}

# bench_container NAME OPTIONS IMAGE COMMAND…
bench_container() {
  docker create --name "$bench-$1" --label "fr.moncampus.bench=$bench" --network "$bench" "${@:2}" >/dev/null
}

# The base is what FROM of the last stage names; where it is not at hand (BuildKit keeps what it pulled to itself), our own layers are added up.
image_over_base() {
  local base size=''
  base=$(awk -F '[= ]' '/^ARG JAVA=/ { java = $3 } /^FROM / { base = $2 } END { sub(/\$\{JAVA\}/, java, base); print base }' "$root/Dockerfile")
  if size=$(docker image inspect -f '{{.Size}}' "$base" 2>/dev/null); then
    size=$(($(docker image inspect -f '{{.Size}}' "$image") - size))
    printf 'Image : %d,%d Mo de plus que sa base %s (docker image inspect)\n' $((size / 1000000)) $((size / 100000 % 10)) "$base"
  else
    echo "Image : comparaison sautée, la base $base n'est pas sur cette machine (docker pull $base)"
  fi
  docker run --rm --entrypoint bash "$image" -c 'du -sb lib *.jar *.jsa *.aot 2>/dev/null || true' | awk '{ printf "  %-36s %6.1f Mo\n", $2, $1 / 1000000 }'
}

# school METHOD WHAT [BODY]: asks the sandbox, from inside: nothing is published.
school() {
  # shellcheck disable=SC2016 # for the shell in the container
  docker exec "$bench-sandbox" bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080
    printf "%s /_sandbox/%s HTTP/1.0\r\nHost: localhost\r\nContent-Length: ${#3}\r\n\r\n%s" "$1" "$2" "$3" >&3
    IFS= read -r status <&3
    while IFS= read -r line <&3 && [ "$line" != $'\''\r'\'' ]; do :; done
    cat <&3
    [[ $status == HTTP/1.?\ 20* ]]' - "$1" "$2" "${3:-}" 2>/dev/null
}

# until_true COMMAND…: at most two minutes
until_true() {
  local deadline=$((SECONDS + 120))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "les mesures n'aboutissent pas : $*" 1
    sleep 0.2
  done
}

# The page: what it takes when nobody looks, and after a thousand looks at its pages of 350 courses.
measure_page() {
  local start idle anonymous used afterwards idles=() useds=()
  for ((start = 1; start <= starts; start++)); do
    bench_run "page-$start" 1 -e PAGE_PORT=8046
    read -r idle anonymous _ < <(settled "$bench-page-$start")
    idles+=("$idle ($anonymous)")
    ask_page "$bench-page-$start" 1000 || fail "la page n'a pas répondu." 1
    read -r used afterwards _ < <(settled "$bench-page-$start")
    useds+=("$used ($afterwards)")
    docker rm -f -v "$bench-page-$start" >/dev/null
  done
  printf '%-46s %20s %18s Mo\n' 'la même, avec sa page' '' "$(median "${idles[@]}")"
  printf '%-46s %20s %18s Mo\n' '… après 1000 requêtes' '' "$(median "${useds[@]}")"
}

# ask_page CONTAINER TIMES: from inside, where it listens. False when an answer is none.
ask_page() {
  # shellcheck disable=SC2016 # for the shell in the container
  docker exec "$1" bash -c 'paths=(/ /c/c1/changements /c/c1/historique /c/c1/retenus /api/v1/configurations)
    for ((i = 0; i < $1; i++)); do
      exec 3<>/dev/tcp/127.0.0.1/8046
      printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "${paths[i % 5]}" >&3
      IFS= read -r status <&3
      cat <&3 >/dev/null
      [[ $status == HTTP/1.?\ 200* ]] || exit 1
    done' - "$2"
}

# measure WHAT CONFIGURATIONS: several times the same from nothing, each with calendars that are still empty.
measure() {
  local start idle anonymous peak firsts=() idles=() peaks=()
  for ((start = 1; start <= starts; start++)); do
    bench_run "$2-$start" "$2"
    firsts+=("$(first_request "$bench-$2-$start")")
    read -r idle anonymous peak < <(settled "$bench-$2-$start")
    idles+=("$idle ($anonymous)")
    peaks+=("$peak")
    docker rm -f -v "$bench-$2-$start" >/dev/null
  done
  printf '%-46s %17s ms %18s Mo %15s Mo\n' "$1" "$(median "${firsts[@]}")" "$(median "${idles[@]}")" "$(median "${peaks[@]}")"
}

# bench_run NAME CONFIGURATIONS [OPTION…]: a scheduler with pupils of its own, until it is ready.
bench_run() {
  local number folder
  folder=$(mktemp -d)
  for ((number = 1; number <= $2; number++)); do
    school POST students "{\"username\":\"e$1.$number\",\"password\":\"Banc-$number\"}"
    school GET "configuration?username=e$1.$number" >"$folder/c$number.yml"
  done
  chmod 755 "$folder"
  school DELETE requests
  bench_container "$1" "${@:3}" "$image" run
  # copied and not mounted: the engine may be another machine's
  docker cp -q "$folder/." "$bench-$1:/app/configs"
  rm -rf "$folder"
  docker start "$bench-$1" >/dev/null
  until_true docker exec "$bench-$1" bash /app/docker/health.sh
}

# From the start of the container's process to the first request that the sandbox got, in milliseconds.
first_request() {
  local started first
  started=$(docker inspect -f '{{.State.StartedAt}}' "$1")
  first=$(school GET counters | json_text first)
  echo $(($(date -d "$first" +%s%3N) - $(date -d "$started" +%s%3N)))
}

# The memory of a process once it is idle: the same for twelve seconds (within a hundredth), or after a minute. The JVM gives back every ten.
settled() {
  local deadline=$((SECONDS + 60)) same=0 before=0 now
  while [ "$same" -lt 12 ] && [ "$SECONDS" -lt "$deadline" ]; do
    sleep 1
    read -r now _ < <(process_memory "$1")
    same=$((100 * (now > before ? now - before : before - now) <= now ? same + 1 : 0))
    before=$now
  done
  process_memory "$1"
}

# process_memory CONTAINER: VmRSS, RssAnon and VmHWM, in MB of 2^20 bytes, as the kernel counts
process_memory() {
  docker exec "$1" cat /proc/1/status | awk '{ kb[$1] = $2 } END { printf "%.0f %.0f %.0f\n", kb["VmRSS:"] / 1024, kb["RssAnon:"] / 1024, kb["VmHWM:"] / 1024 }'
}

median() {
  printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}
