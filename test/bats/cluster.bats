#!/usr/bin/env bats
# generate-compose --cluster and what the verbs do with two nodes, without an engine.
load helper

cluster() {
  config lea
  config noe
  # PostgreSQL does not run as root
  [ "$(id -u)" != 0 ] || chown -R 1234:1234 "$top/configs"
  manage generate-compose --cluster
  [ "$status" = 0 ]
  : >"$STATE/calls"
}

@test "generate-compose --cluster is kept by start, which starts the database first and then one node after the other" {
  cluster
  manage start --wait
  [ "$status" = 0 ]
  grep -qx '# options : --cluster' "$top/docker-compose.yml"
  started=$(grep -oE 'up -d .*' "$STATE/calls")
  [ "$(sed -n 1p <<<"$started")" = 'up -d --wait --remove-orphans database' ]
  [ "$(sed -n 2p <<<"$started")" = 'up -d --no-deps app-node-1' ]
  [ "$(sed -n 3p <<<"$started")" = 'up -d --no-deps app-node-2' ]
  [[ $output == *moncampus-ecal-node-1* && $output == *moncampus-ecal-node-2* ]]
}

@test "the database's password is made once, is readable by its owner alone, and shown nowhere" {
  cluster
  manage start
  password=$top/data/database-password
  [ "$(stat -c '%a %u' "$password")" = "600 $(stat -c %u "$top/configs")" ]
  grep -qxE '[A-Za-z0-9]{32}' "$password"
  cp "$password" "$STATE/first"
  manage restart
  cmp "$password" "$STATE/first"
  [[ $output != *"$(cat "$password")"* ]]
  if grep -rqF "$(cat "$password")" "$STATE/calls" "$top/docker-compose.yml"; then
    return 1
  fi
  for folder in database node-1 node-2; do
    [ "$(stat -c %a "$top/data/$folder")" = 700 ]
  done
}

@test "commands ask a node that runs" {
  cluster
  manage start
  manage sync lea
  asked 'exec moncampus-ecal-node-1 java'
  rm "$STATE/running-moncampus-ecal-node-1"
  manage sync lea noe
  [ "$status" = 0 ]
  asked 'exec moncampus-ecal-node-2 java @/app/docker/java.options -jar /app/moncampus-ecal.jar sync noe'
  manage stop
  manage sync lea
  asked 'run --rm --no-deps -T app-node-1 sync lea'
  [ "$(grep -c 'up -d --wait --remove-orphans database' "$STATE/calls")" = 2 ]
}

@test "the page is on both nodes, and so is its password" {
  cluster
  manage start
  manage page
  [ "$(grep -c '^http' <<<"$output")" = 2 ]
  run "$top/manage.sh" page-password <<<'mot de passe'
  [ "$status" = 0 ]
  [ -s "$top/data/node-1/page-password" ]
  [ -s "$top/data/node-2/page-password" ]
}

@test "logs, stop, status, config, console and update know the nodes" {
  cluster
  manage start
  manage logs lea
  asked ' logs'
  never_asked 'logs app'
  manage status
  [[ $output == *moncampus-ecal-node-1* ]]
  manage config
  [[ $output =~ lea\ +valide\ +'en marche, prêt' ]]
  manage console lea
  asked 'exec moncampus-ecal-node-1 bash /app/docker/health.sh'
  manage update --no-pull
  [ "$status" = 0 ]
  asked 'up -d --no-deps --force-recreate app-node-2'
  manage stop lea
  asked ' stop'
  never_asked 'stop app'
}

@test "move-memory hands over the memories of every layout there was, read from data/" {
  cluster
  manage move-memory
  [ "$status" = 1 ]
  [[ $output == *'rien à porter'* ]]
  mkdir -p "$top/data/lea" "$top/data/noe" "$top/data/.logins"
  touch "$top/data/lea/moncampus-ecal.db" "$top/data/noe/moncampus-ecal.db" "$top/data/.logins/moncampus-ecal.db"
  manage move-memory
  [ "$status" = 0 ]
  asked 'up -d --wait --remove-orphans database'
  asked "run --rm --no-deps -T --volume $top/data:/app/before app-node-1 move-memory --data /app/before/lea/ --data /app/before/noe/ --logins /app/before/.logins"
  manage move-memory --back
  asked 'app-node-1 move-memory --data /app/before --back'
  manage move-memory --sideways
  [ "$status" = 2 ]
}

@test "move-memory is the program's own where there is no cluster of containers" {
  config lea
  MEMORY_URL=jdbc:postgresql://base/m manage move-memory --back
  [ "$status" = 0 ]
  asked 'moncampus-ecal.jar move-memory --back'
}

@test "a cluster is refused to root, whom PostgreSQL refuses" {
  [ "$(id -u)" = 0 ] || skip 'only root can own these files as root'
  config lea
  manage generate-compose --cluster
  [ "$status" = 2 ]
  [[ $output == *chown* ]]
  [ ! -e "$top/docker-compose.yml" ]
}

@test "generate-compose --cluster writes no secret" {
  cluster
  manage start
  if grep -rq geheim- "$top/docker-compose.yml" "$STATE/calls"; then
    return 1
  fi
}

@test "generate-k8s asks the program, which reads the files as their owner, sees no network and writes the folder" {
  config lea
  config noe
  printf 'zq-base\n' >"$top/password"
  MEMORY_URL=jdbc:postgresql://base/m MEMORY_PASSWORD_FILE=$top/password manage generate-k8s --groups 3 --image r.example/m:1
  [ "$status" = 0 ]
  asked "run --rm --user $(stat -c %u:%g "$top/configs") --cap-drop ALL"
  asked '--network none --hostname localhost --env MEMORY_URL --env MEMORY_USER --env MEMORY_PASSWORD'
  asked "source=$top/k8s,target=/app/output"
  asked "source=$top/password,target=/run/memory-password,readonly --env MEMORY_PASSWORD_FILE=/run/memory-password"
  asked 'kubernetes --groups=3 --image=r.example/m:1 --output /app/output lea=configs/lea.yml noe=configs/noe.yml'
  never_asked zq-base
  [ "$(stat -c %a "$top/k8s")" = 700 ]
  ENGINE=absent manage generate-k8s --output "$STATE/there"
  asked "moncampus-ecal.jar kubernetes --output $STATE/there lea=configs/lea.yml noe=configs/noe.yml"
}

@test "generate-k8s refuses what is no option" {
  config lea
  for options in '--groups' '--groups viele' '--image' '--output' '--gruppen 3' '3'; do
    # shellcheck disable=SC2086 # several arguments
    manage generate-k8s $options
    [ "$status" = 2 ]
    [[ $output == *generate-k8s* ]]
  done
  never_asked kubernetes
}

@test "bench --scale measures the program alone, and tells nobody the password of the database that it makes for it" {
  manage bench --scale=1,10
  [ "$status" = 0 ]
  asked 'java -Xmx768m -XX:+UseSerialGC'
  asked 'moncampus-ecal.jar bench --scale=1,10'
  never_asked 'mcbench-'
  never_asked password
}
