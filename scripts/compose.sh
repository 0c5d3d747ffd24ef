# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# docker-compose.yml: written from configs/, never by hand. The same configurations and options give the same bytes.

compose_file=$root/docker-compose.yml

# compose_has --watch: an option that the present file was generated with.
compose_has() {
  [ -f "$compose_file" ] && sed -n 's/^# options ://p' "$compose_file" | grep -qwe "$1"
}

# The service and the container of a configuration. In a cluster every node has it: $node says which is meant.
service_of() {
  if compose_has --single; then
    echo app
  elif compose_has --cluster; then
    echo "app-node-${node:-1}"
  else
    echo "app-$1"
  fi
}

container_of() {
  if compose_has --single; then
    echo moncampus-ecal
  elif compose_has --cluster; then
    echo "moncampus-ecal-node-${node:-1}"
  else
    echo "moncampus-ecal-$1"
  fi
}

# The folder of memory, lock and error file, from the top folder.
data_of() {
  if compose_has --single; then
    echo data
  elif compose_has --cluster; then
    echo "data/node-${node:-1}"
  else
    echo "data/$1"
  fi
}

# The owner of configs/: whoever runs the containers can read a file with mode 0600.
owner_of_configs() {
  stat -c %u:%g "$root/configs"
}

generate_compose() {
  local flags=() text
  while [ $# -gt 0 ]; do
    case $1 in
      --single | --cluster | --watch | --page-port=* | --feed-port=*) flags+=("$1") ;;
      --page-port | --feed-port)
        flags+=("$1=${2:-}")
        [ $# -eq 1 ] || shift
        ;;
      *) fail "generate-compose : option inconnue « $1 »." ;;
    esac
    shift
  done
  [[ " ${flags[*]-}" =~ ^( --single| --cluster| --watch| --(page|feed)-port=[0-9]{1,5})*\ ?$ ]] || fail "generate-compose : --page-port et --feed-port demandent un numéro de port."
  need_configs
  # PostgreSQL refuses to run as root, and whoever runs it has to read its password
  if [[ " ${flags[*]-} " == *' --cluster '* && $(owner_of_configs) == 0:* ]]; then
    fail "generate-compose --cluster : configs/ appartient à root, et PostgreSQL ne tourne pas sous root. Donnez le dossier à un utilisateur : chown -R 1000:1000 configs"
  fi
  text=$(compose_text ${flags[@]+"${flags[@]}"}) || exit 2
  if [ -f "$compose_file" ] && [ "$text" = "$(cat "$compose_file")" ]; then
    return 0
  fi
  printf '%s\n' "$text" | write_file "$compose_file"
  say "docker-compose.yml écrit pour : $(config_names | paste -sd' ' -)"
}

# With the options that it was generated with.
refresh_compose() {
  local options=() port
  ! compose_has --single || options+=(--single)
  ! compose_has --cluster || options+=(--cluster)
  ! compose_has --watch || options+=(--watch)
  while read -r port; do
    options+=("$port")
  done < <(sed -n '/^# options :/p' "$compose_file" 2>/dev/null | grep -oE -e '--(page|feed)-port=[0-9]+')
  generate_compose ${options[@]+"${options[@]}"}
  # nothing is newer than it now
  touch "$compose_file"
}

# Before a command that only looks: the program is not asked while no file has changed.
need_fresh_compose() {
  if [ ! -f "$compose_file" ] || [ -n "$(find "$root/configs" "$root/config.yml" "$root/scripts" -newercm "$compose_file" -print 2>/dev/null | head -1)" ]; then
    refresh_compose
  fi
}

# The configurations as the program is told of them, NAME=FILE, one a line.
config_files() {
  local name
  while read -r name; do
    printf '%s=%s\n' "$name" "$(config_file "$name")"
  done < <(config_names)
}

# as_owner OPTION… IMAGE COMMAND…: in a container that reads the files of this checkout as the owner of configs/ does.
as_owner() {
  local file mounts=(--mount "type=bind,source=$root/configs,target=/app/configs,readonly=${read_only:-true}")
  for file in config.yml routes; do
    [ ! -e "$root/$file" ] || mounts+=(--mount "type=bind,source=$root/$file,target=/app/$file,readonly")
  done
  docker run --rm --user "$(owner_of_configs)" --cap-drop ALL "${mounts[@]}" "$@"
}

# The options that hand over what configurations take from the environment; which variables that are, the program says.
variables_of() {
  [ $# -eq 0 ] || as_owner --network none "$image" compose --variables "$@" </dev/null 2>/dev/null | sed 's/^/--env /'
}

# The program reads the configurations, as it does everywhere; where Docker is, in the image.
compose_text() {
  local files variables
  mapfile -t files < <(config_files)
  set -- compose --user "$(owner_of_configs)" "$@" "${files[@]}"
  if ! docker_state there; then
    (cd "$root" && program "$@")
    return
  fi
  fresh_image
  variables=$(variables_of "${files[@]}")
  # shellcheck disable=SC2086 # options, whose values are names
  as_owner --network none --hostname localhost $variables "$image" "$@" </dev/null
}

# generate-k8s [--groups N] [--image IMAGE] [--output FOLDER]: manifests in k8s/, for kustomize. Where the database is, the environment says.
generate_k8s() {
  local options=() output=$root/k8s files variables
  while [ $# -gt 0 ]; do
    case $1 in
      --groups | --image)
        options+=("$1=${2:-}")
        [ $# -eq 1 ] || shift
        ;;
      --output)
        output=${2:-}
        [ $# -eq 1 ] || shift
        ;;
      --groups=* | --image=*) options+=("$1") ;;
      --output=*) output=${1#*=} ;;
      *) fail "generate-k8s : option inconnue « $1 »." ;;
    esac
    shift
  done
  [ -n "$output" ] || fail 'generate-k8s : --output demande un dossier.'
  [[ " ${options[*]-} " =~ ^(\ --groups=[0-9]{1,4}|\ --image=[^ ]+)*\ *$ ]] || fail 'generate-k8s : --groups demande un nombre, et --image un nom.'
  need_configs
  mapfile -t files < <(config_files)
  if ! docker_state there; then
    mkdir -p "$output"
    output=$(cd -- "$output" && pwd)
    (cd "$root" && program kubernetes "${options[@]}" --output "$output" "${files[@]}")
    return
  fi
  fresh_image
  mkdir -p -- "$(dirname -- "$output")"
  [ -d "$output" ] || mkdir -m 700 "$output"
  [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$output"
  variables=$(variables_of "${files[@]}")
  options+=(--output /app/output)
  local mounts=(--mount "type=bind,source=$(cd -- "$output" && pwd),target=/app/output")
  # the path is this machine's
  if [ -n "${MEMORY_PASSWORD_FILE:-}" ]; then
    mounts+=(--mount "type=bind,source=$(real_path "$(cd -- "$(dirname -- "$MEMORY_PASSWORD_FILE")" && pwd)/$(basename -- "$MEMORY_PASSWORD_FILE")"),target=/run/memory-password,readonly" --env MEMORY_PASSWORD_FILE=/run/memory-password)
  fi
  # shellcheck disable=SC2086 # options, whose values are names
  as_owner --network none --hostname localhost --env MEMORY_URL --env MEMORY_USER --env MEMORY_PASSWORD $variables "${mounts[@]}" "$image" kubernetes "${options[@]}" "${files[@]}" </dev/null
}

compose() {
  docker compose --project-directory "$root" -f "$compose_file" "$@"
}
