# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# The containers: image, start, stop, logs, and commands inside them.

image=moncampus-ecal:latest

# Whether the engine and compose answer: there, denied or absent.
docker_state() {
  if [ -z "${docker_state:-}" ]; then
    local answer
    docker_state=absent
    if command -v docker >/dev/null && docker compose version >/dev/null 2>&1; then
      if answer=$(docker info 2>&1 >/dev/null </dev/null); then
        docker_state=there
      elif [[ $answer == *'permission denied'* ]]; then
        docker_state=denied
      fi
    fi
  fi
  [ "$docker_state" = "$1" ]
}

need_docker() {
  ! docker_state there || return 0
  ! docker_state denied || fail "votre utilisateur n'a pas le droit d'utiliser Docker : sudo usermod -aG docker $(id -un), puis reconnectez-vous (ou lancez cette commande avec sudo)." 1
  command -v docker >/dev/null || fail "Docker est introuvable : installez Docker Engine et son module compose (https://docs.docker.com/engine/install/)." 1
  docker compose version >/dev/null 2>&1 || fail "« docker compose » (version 2) est introuvable : installez le module compose de Docker." 1
  fail "le moteur Docker ne répond pas : sudo systemctl start docker" 1
}

# What the image is made of. Routes are mounted over the image's own: changing one needs no new image.
source_hash() {
  (cd "$root" && find pom.xml Dockerfile .dockerignore docker src/main -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

image_is_stale() {
  [ "$(docker image inspect -f '{{index .Config.Labels "fr.moncampus.source"}}' "$image" 2>/dev/null)" != "$(source_hash)" ]
}

build_image() {
  local before after
  before=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null) || before=''
  say "Construction de l'image (quelques minutes la première fois)…"
  DOCKER_BUILDKIT=1 quietly docker build -t "$image" --label "fr.moncampus.source=$(source_hash)" "$root" || fail "la construction de l'image a échoué, voir ci-dessus." 1
  after=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null) || after=''
  # refused while a container still uses it, or when it has another name; clean removes it then
  [ -z "$before" ] || [ "$before" = "$after" ] || docker rmi "$before" >/dev/null 2>&1 || true
}

need_image() {
  docker image inspect "$image" >/dev/null 2>&1 || build_image
}

fresh_image() {
  if image_is_stale; then
    build_image
  fi
}

