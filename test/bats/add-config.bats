#!/usr/bin/env bats
# add-config: what is handed to the program, which asks, checks and writes (AddConfigIT, QuestionsTest).
load helper

calendar=64229d018723a1000e07dc9f

add() {
  run "$top/manage.sh" add-config "$@"
  echo "$output"
}

@test "without an engine the program asks here, with all options" {
  ENGINE=absent EXEC=3 add lea --offline --username lea.martin --password-file - --set allow_http=true </dev/null
  [ "$status" = 3 ]
  asked 'moncampus-ecal.jar add-config lea --offline --username lea.martin --password-file - --set allow_http=true'
  [ -d "$top/configs" ]
}

@test "with an engine it asks in the image, as the owner of configs/, which alone it may write" {
  config noe
  mv "$top/configs/noe.yml" "$top/config.yml"
  VARIABLES=NOE_KEY EXEC=3 add lea --username lea.martin </dev/null
  [ "$status" = 3 ]
  owner=$(stat -c %u:%g "$top/configs")
  asked "run --rm --user $owner --cap-drop ALL"
  asked "source=$top/configs,target=/app/configs,readonly=false"
  asked "source=$top/config.yml,target=/app/config.yml,readonly"
  asked "source=$top/routes,target=/app/routes,readonly"
  asked "source=$top/data,target=/app/data moncampus-ecal:latest add-config lea --username lea.martin --own-data"
  # what the other configurations take from the environment
  asked '--env NOE_KEY'
  manage generate-compose --single
  add lea </dev/null
  asked 'moncampus-ecal:latest add-config lea'
}

@test "no secret is among what docker or java is asked" {
  echo zq-FILE >"$STATE/key"
  for engine in absent there; do
    MONCAMPUS_PASSWORD=zq-PASSWORD ECAL_API_SECRET=zq-SECRET ENGINE=$engine \
      add lea --username lea --api-key-file "$STATE/key" --calendar-id $calendar </dev/null
    [ "$status" = 0 ]
    [[ $output != *zq-* ]]
  done
  never_asked zq-
  asked "--api-key-file $STATE/key"
  asked '--env MONCAMPUS_PASSWORD'
  grep -qx MONCAMPUS_PASSWORD=zq-PASSWORD "$STATE/environment"
  grep -qx ECAL_API_KEY=zq-FILE "$STATE/environment"
}

@test "a container gets standard input, and what the files of secrets hold" {
  printf 'zq-FILE\r\nmore\n' >"$STATE/password"
  printf 'zq-NO-END' >"$STATE/secret"
  add lea --password-file="$STATE/password" --api-key-file - --api-secret-file "$STATE/secret" --calendar-id $calendar <<<'zq-INPUT'
  [ "$status" = 0 ]
  asked 'add-config lea --api-key-file - --calendar-id'
  grep -qx MONCAMPUS_PASSWORD=zq-FILE "$STATE/environment"
  grep -qx ECAL_API_SECRET=zq-NO-END "$STATE/environment"
  grep -qx zq-INPUT "$STATE/input"
  never_asked zq-
  add lea --password-file "$STATE/none" </dev/null
  [ "$status" = 2 ]
  [[ $output == *"$STATE/none ne peut pas être lu"* ]]
}

@test "on a terminal the container has one as well" {
  command -v script >/dev/null || skip 'script(1) is not installed'
  run script -qec "'$top/manage.sh' add-config lea" /dev/null <<<'x'
  [ "$status" = 0 ]
  asked '--interactive --tty'
}

@test "secrets of another source or target go the same way" {
  printf 'https://zq-HOST/x.ics\n' >"$STATE/link"
  add lea --source ics --secret-file "ics_url=$STATE/link" --secret-file=mon_jeton=- <<<'zq-INPUT'
  [ "$status" = 0 ]
  asked 'add-config lea --source ics --secret-file mon_jeton=-'
  asked '--env ICS_URL'
  grep -qx ICS_URL=https://zq-HOST/x.ics "$STATE/environment"
  never_asked zq-
}
