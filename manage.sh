#!/usr/bin/env bash
# Everything that a user of moncampus-ecal does, by one command. Messages are French, as the users are.
set -euo pipefail
# widths are counted in letters; and without it, as under cron, the JVM could not even name a file with an accent
export LC_ALL=C.UTF-8

# cd would print where it went, and may go elsewhere
unset CDPATH

# real_path FILE: behind its links. macOS before 12.3 has no readlink -f.
real_path() {
  local file=$1 target
  while [ -L "$file" ]; do
    target=$(readlink "$file")
    [[ $target == /* ]] || target=$(dirname -- "$file")/$target
    file=$target
  done
  printf '%s\n' "$file"
}

root=$(cd -- "$(dirname -- "$(real_path "${BASH_SOURCE[0]}")")" && pwd)
. "$root/scripts/common.sh"
. "$root/scripts/help.sh"
. "$root/scripts/setup.sh"
. "$root/scripts/jvm.sh"
. "$root/scripts/test.sh"
. "$root/scripts/compose.sh"
. "$root/scripts/docker.sh"
. "$root/scripts/state.sh"
. "$root/scripts/add-config.sh"
. "$root/scripts/page.sh"
. "$root/scripts/update.sh"
. "$root/scripts/bench.sh"

command=${1:-help}
[ $# -eq 0 ] || shift
case " $* " in
  *' --help '* | *' -h '*) ! help_of "$command" || exit 0 ;;
esac
case $command in
  demo | test | build | soak | quality | bench)
    arguments=()
    for argument in "$@"; do
      if [ "$argument" = --yes ]; then may_install=yes; else arguments+=("$argument"); fi
    done
    set -- ${arguments[@]+"${arguments[@]}"}
    ;;
esac
case $command in
  help | -h | --help) usage ;;
  add-config) add_config "$@" ;;
  config) list_configs ;;
  generate-compose) generate_compose "$@" ;;
  generate-k8s) generate_k8s "$@" ;;
  move-memory) move_memory "$@" ;;
  build)
    if [ "${1:-}" != --local ] && docker_state there; then
      build_image
    else
      build_program
    fi
    ;;
  start | restart | stop | logs | console | clean | update) "$command" "$@" ;;
  status) show_status "$@" ;;
  page) show_pages "$@" ;;
  page-password) set_page_password "$@" ;;
  feed-address | sync | plan | check | errors | approve | adopt) application "$command" "$@" ;;
  test) run_tests "$@" ;;
  soak) soak "$@" ;;
  quality)
    need_build_tools
    exec "$root/scripts/quality.sh" "$@"
    ;;
  bench) bench "$@" ;;
  demo)
    # a machine with Docker needs no Java
    if ! is_possible_here && docker_state there; then
      need_image
      demo_in_container "$@"
    fi
    become_program demo "$@"
    ;;
  run | sandbox) become_program "$command" "$@" ;;
  *)
    printf 'erreur : « %s » n'\''est pas une commande.\n\n' "$command" >&2
    usage >&2
    exit 2
    ;;
esac
