# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# add-config: the program asks, checks and writes; where Docker is, in the image. Secrets never are arguments.

add_config() {
  mkdir -p "$root/configs"
  if runs_here; then
    become_program add-config "$@"
  fi
  local arguments=() options=(--interactive) files variables read_only=false
  hand_over_secrets "$@"
  fresh_image
  link_default
  mkdir -p "$root/data"
  [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$root/data"
  # each container has a folder of its own in data/
  compose_has --single || arguments+=(--own-data)
  [ ! -t 0 ] || [ ! -t 1 ] || options+=(--tty)
  mapfile -t files < <(config_files)
  variables=$(read_only=true variables_of "${files[@]}" && compgen -e | sed -nE 's/^(CONFIG_NAME|(MONCAMPUS|ECAL|ICS|CALDAV|FEED)_.*)$/--env \1/p')
  # shellcheck disable=SC2086 # options, whose values are names
  as_owner "${options[@]}" $variables --mount "type=bind,source=$root/data,target=/app/data" "$image" add-config "${arguments[@]}"
}

# A container sees no other file of this machine: what a secret's file holds goes there by the environment. The rest are $arguments.
hand_over_secrets() {
  local variable value file
  while [ $# -gt 0 ]; do
    case $1 in
      --password-file=* | --api-key-file=* | --api-secret-file=* | --secret-file=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        continue
        ;;
      --password-file) variable=MONCAMPUS_PASSWORD ;;
      --api-key-file) variable=ECAL_API_KEY ;;
      --api-secret-file) variable=ECAL_API_SECRET ;;
      --secret-file) variable=${2:-} variable=${variable%%=*} variable=${variable^^} ;;
      *) variable='' ;;
    esac
    file=${2:--}
    [ "$1" != --secret-file ] || file=${file#*=}
    if ! [[ $variable =~ ^[A-Z_]+$ ]] || [ "$file" = - ]; then
      arguments+=("$1")
    else
      IFS= read -r value <"$file" || [ -n "${value:-}" ] || fail "le fichier $file ne peut pas être lu, ou il est vide."
      export "$variable=${value%$'\r'}"
      options+=(--env "$variable")
      shift
    fi
    shift
  done
}
