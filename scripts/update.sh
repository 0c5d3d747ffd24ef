# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# update: the new version, one container at a time, and back to the old image for one that does not come up.

previous=moncampus-ecal:previous

update() {
  case ${1:-} in
    '') pull_code ;;
    --no-pull) ;;
    *) fail "option inconnue « $1 »." ;;
  esac
  need_configs
  need_docker
  keep_previous
  fresh_image
  refresh_compose
  make_data
  start_database
  for_each_service update_one
}

# The script itself may be new: what follows is the new one's work.
pull_code() {
  keep_previous_routes
  git -C "$root" pull --ff-only --quiet || fail "git n'a pas pu prendre la nouvelle version, voir ci-dessus. Des fichiers que vous avez modifiés (git status) ? Mettez-les de côté par « git stash », puis « git stash pop »." 1
  exec "$root/manage.sh" update --no-pull
}

# An image and the routes that it ran with go together.
keep_previous_routes() {
  mkdir -p "$root/data"
  rm -rf "$root/data/.previous-routes"
  cp -R "$root/routes" "$root/data/.previous-routes"
}

keep_previous() {
  [ -d "$root/data/.previous-routes" ] || keep_previous_routes
  ! docker image inspect "$image" >/dev/null 2>&1 || docker tag "$image" "$previous"
}

update_one() {
  local name=$1 before
  before=$(health_of "$name")
  if [ "$before" = none ]; then
    say "- $name : ne tournait pas, reste arrêté"
    return 0
  fi
  if passes_check "$name" && up_one "$name" --force-recreate && { [ "$before" != healthy ] || wait_ready "$name"; }; then
    say "${green}✓${plain} $name : à jour"
    return 0
  fi
  if [ "$before" != healthy ] || ! docker image inspect "$previous" >/dev/null 2>&1; then
    say "${red}✗${plain} $name : la nouvelle version ne démarre pas ; voyez ./manage.sh logs $name"
    return 1
  fi
  MONCAMPUS_IMAGE=$previous MONCAMPUS_ROUTES=./data/.previous-routes up_one "$name" --force-recreate || return 1
  say "${yellow}!${plain} $name : n'est pas prêt avec la nouvelle version, revient à l'ancienne image ; « ./manage.sh start $name » réessaiera la nouvelle"
  return 1
}