# Folders that the containers write in, for whoever runs in them.
make_data() {
  local name folder
  mkdir -p "$root/data"
  while read -r folder; do
    folder=$root/$folder
    [ -d "$folder" ] || mkdir -m 700 "$folder"
    [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$root/data" "$folder"
  done < <(
    if compose_has --cluster; then
      printf 'data/%s\n' database node-1 node-2
    else
      echo data/.logins && while read -r name; do data_of "$name"; done < <(config_names)
    fi
  )
  ! compose_has --cluster || make_database_password
}

# Nobody types it: it is made once, and only the containers read it.
make_database_password() {
  local file=$root/data/database-password
  [ ! -s "$file" ] || return 0
  head -c 300 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c1-32 | write_file "$file" 600
  [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$file"
}

# The database of a cluster. Containers of another layout, which know nothing of it, end: they would write to the same calendars.
start_database() {
  compose_has --cluster || return 0
  quietly compose up -d --wait --remove-orphans database || fail "la base de données ne démarre pas, voir ci-dessus : docker compose logs database" 1
}

# pick_node CONFIG: sets $node, in a cluster, to one that runs, if there is one. What it answers is the same on each.
pick_node() {
  node=1
  compose_has --cluster || return 0
  is_running "$1" || node=2
  is_running "$1" || node=1
}

is_running() {
  [ "$(docker inspect -f '{{.State.Running}}' "$(container_of "$1")" 2>/dev/null)" = true ]
}

# healthy, starting, unhealthy; or none when it does not run
health_of() {
  if is_running "$1"; then
    docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}starting{{end}}' "$(container_of "$1")"
  else
    echo none
  fi
}

# wait_ready CONFIG: false when it is not ready in time.
wait_ready() {
  local deadline=$((SECONDS + ${READY_TIMEOUT:-120}))
  until [ "$(health_of "$1")" = healthy ]; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 1
  done
}

# in_container CONFIG COMMAND…: where the configuration runs, or in a container of its own when it does not.
in_container() {
  local name=$1 node=${node:-}
  shift
  [ -n "$node" ] || pick_node "$name"
  if is_running "$name" && changed_since_start "$name"; then
    warn "$name tourne encore avec d'anciens fichiers ; cette commande lit les nouveaux. Ensuite : ./manage.sh restart $name"
    refresh_compose
    compose --progress quiet run --rm --no-deps -T "$(service_of "$name")" "$@" </dev/null
  elif is_running "$name"; then
    docker exec "$(container_of "$name")" java @/app/docker/java.options -jar /app/moncampus-ecal.jar "$@" </dev/null
  else
    need_image
    need_fresh_compose
    make_data
    start_database
    compose --progress quiet run --rm --no-deps -T "$(service_of "$name")" "$@" </dev/null
  fi
}

# Files and routes are looked at before anything that runs is touched.
passes_check() {
  quietly compose --progress quiet run --rm --no-deps -T "$(service_of "$1")" check --offline
}

# for_each_service FUNCTION [CONFIG]: once for a container, whatever number of configurations it holds.
for_each_service() {
  local names node code highest=0
  choose ${2:+"$2"}
  if compose_has --cluster; then
    for node in 1 2; do
      code=0
      "$1" "${names[0]}" || code=$?
      [ "$code" -le "$highest" ] || highest=$code
    done
    return "$highest"
  fi
  ! compose_has --single || names=("${names[0]}")
  each "$1" "${names[@]}"
}

started_at() {
  docker inspect -f '{{.State.StartedAt}}' "$(container_of "$1")" 2>/dev/null || true
}

# A running container keeps the configuration and the secrets that it began with: an editor puts a new file in the place of the old one,
# and what is mounted is the old one. A new container, or the same started again, has the new ones.
changed_since_start() {
  local since source sources=()
  since=$(started_at "$1")
  [ -n "$since" ] || return 1
  while read -r source; do
    [ ! -e "$source" ] || sources+=("$source")
  done < <(docker inspect -f '{{range .Mounts}}{{if not .RW}}{{println .Source}}{{end}}{{end}}' "$(container_of "$1")" 2>/dev/null)
  [ ${#sources[@]} -gt 0 ] && [ -n "$(find "${sources[@]}" -type f ! -name '.*' ! -name '*~' -newerct "$since" -print)" ]
}

start_one() {
  local before restart=''
  if ! passes_check "$1"; then
    say "${red}✗${plain} $1 : non démarré, corrigez ce qui est dit ci-dessus."
    return 2
  fi
  before=$(started_at "$1")
  ! is_running "$1" || ! { [ "${always_restart:-}" = yes ] || changed_since_start "$1"; } || restart=yes
  up_one "$1" || return 1
  if [ -n "$restart" ] && [ "$before" = "$(started_at "$1")" ]; then
    quietly compose restart "$(service_of "$1")" || return 1
  fi
  if [ "${wait_for_ready:-}" = yes ] && ! wait_ready "$1"; then
    say "${red}✗${plain} $1 : démarré, mais pas prêt après ${READY_TIMEOUT:-120} s ; voyez ./manage.sh logs $1"
    return 1
  fi
  say "${green}✓${plain} $(container_of "$1") : démarré${wait_for_ready:+, prêt}$(page_words "$1")"
}

# up_one CONFIG [OPTION…]: a port that another program has costs the address that is known, and not the timetable: the engine then takes any free one.
up_one() {
  local answer
  answer=$(compose up -d --no-deps "${@:2}" "$(service_of "$1")" 2>&1 </dev/null) && return
  if [[ $answer =~ 'port is already allocated'|'address already in use' ]]; then
    # a feed's port has no other: phones know it
    if answer=$(MONCAMPUS_PAGE_PORT='' compose up -d --no-deps "${@:2}" "$(service_of "$1")" 2>&1 </dev/null); then
      warn "le port de la page de $1 est pris par un autre programme : elle en a un autre. ./manage.sh generate-compose --page-port N en choisit un pour de bon."
      return
    fi
  fi
  printf '%s\n' "$answer" >&2
  return 1
}

page_words() {
  local address
  ! address=$(page_address "$1") || printf ' · page : %s' "$address"
}

# start [CONFIG] [--wait], restart likewise
start() {
  local name='' argument
  wait_for_ready=''
  for argument in "$@"; do
    case $argument in
      --wait) wait_for_ready=yes ;;
      -*) fail "option inconnue « $argument »." ;;
      *) name=$argument ;;
    esac
  done
  need_configs
  [ -z "$name" ] || need_known "$name"
  need_docker
  fresh_image
  refresh_compose
  make_data
  start_database
  for_each_service start_one "$name"
}

