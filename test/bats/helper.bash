# A checkout in a folder with a space, whose docker and java only remember what they were asked.
setup() {
  source=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  top="$BATS_TEST_TMPDIR/un dossier"
  # the docker here knows where files are mounted from
  export top
  export STATE=$BATS_TEST_TMPDIR/state PATH="$source/test/bats/bin:$PATH"
  # whatever runs these tests: CI would install without a question
  unset CI JAVA_HOME PAGE_PORT PAGE_HOST CONFIGS_DIR ROUTES_DIR DATA_DIR CONFIG_FILE CONFIG_NAME MANAGE_LOCAL
  mkdir -p "$top/src/main" "$top/configs" "$top/target/moncampus-ecal" "$STATE"
  cp -R "$source/manage.sh" "$source/scripts" "$source/docker" "$source/Dockerfile" "$source/.dockerignore" "$source/routes" "$source/pom.xml" "$top/"
  echo code >"$top/src/main/Code.java"
  touch "$top/target/moncampus-ecal/moncampus-ecal.jar" "$STATE/calls"
  # from anywhere
  cd "$BATS_TEST_TMPDIR" || exit
}

manage() {
  run "$top/manage.sh" "$@" </dev/null
  echo "$output"
}

# config NAME [USERNAME [CALENDAR]]
config() {
  cat >"$top/configs/$1.yml" <<EOT
moncampus_username: ${2:-$1}
moncampus_password: geheim-$1
moncampus_start_date: -P7D
moncampus_end_date: P120D
ecal_api_key: k
ecal_api_secret: s
ecal_calendar_id: ${3:-64229d018723a1000e07dc9f}
EOT
}

asked() {
  grep -qF -- "$1" "$STATE/calls"
}

never_asked() {
  if asked "$1"; then
    return 1
  fi
}
