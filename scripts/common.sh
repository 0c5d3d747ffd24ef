# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# Messages, and which configurations there are. Sourced by manage.sh, which sets $root.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' green=$'\e[32m' yellow=$'\e[33m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' green='' yellow='' red='' plain=''
fi

# Exit codes are the application's: 1 something failed, 2 wrong usage or configuration.
fail() {
  printf 'erreur : %s\n' "$1" >&2
  exit "${2:-2}"
}

warn() {
  printf 'attention : %s\n' "$1" >&2
}

# What is going on goes to standard error: standard output is for results.
say() {
  printf '%s\n' "$1" >&2
}

# write_file FILE [MODE]: standard input becomes the file, at once or not at all.
write_file() {
  local part
  part=$(mktemp "$1.XXXXXX")
  if ! cat >"$part" || ! chmod "${2:-644}" "$part" || ! mv -f "$part" "$1"; then
    rm -f "$part"
    fail "$1 ne peut pas être écrit." 1
  fi
}

# yes_or_no QUESTION: true for yes; enter means no.
yes_or_no() {
  local answer
  printf '%s [o/N] ' "$1" >&2
  read -r answer || return 1
  [[ $answer =~ ^[oOyY] ]]
}

is_name() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]
}

# Every configuration's name, one a line, sorted the same way everywhere. config.yml in the top folder is `default`.
config_names() {
  local file
  {
    [ ! -f "$root/config.yml" ] || echo default
    for file in "$root"/configs/*.yml "$root"/configs/*.yaml; do
      # the link that link_default makes is config.yml once more
      if [ ! -f "$file" ] || [ "$file" -ef "$root/config.yml" ]; then
        continue
      fi
      file=${file##*/}
      printf '%s\n' "${file%.y*ml}"
    done
  } | LC_ALL=C sort
}

# The file of a configuration, from the top folder.
config_file() {
  if [ "$1" = default ] && [ -f "$root/config.yml" ]; then
    echo config.yml
  elif [ -f "$root/configs/$1.yml" ]; then
    echo "configs/$1.yml"
  else
    echo "configs/$1.yaml"
  fi
}

check_names() {
  local name twice
  twice=$(config_names | uniq -d)
  [ -z "$twice" ] || fail "deux fichiers donnent la configuration « ${twice%%$'\n'*} » : renommez ou enlevez l'un d'eux."
  while read -r name; do
    is_name "$name" || fail "configs/$name.yml : un nom de configuration est fait de lettres sans accent, chiffres, point, tiret et tiret bas. Renommez le fichier."
  done < <(config_names)
}

need_configs() {
  check_names
  [ -n "$(config_names)" ] || fail "aucune configuration : ./manage.sh add-config en crée une."
}

is_known() {
  config_names | grep -qxF -- "$1"
}

need_known() {
  is_known "$1" || fail "aucune configuration ne s'appelle « $1 ». Configurations connues : $(config_names | paste -sd, | sed 's/,/, /g')"
}

# value_of FILE KEY: what a flat YAML line says, quotes and comment taken off.
value_of() {
  awk -v key="$2" -v quote="'" '
    index($0, key ":") == 1 {
      value = substr($0, length(key) + 2)
      gsub(/^[ \t]+|[ \t\r]+$/, "", value)
      first = substr(value, 1, 1)
      if (first == quote && match(value, "^" quote "([^" quote "]|" quote quote ")*" quote)) {
        value = substr(value, 2, RLENGTH - 2)
        gsub(quote quote, quote, value)
      } else if (first == "\"" && match(value, /^"([^"\\]|\\.)*"/)) {
        value = substr(value, 2, RLENGTH - 2)
      } else {
        sub(/(^|[ \t]+)#.*$/, "", value)
      }
      print value
      exit
    }' "$1"
}

# Like value_of, with ${NAME} taken from the environment.
expanded_value_of() {
  local value
  value=$(value_of "$1" "$2")
  if [[ $value =~ ^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$ ]]; then
    value=${!BASH_REMATCH[1]:-$value}
  fi
  printf '%s\n' "$value"
}

# The person and the calendar that a file is about. Two files with the same would overwrite each other's events.
person_and_calendar() {
  local user url calendar
  user=$(expanded_value_of "$1" moncampus_username)
  url=$(expanded_value_of "$1" moncampus_url)
  url=${url:-https://ws-edt-igs.wigorservices.net}
  calendar=$(expanded_value_of "$1" ecal_calendar_id)
  # stripped, as the program does it
  read -r user <<<"$user" || true
  url=${url#*://}
  url=${url%%/*}
  [ -z "$user$calendar" ] || printf '%s@%s|%s\n' "$user" "${url%%:*}" "$calendar" | tr '[:upper:]' '[:lower:]'
}

# refuse_rivals [FILE]: no two configurations (and the new FILE) may be about the same person and calendar.
refuse_rivals() {
  local name file rival same=''
  declare -A seen=()
  while read -r name; do
    file=$root/$(config_file "$name")
    rival=$(person_and_calendar "$file")
    [ -n "$rival" ] || continue
    if [ -n "${seen[$rival]:-}" ]; then
      same+="${seen[$rival]} et ${file#"$root/"} ont la même personne et le même calendrier ; "
    fi
    seen[$rival]=${file#"$root/"}
  done < <(config_names)
  if [ $# -gt 0 ]; then
    rival=$(person_and_calendar "$1")
    [ -z "${seen[$rival]:-}" ] || same+="cette personne et ce calendrier sont déjà dans ${seen[$rival]} ; "
  fi
  [ -z "$same" ] || fail "${same}elles s'écraseraient l'une l'autre : enlevez l'une d'elles, ou donnez-lui un autre calendrier."
}