restart() {
  always_restart=yes
  start "$@"
}

need_compose() {
  need_configs
  [ -z "${1:-}" ] || need_known "$1"
  need_docker
  [ -f "$compose_file" ] || refresh_compose
}

stop() {
  need_compose "${1:-}"
  if [ -n "${1:-}" ] && ! compose_has --cluster; then
    quietly compose stop "$(service_of "$1")" || fail "l'arrêt a échoué, voir ci-dessus." 1
    say "${green}✓${plain} $(container_of "$1") : arrêté"
  else
    quietly compose stop || fail "l'arrêt a échoué, voir ci-dessus." 1
    say "${green}✓${plain} tout est arrêté"
  fi
}

# logs [CONFIG] [-f] [--tail N…]: on a terminal they go on until Ctrl-C, elsewhere what there is.
logs() {
  local name='' options=()
  [ ! -t 1 ] || options+=(--follow)
  if [ $# -gt 0 ] && [[ $1 != -* ]]; then
    name=$1
    shift
  fi
  need_compose "$name"
  local service=()
  # in a cluster nobody knows which of the nodes has run it
  [ -z "$name" ] || compose_has --cluster || service=("$(service_of "$name")")
  compose logs "${options[@]}" "$@" "${service[@]}"
}

console() {
  [ $# -ge 1 ] || fail "console : donnez le nom d'une configuration. Aide : ./manage.sh console --help"
  need_compose "$1"
  local node
  pick_node "$1"
  is_running "$1" || fail "$1 ne tourne pas : ./manage.sh start $1" 1
  docker exec "$(container_of "$1")" bash /app/docker/health.sh "/q/dev${2:+/$2}"
}

clean() {
  local everything='les conteneurs, les images et le dossier data/ (mémoire, journaux d'\''erreurs)'
  case ${1:-} in
    --yes) ;;
    '')
      [ -t 0 ] || fail "clean efface $everything : confirmez par --yes."
      yes_or_no "Effacer $everything ? Les configurations restent." || fail "rien n'a été effacé." 1
      ;;
    *) fail "option inconnue « $1 »." ;;
  esac
  if docker_state there; then
    remove_containers
  elif docker_state denied; then
    need_docker
  fi
  rm -rf "$root/data" "$compose_file"
  say "${green}✓${plain} effacé ; les configurations sont toujours dans configs/"
}

# By label: also those of configurations that are gone.
remove_containers() {
  local found
  found=$(docker ps -aq --filter label=com.docker.compose.project=moncampus-ecal)
  # shellcheck disable=SC2086 # ids, one a word
  [ -z "$found" ] || docker rm -f $found >/dev/null
  found=$(docker network ls -q --filter label=com.docker.compose.project=moncampus-ecal)
  # shellcheck disable=SC2086
  [ -z "$found" ] || docker network rm $found >/dev/null || warn "le réseau moncampus-ecal_default sert encore à autre chose : il reste."
  found=$(docker image ls -q --filter label=fr.moncampus.source | sort -u)
  # shellcheck disable=SC2086
  [ -z "$found" ] || docker rmi -f $found >/dev/null
}
