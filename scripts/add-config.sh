# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# add-config: a dialogue on a terminal; elsewhere every answer is an option or an environment variable. Secrets never are arguments.

add_config() {
  local name=${CONFIG_NAME:-} offline='' extra=()
  declare -A value=(
    [moncampus_username]=${MONCAMPUS_USERNAME:-} [moncampus_password]=${MONCAMPUS_PASSWORD:-}
    [moncampus_start_date]=${MONCAMPUS_START_DATE:-} [moncampus_end_date]=${MONCAMPUS_END_DATE:-}
    [ecal_api_key]=${ECAL_API_KEY:-} [ecal_api_secret]=${ECAL_API_SECRET:-} [ecal_calendar_id]=${ECAL_CALENDAR_ID:-}
    [moncampus_url]=${MONCAMPUS_URL:-}
  )
  while [ $# -gt 0 ]; do
    case $1 in
      --*=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        continue
        ;;
      --offline) offline=yes ;;
      --password | --api-key | --api-secret) fail "un secret n'est pas un argument, que d'autres verraient : $1-file FICHIER (- : une ligne de l'entrée standard)." ;;
      -*)
        [ $# -ge 2 ] || fail "$1 demande une valeur. Aide : ./manage.sh add-config --help"
        option "$1" "$2"
        shift
        ;;
      *) name=$1 ;;
    esac
    shift
  done

  ask_everything
  write_config
}

option() {
  case $1 in
    --name) name=$2 ;;
    --username) value[moncampus_username]=$2 ;;
    --start) value[moncampus_start_date]=$2 ;;
    --end) value[moncampus_end_date]=$2 ;;
    --url) value[moncampus_url]=$2 ;;
    --calendar-id) value[ecal_calendar_id]=$2 ;;
    --password-file) value[moncampus_password]=$(secret_from "$2") || exit 2 ;;
    --api-key-file) value[ecal_api_key]=$(secret_from "$2") || exit 2 ;;
    --api-secret-file) value[ecal_api_secret]=$(secret_from "$2") || exit 2 ;;
    --set) extra+=("$2") ;;
    *) fail "option inconnue « $1 ». Aide : ./manage.sh add-config --help" ;;
  esac
}

# secret_from FILE: its first line; - is the next line of standard input
secret_from() {
  local line=''
  if [ "$1" = - ]; then
    IFS= read -r line || [ -n "$line" ] || fail "l'entrée standard ne donne plus de secret."
  else
    [ -r "$1" ] || fail "le fichier $1 ne peut pas être lu."
    IFS= read -r line <"$1" || [ -n "$line" ] || fail "le fichier $1 est vide."
  fi
  printf '%s' "${line%$'\r'}"
}

# Each check prints what is wrong, or nothing.
wrong_name() {
  if ! is_name "$1"; then
    echo 'lettres sans accent, chiffres, point, tiret et tiret bas, par exemple config1'
  elif is_known "$1" || [ -e "$root/configs/$1.yml" ]; then
    echo "la configuration « $1 » existe déjà"
  fi
}

wrong_text() {
  if [ -z "${1//[[:space:]]/}" ]; then
    echo 'il ne peut pas être vide'
  elif [[ $1 == votre_* || $1 == *[[:cntrl:]]* ]]; then
    echo "ce n'est pas une vraie valeur"
  fi
}

wrong_key() {
  [[ $1 =~ ^[[:graph:]]+$ && $1 != votre_* ]] || echo "une clé d'ECAL n'a ni espace ni accent"
}

wrong_calendar() {
  [[ $1 =~ ^[0-9a-fA-F]{24}$ ]] || echo '24 chiffres et lettres de a à f (docs/ecal-setup.md dit où il se trouve)'
}

