#!/usr/bin/env bats
# add-config, with answers from options, variables, files and standard input.
load helper

calendar=64229d018723a1000e07dc9f

add() {
  run "$top/manage.sh" add-config "$@"
  echo "$output"
}

@test "secrets come from standard input, and the file is the owner's alone" {
  add lea --offline --username lea.martin --password-file - --api-key-file - --api-secret-file - --calendar-id $calendar <<<$'it\'s: a #1\nkey\nsecret'
  [ "$status" = 0 ]
  [[ $output != *"it's"* ]]
  [ "$(stat -c %a "$top/configs/lea.yml")" = 600 ]
  grep -qxF "moncampus_password: 'it''s: a #1'" "$top/configs/lea.yml"
  grep -qxF "ecal_api_secret: 'secret'" "$top/configs/lea.yml"
  [ "$(find "$top/configs" -mindepth 1 | wc -l)" = 1 ]
}

@test "answers come from the environment and from files, dates from the school year" {
  echo key >"$STATE/key"
  MONCAMPUS_USERNAME=lea MONCAMPUS_PASSWORD=p ECAL_API_SECRET=s ECAL_CALENDAR_ID=$calendar add lea --offline --api-key-file "$STATE/key" </dev/null
  [ "$status" = 0 ]
  grep -qE "^moncampus_start_date: 20[0-9]{2}-09-01$" "$top/configs/lea.yml"
  grep -qE "^moncampus_end_date: 20[0-9]{2}-08-31$" "$top/configs/lea.yml"
}

@test "every mistake is told at once, and nothing is written" {
  MONCAMPUS_PASSWORD=p ECAL_API_KEY='a b' ECAL_API_SECRET=s add 'lé a' --offline --username votre_nom --start 2026-02-30 --end demain --calendar-id xyz </dev/null
  [ "$status" = 2 ]
  for word in 'Nom de la' Identifiant 'Premier jour' 'Dernier jour' 'Clé de' calendrier; do
    [[ $output == *"$word"* ]]
  done
  [ -z "$(find "$top/configs" -mindepth 1)" ]
}

@test "a secret is never an argument" {
  for option in --password --api-key --api-secret --password=x; do
    add lea "$option" x </dev/null
    [ "$status" = 2 ]
    [[ $output == *-file* ]]
  done
}

@test "no secret is among what docker or java is asked when a new configuration is checked" {
  for engine in absent there; do
    MONCAMPUS_PASSWORD=zq-PASSWORD ECAL_API_KEY=zq-KEY ECAL_API_SECRET=zq-SECRET ENGINE=$engine add "lea-$engine" --username "lea-$engine" --calendar-id $calendar </dev/null
    [[ $output != *zq-* ]]
    asked check
  done
  never_asked zq-
}

@test "an existing name and a rival are refused" {
  config lea lea.martin $calendar
  export MONCAMPUS_PASSWORD=p ECAL_API_KEY=k ECAL_API_SECRET=s
  add lea --offline --username x --calendar-id $calendar </dev/null
  [ "$status" = 2 ]
  RIVALS='configs/lea.yml' add noe --offline --username LEA.martin --calendar-id $calendar </dev/null
  [ "$status" = 2 ]
  [[ $output == *configs/lea.yml* ]]
  grep -qE 'lea=configs/lea.yml|noe=configs/\.new\.[^ ]*/noe\.yml' "$STATE/calls"
  [ ! -e "$top/configs/noe.yml" ]
}

@test "the live check decides, and nothing is left of a configuration that failed it" {
  export MONCAMPUS_PASSWORD=p ECAL_API_KEY=k ECAL_API_SECRET=s ENGINE=absent
  EXEC=3 add lea --username lea --calendar-id $calendar </dev/null
  [ "$status" = 3 ]
  [ -z "$(find "$top/configs" -mindepth 1)" ]
  add lea --username lea --calendar-id $calendar --set allow_http=true </dev/null
  [ "$status" = 0 ]
  asked 'check --configs'
  grep -qxF "allow_http: 'true'" "$top/configs/lea.yml"
}

@test "on a terminal it asks until the answer is right, and shows no secret" {
  command -v script >/dev/null || skip 'script(1) is not installed'
  printf '%s\n' 'mauvais nom' lea lea.martin s3cret-word '' '' '' key-word secret-word xyz $calendar >"$STATE/answers"
  # script gives a terminal; the answers are typed one by one as far as it can tell
  run script -qec "'$top/manage.sh' add-config --offline" /dev/null <"$STATE/answers"
  echo "$output"
  [ "$status" = 0 ]
  [ -f "$top/configs/lea.yml" ]
  grep -qxF "moncampus_password: 's3cret-word'" "$top/configs/lea.yml"
}
