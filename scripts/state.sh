# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# config and status: what is there and how it goes. And the application's commands, wherever a configuration runs.

# The application runs on this machine when there is no engine, or when it is told to use other folders.
runs_here() {
  [ "${MANAGE_LOCAL:-}" != 1 ] && [ -z "${CONFIGS_DIR:-}${ROUTES_DIR:-}${DATA_DIR:-}" ] || return 0
  local argument
  for argument in "$@"; do
    case $argument in
      --configs | --configs=* | --data | --data=* | --routes | --routes=* | -h | --help) return 0 ;;
      */*) [ ! -f "$argument" ] || return 0 ;;
    esac
  done
  ! docker_state denied || need_docker
  ! docker_state there
}

# application COMMAND [OPTIONS] [CONFIG…]
application() {
  if [ "$1" = check ] && [[ " $* " == *' --feed'* ]]; then
    examine_feed "$@"
    return
  fi
  if runs_here "$@"; then
    become_program "$@"
  fi
  local command=$1 options=() names=() rest=()
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --format | --lines | --run) options+=("$1" "${2:-}") && shift ;;
      -*) options+=("$1") ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  case $command in
    approve | adopt | feed-address) # one configuration, then what the command wants to know
      [ ${#names[@]} -gt 0 ] || fail "$command : donnez le nom d'une configuration. Aide : ./manage.sh $command --help"
      rest=("${names[@]:1}")
      names=("${names[0]}")
      ;;
  esac
  choose "${names[@]}"
  each ask_container "${names[@]}"
}

# examine_feed check --feed[=]FILE [OPTIONS]: it needs no configuration. A container sees no file of this machine: what is in it goes there by
# standard input.
examine_feed() {
  if runs_here; then
    become_program "$@"
  fi
  local file=- options=()
  while [ $# -gt 0 ]; do
    case $1 in
      --feed=*) file=${1#*=} ;;
      --feed)
        case ${2:-} in
          '' | -?*) ;;
          *) file=$2 && shift ;;
        esac
        ;;
      *) options+=("$1") ;;
    esac
    shift
  done
  [ "$file" = - ] || [ -r "$file" ] || fail "le fichier $file ne peut pas être lu : il doit contenir l'adresse du flux." 2
  fresh_image
  if [ "$file" = - ]; then
    docker run --rm --interactive --cap-drop ALL "$image" "${options[@]}" --feed=-
  else
    docker run --rm --interactive --cap-drop ALL "$image" "${options[@]}" --feed=- <"$file"
  fi
}

# The command, its options and what comes after the name are application's.
ask_container() {
  in_container "$1" "$command" "${options[@]}" "$1" "${rest[@]}"
}

# json_text FIELD: of a line on standard input
json_text() {
  sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'
}

state_words() {
  if ! docker_state there; then
    echo '-'
    return
  fi
  case $(health_of "$1") in
    none) echo 'arrêté' ;;
    healthy) echo 'en marche, prêt' ;;
    unhealthy) echo 'en marche, PAS PRÊT' ;;
    *) echo 'démarre' ;;
  esac
}

# The application's status of one configuration; without building anything to get it.
status_of() {
  if runs_here; then
    is_runnable || return 9
    program status "$@"
  else
    docker image inspect "$image" >/dev/null 2>&1 || return 9
    in_container "${*: -1}" status "$@"
  fi
}

# cells TEXT WIDTH…: printf would count bytes
cells() {
  local line=''
  while [ $# -gt 0 ]; do
    line+=$1$(printf '%*s' $((${#1} < $2 ? $2 - ${#1} : 1)) '')
    shift 2
  done
  printf '%s\n' "$line"
}

list_configs() {
  need_configs
  local name line code valid success next node
  cells CONFIGURATION 20 FICHIER 13 CONTENEUR 22 'DERNIER SUCCÈS' 27 'PROCHAIN PASSAGE' 0
  while read -r name; do
    pick_node "$name"
    code=0
    line=$(status_of --format json "$name" 2>/dev/null </dev/null) || code=$?
    case $code in
      0) valid=valide ;;
      9) valid='non vérifié' ;;
      *) valid=ERREUR ;;
    esac
    success=$(json_text lastSuccess <<<"$line")
    next=$(json_text nextRun <<<"$line")
    cells "$name" 20 "$valid" 13 "$(state_words "$name")" 22 "${success:--}" 27 "${next:--}" 0
  done < <(config_names)
  say "Détails d'une erreur : ./manage.sh check CONFIG · ajouter : ./manage.sh add-config"
}

show_status() {
  if runs_here "$@" || [[ " $* " == *' --format'* ]]; then
    application status "$@"
    return
  fi
  local names
  choose "$@"
  each show_one "${names[@]}"
}

show_one() {
  local code=0 node=''
  pick_node "$1"
  printf '%s%s%s : %s' "$bold" "$(container_of "$1")" "$plain" "$(state_words "$1")"
  ! is_running "$1" || printf ' depuis %s' "$(date -d "$(started_at "$1")" '+%d/%m %H:%M')"
  printf '%s\n' "$(page_words "$1")"
  status_of "$1" || code=$?
  [ "$code" != 9 ] || { echo '  jamais construite : ./manage.sh start' && code=0; }
  return "$code"
}

# move-memory [--back]: of the program on this machine, or of the containers of a cluster, from whatever layout there was before.
move_memory() {
  if runs_here "$@" || ! compose_has --cluster; then
    become_program move-memory "$@"
  fi
  local folder folders=() argument
  for argument in "$@"; do
    [ "$argument" = --back ] || fail "move-memory : option inconnue « $argument »."
  done
  if [ $# -gt 0 ]; then
    folders=(--data /app/before)
  else
    for folder in "$root"/data/*/ "$root/data/"; do
      [ ! -f "$folder/moncampus-ecal.db" ] || folders+=(--data "/app/before/${folder#"$root/data/"}")
    done
    [ ${#folders[@]} -gt 0 ] || fail "il n'y a pas de mémoire dans data/ : rien à porter." 1
    [ ! -f "$root/data/.logins/moncampus-ecal.db" ] || folders+=(--logins /app/before/.logins)
  fi
  need_image
  refresh_compose
  make_data
  start_database
  compose --progress quiet run --rm --no-deps -T --volume "$root/data:/app/before" "$(service_of all)" move-memory "${folders[@]}" "$@" </dev/null
}
