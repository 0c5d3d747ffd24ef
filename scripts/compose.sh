# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# docker-compose.yml: written from configs/, never by hand. The same configurations and options give the same bytes.

compose_file=$root/docker-compose.yml

# compose_has --watch: an option that the present file was generated with.
compose_has() {
  [ -f "$compose_file" ] && sed -n 's/^# options ://p' "$compose_file" | grep -qwe "$1"
}

# The service and the container of a configuration.
service_of() {
  if compose_has --single; then echo app; else echo "app-$1"; fi
}

container_of() {
  if compose_has --single; then echo moncampus-ecal; else echo "moncampus-ecal-$1"; fi
}

# The folder of memory, lock and error file, from the top folder.
data_of() {
  if compose_has --single; then echo data; else echo "data/$1"; fi
}

# The owner of configs/: whoever runs the containers can read a file with mode 0600.
owner_of_configs() {
  stat -c %u:%g "$root/configs"
}

generate_compose() {
  local flags=() option text
  for option in "$@"; do
    case $option in
      --single | --watch) flags+=("$option") ;;
      *) fail "generate-compose : option inconnue « $option »." ;;
    esac
  done
  need_configs
  text=$(compose_text ${flags[@]+"${flags[@]}"}) || exit 2
  if [ -f "$compose_file" ] && [ "$text" = "$(cat "$compose_file")" ]; then
    return 0
  fi
  printf '%s\n' "$text" | write_file "$compose_file"
  say "docker-compose.yml écrit pour : $(config_names | paste -sd' ' -)"
}

# With the options that it was generated with.
refresh_compose() {
  local options=()
  ! compose_has --single || options+=(--single)
  ! compose_has --watch || options+=(--watch)
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

# compose_text OPTIONS [NAME=FILE]: the program reads the configurations, as it does everywhere; where Docker is, in the image.
compose_text() {
  local name file files=() variables=() mounts=()
  while read -r name; do
    files+=("$name=$(config_file "$name")")
  done < <(config_names)
  set -- compose --user "$(owner_of_configs)" "$@" ${files[@]+"${files[@]}"}
  if ! docker_state there; then
    (cd "$root" && program "$@")
    return
  fi
  fresh_image
  # every variable that could be meant; the program says which are
  while read -r name; do
    variables+=(--env "$name")
  done < <(find "$root/configs" "$root/config.yml" -name '*.y*ml' -exec grep -ohE '[$][{][A-Za-z_][A-Za-z0-9_]*[}]' {} + 2>/dev/null | tr -cd '[:alnum:]_\n' | sort -u)
  for file in configs config.yml; do
    [ ! -e "$root/$file" ] || mounts+=(--mount "type=bind,source=$root/$file,target=/app/$file,readonly")
  done
  docker run --rm --network none --hostname localhost --user "$(owner_of_configs)" --cap-drop ALL "${mounts[@]}" ${variables[@]+"${variables[@]}"} "$image" "$@" </dev/null
}

compose() {
  docker compose --project-directory "$root" -f "$compose_file" "$@"
}
