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

# choose NAME…: into $names, or every configuration when none is named.
choose() {
  local name
  need_configs
  names=("$@")
  for name in "$@"; do
    need_known "$name"
  done
  [ $# -gt 0 ] || mapfile -t names < <(config_names)
}

# each FUNCTION NAME…: a bad one does not stop the others, and the highest exit code counts.
each() {
  local name code highest=0
  for name in "${@:2}"; do
    code=0
    "$1" "$name" || code=$?
    [ "$code" -le "$highest" ] || highest=$code
  done
  return "$highest"
}