wrong_date() {
  if [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
    [ "$(date -d "$1" +%F 2>/dev/null)" = "$1" ] || echo "ce jour n'existe pas"
  elif ! [[ $1 =~ ^[-+]?P[-+]?[0-9]+[DWMY]$ ]]; then
    echo "un jour comme 2026-09-01, ou une distance à partir d'aujourd'hui comme -P7D ou P120D"
  fi
}

wrong_end() {
  local wrong
  wrong=$(wrong_date "$1")
  if [ -z "$wrong" ] && [[ $1 == [0-9]* && ${value[moncampus_start_date]} == [0-9]* && $1 < ${value[moncampus_start_date]} ]]; then
    wrong="la fin précède le début (${value[moncampus_start_date]})"
  fi
  [ -z "$wrong" ] || echo "$wrong"
}

wrong_url() {
  [[ $1 =~ ^https?://[^/[:space:]]+/?$ ]] || echo "l'adresse d'un site, sans chemin, par exemple https://ws-edt-igs.wigorservices.net"
}

# ask KEY QUESTION CHECK DEFAULT [secret]: on a terminal until the answer is right, elsewhere once. Mistakes are collected.
ask() {
  local key=$1 question=$2 check=$3 default=$4 secret=${5:-} answer wrong
  answer=${value[$key]:-}
  while :; do
    if [ -z "$answer" ] && [ -n "$dialogue" ]; then
      printf '%s%s : ' "$question" "${default:+ [$default]}" >&2
      if [ -n "$secret" ]; then
        IFS= read -rs answer || fail 'interrompu, rien n'\''est écrit.' 1
        printf '\n' >&2
      else
        IFS= read -r answer || fail 'interrompu, rien n'\''est écrit.' 1
      fi
    fi
    answer=${answer:-$default}
    wrong=$("$check" "$answer")
    [ -n "$wrong" ] || break
    if [ -z "$dialogue" ]; then
      mistakes+=("$question : $wrong")
      break
    fi
    say "  ${red}✗${plain} $wrong"
    answer=''
  done
  value[$key]=$answer
}

ask_everything() {
  local mistakes=() dialogue='' year month
  [ ! -t 0 ] || dialogue=yes
  # the school year that this day is in: September to August
  year=$(date +%Y)
  month=$(date +%-m)
  [ "$month" -ge 8 ] || year=$((year - 1))

  value[name]=$name
  ask name 'Nom de la configuration' wrong_name ''
  name=${value[name]}
  ask moncampus_username 'Identifiant MonCampus (prenom.nom)' wrong_text ''
  ask moncampus_password 'Mot de passe MonCampus (rien ne s'\''affiche)' wrong_text '' secret
  ask moncampus_start_date 'Premier jour' wrong_date "$year-09-01"
  ask moncampus_end_date 'Dernier jour' wrong_end "$((year + 1))-08-31"
  ask moncampus_url 'Site (Compétences & Développement : https://ws-edt-cd.wigorservices.net)' wrong_url https://ws-edt-igs.wigorservices.net
  ask ecal_api_key "Clé de l'API d'ECAL (rien ne s'affiche)" wrong_key '' secret
  ask ecal_api_secret "Clé secrète de l'API d'ECAL (rien ne s'affiche)" wrong_key '' secret
  ask ecal_calendar_id 'Identifiant du calendrier ECAL' wrong_calendar ''
  local pair
  for pair in "${extra[@]}"; do
    [[ $pair =~ ^[a-z_]+=. ]] || mistakes+=("--set $pair : écrivez CLE=VALEUR")
    case $pair in *password=* | *api_key=* | *api_secret=*) mistakes+=("--set ${pair%%=*} : un secret n'est pas un argument") ;; esac
  done
  if [ ${#mistakes[@]} -gt 0 ]; then
    printf 'erreur : %s\n' "${mistakes[@]}" >&2
    fail "rien n'est écrit. Aide : ./manage.sh add-config --help"
  fi
}

# A scalar that YAML reads as it was typed.
quoted() {
  printf "'%s'" "${1//\'/\'\'}"
}

config_text() {
  cat <<EOT
# Configuration « $name ». Toutes les clés : configs/README.md
# MonCampus
moncampus_username: $(quoted "${value[moncampus_username]}")
moncampus_password: $(quoted "${value[moncampus_password]}")
moncampus_url: ${value[moncampus_url]%/}
# les jours à synchroniser ; une fois le dernier passé, pensez à l'année suivante
moncampus_start_date: ${value[moncampus_start_date]}
moncampus_end_date: ${value[moncampus_end_date]}
# ECAL
ecal_api_key: $(quoted "${value[ecal_api_key]}")
ecal_api_secret: $(quoted "${value[ecal_api_secret]}")
ecal_calendar_id: ${value[ecal_calendar_id]}
EOT
  local pair
  for pair in "${extra[@]}"; do
    printf '%s: %s\n' "${pair%%=*}" "$(quoted "${pair#*=}")"
  done
}

write_config() {
  local folder code=0
  mkdir -p "$root/configs"
  # written in a folder beside, checked there, and then put in its place
  folder=$(mktemp -d "$root/configs/.new.XXXXXX")
  # shellcheck disable=SC2064 # this folder, whatever the variable holds by then
  trap "rm -rf '${folder//\'/\'\\\'\'}'" EXIT
  (umask 077 && config_text >"$folder/$name.yml")
  [ "$(id -u)" != 0 ] || chown -R "$(owner_of_configs)" "$folder"
  compose_text "$name=${folder#"$root/"}/$name.yml" >/dev/null || fail "rien n'est écrit."
  if [ -z "$offline" ]; then
    say 'Vérification…'
    check_new "$folder" "$name" || code=$?
    if [ "$code" != 0 ] && ! { [ -t 0 ] && yes_or_no 'Garder cette configuration quand même ?'; }; then
      fail "la vérification a échoué (voir ci-dessus) : rien n'est écrit. Sans vérification : --offline" "$code"
    fi
  fi
  mv "$folder/$name.yml" "$root/configs/$name.yml"
  say "${green}✓${plain} configs/$name.yml est écrit, lisible par vous seul. Ensuite : ./manage.sh start $name"
  return "$code"
}

# check_new FOLDER NAME: the application's check, live. The data folder is the one to be, so that a refused password is remembered.
check_new() {
  if runs_here; then
    program check --configs "$1" "$2" >&2
    return
  fi
  need_image
  mkdir -p "$root/data/$2"
  [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$root/data" "$root/data/$2"
  docker run --rm --user "$(owner_of_configs)" --cap-drop ALL --mount "type=bind,source=$1,target=/app/configs,readonly" \
    --mount "type=bind,source=$root/routes,target=/app/routes,readonly" --mount "type=bind,source=$root/data/$2,target=/app/data" \
    "$image" check "$2" </dev/null >&2
}
