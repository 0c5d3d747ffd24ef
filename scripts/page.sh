# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# The page: where it is, and its password.

# page_address CONFIG: as a browser on this machine asks for it. False when its container publishes none.
page_address() {
  local published
  published=$(docker port "$(container_of "$1")" 8046/tcp 2>/dev/null | head -1) && [ -n "$published" ] || return 1
  # published on every address, it is on this machine's own as well
  published=${published/#0.0.0.0:/127.0.0.1:}
  printf 'http://%s/\n' "${published/#\[::\]:/127.0.0.1:}"
}

# page [CONFIG…]: an address a line, for a person or a program to open.
show_pages() {
  if runs_here; then
    [ "${PAGE_PORT:-}" != 0 ] || fail "PAGE_PORT=0 : il n'y a pas de page." 1
    printf 'http://%s:%s/\n' "${PAGE_HOST:-127.0.0.1}" "${PAGE_PORT:-8046}"
    say 'La page est là tant que « ./manage.sh run » tourne.'
    return
  fi
  if compose_has --cluster; then
    for_each_service show_page
    return
  fi
  local names
  choose "$@"
  ! compose_has --single || names=("${names[0]}")
  each show_page "${names[@]}"
}

show_page() {
  if ! is_running "$1"; then
    say "$(container_of "$1") ne tourne pas : ./manage.sh start $1"
    return 1
  fi
  page_address "$1" || { say "$(container_of "$1") n'a pas de page : ./manage.sh generate-compose --page-port 8046, puis ./manage.sh restart" && return 1; }
}

# page-password [CONFIG…] [--remove]: of the program on this machine, or of the containers, which read it at each request.
set_page_password() {
  local names=() remove='' argument line name
  if runs_here "$@"; then
    become_program page-password "$@"
  fi
  for argument in "$@"; do
    case $argument in
      --remove) remove=yes ;;
      -*) fail "page-password : option inconnue « $argument »." ;;
      *) names+=("$argument") ;;
    esac
  done
  choose ${names[@]+"${names[@]}"}
  ! compose_has --single || names=("${names[0]}")
  # each node has its page
  ! compose_has --cluster || names=(node-1 node-2)
  if [ -z "$remove" ]; then
    need_image
    line=$(read_password | docker run --rm -i --network none "$image" page-password --print) || exit 2
  fi
  make_data
  for name in "${names[@]}"; do
    name=$root/$(node=${name#node-} data_of "$name")/page-password
    if [ -n "$remove" ]; then
      rm -f "$name"
    else
      printf '%s\n' "$line" | write_file "$name" 600
      [ "$(id -u)" != 0 ] || chown "$(owner_of_configs)" "$name"
    fi
  done
  say "${green}✓${plain} mot de passe de la page ${remove:+enlevé }: ${names[*]}"
}

# A person types it twice; elsewhere it is the first line of standard input.
read_password() {
  local password='' again=''
  if [ -t 0 ]; then
    read -rsp "Mot de passe de la page (rien ne s'affiche) : " password && printf '\n' >&2
    read -rsp 'Encore une fois : ' again && printf '\n' >&2
    [ "$password" = "$again" ] || fail 'les deux ne sont pas les mêmes, rien n'\''est changé.'
  else
    IFS= read -r password || [ -n "$password" ] || fail 'donnez le mot de passe sur l'\''entrée standard.'
  fi
  printf '%s\n' "$password"
}

# The sandbox stays in the container; only the page is published, on this machine alone.
demo_in_container() {
  local options=()
  if [[ " $* " == *' --page '* ]]; then
    options=(--init -p "127.0.0.1:${PAGE_PORT:-8046}:8046" -e PAGE_PORT=8046 -e PAGE_HOST=0.0.0.0 -e PAGE_PUBLISHED_HOST=127.0.0.1)
    say "La page sera sur http://127.0.0.1:${PAGE_PORT:-8046}/"
  fi
  exec docker run --rm ${options[@]+"${options[@]}"} "$image" demo "$@"
}
