# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# docker-compose.yml: written from configs/, never by hand. The same configurations and options give the same bytes.

compose_file=$root/docker-compose.yml

# compose_has --watch: an option that the present file was generated with.
compose_has() {
  [ -f "$compose_file" ] && sed -n 's/^# options ://p' "$compose_file" | grep -qwe "$1"
}

# The service and the container of a configuration.
service_of() {
  if compose_has --single; then echo app; else echo "app-$1"; fi
}

container_of() {
  if compose_has --single; then echo moncampus-ecal; else echo "moncampus-ecal-$1"; fi
}

# The folder of memory, lock and error file, from the top folder.
data_of() {
  if compose_has --single; then echo data; else echo "data/$1"; fi
}

# The owner of configs/: whoever runs the containers can read a file with mode 0600.
owner_of_configs() {
  stat -c %u:%g "$root/configs"
}

generate_compose() {
  local flags='' option
  for option in "$@"; do
    case $option in
      --single | --watch) flags+=" $option" ;;
      *) fail "generate-compose : option inconnue « $option »." ;;
    esac
  done
  need_configs
  refuse_rivals
  local text
  text=$(compose_text "$flags")
  if [ -f "$compose_file" ] && [ "$text" = "$(cat "$compose_file")" ]; then
    return 0
  fi
  printf '%s\n' "$text" | write_file "$compose_file"
  say "docker-compose.yml écrit pour : $(config_names | paste -sd' ')"
}

# With the options that it was generated with.
refresh_compose() {
  local options=()
  ! compose_has --single || options+=(--single)
  ! compose_has --watch || options+=(--watch)
  generate_compose "${options[@]}"
}

compose_text() {
  local flags=$1 name number=0
  cat <<EOT
# Généré par ./manage.sh generate-compose : ne le modifiez pas, « ./manage.sh start » le récrit.
# options :$flags
name: moncampus-ecal
services:
EOT
  if [[ $flags == *--single* ]]; then
    local names
    mapfile -t names < <(config_names)
    service "$flags" 0 app moncampus-ecal data "${names[@]}"
  else
    while read -r name; do
      service "$flags" "$number" "app-$name" "moncampus-ecal-$name" "data/$name" "$name"
      number=$((number + 1))
    done < <(config_names)
    # each alone in a network of its own: the JMX of the others asks for no password
    if [[ $flags == *--watch* ]]; then
      echo 'networks:'
      config_names | sed 's/.*/  "&": {}/'
    fi
  fi
}

# service OPTIONS NUMBER SERVICE CONTAINER DATA CONFIG…
service() {
  local flags=$1 number=$2 service=$3 container=$4 data=$5 memory=384m
  shift 5
  # several configurations in one process share what a JVM needs, and each adds its routes
  [[ $flags != *--single* ]] || memory=$((352 + 32 * $#))m
  cat <<EOT
  $service:
    container_name: $container
    image: "\${MONCAMPUS_IMAGE:-moncampus-ecal:latest}"
    build: .
    user: "$(owner_of_configs)"
    init: true
    restart: unless-stopped
    # a little more than the program takes to finish the change in flight
    stop_grace_period: 40s
    mem_limit: $memory
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    logging:
      driver: json-file
      options: {max-size: 5m, max-file: "3"}
EOT
  [[ $flags != *--watch* ]] || watched "$number"
  [[ $flags != *--watch* || $flags == *--single* ]] || echo "    networks: [\"$1\"]"
  echo '    environment:'
  if [[ $flags != *--single* ]]; then
    echo "      CONFIG_FILE: /app/configs/$1.yml"
    echo "      INSTANCE_NAME: \"$1\""
  fi
  [[ $flags != *--watch* ]] || echo '      MANAGEMENT_HOST: 0.0.0.0'
  [[ $flags != *--single* ]] || echo '      CONFIGS_DIR: /app/configs'
  local name
  for name in "$@"; do
    variables_of "$root/$(config_file "$name")"
  done | LC_ALL=C sort -u
  echo '    volumes:'
  # shellcheck disable=SC2016 # for compose, not for this script
  mount '${MONCAMPUS_ROUTES:-./routes}' /app/routes
  mount "./$data" /app/data false
  for name in "$@"; do
    mount "./$(config_file "$name")" "/app/configs/$name.yml"
    secrets_of "$name"
  done
}

# mount SOURCE TARGET [READ-ONLY]: a source that is not there is an error, never a new folder of root's.
mount() {
  printf '      - {type: bind, source: "%s", target: "%s", read_only: %s, bind: {create_host_path: false}}\n' "$1" "$2" "${3:-true}"
}

# Health, metrics and JMX for this machine alone. JMX hands out its own address, so its port is the same inside and outside.
watched() {
  local jmx=$((19010 + $1))
  cat <<EOT
    ports: ["127.0.0.1:$((18080 + $1)):8080", "127.0.0.1:$jmx:$jmx"]
    entrypoint:
      - java
      - "@/app/docker/java.options"
      - -Dcom.sun.management.jmxremote.port=$jmx
      - -Dcom.sun.management.jmxremote.rmi.port=$jmx
      - -Dcom.sun.management.jmxremote.local.only=false
      - -Dcom.sun.management.jmxremote.authenticate=false
      - -Dcom.sun.management.jmxremote.ssl=false
      - -Djava.rmi.server.hostname=127.0.0.1
      - -Dcamel.main.jmx-management-m-beans-level=Default
      - -jar
      - /app/moncampus-ecal.jar
    # compose forgets the image's command when the entrypoint is another
    command: [run]
EOT
}

# Variables that a configuration takes values from (key: ${NAME}), passed on with their present values.
variables_of() {
  sed -n 's/^[A-Za-z_][A-Za-z0-9_]*:[[:space:]]*["'\'']\{0,1\}\${\([A-Za-z_][A-Za-z0-9_]*\)}["'\'']\{0,1\}[[:space:]]*\(#.*\)\{0,1\}$/      \1:/p' "$1"
}

# Files that a configuration takes secrets from (<key>_file), mounted where the container's copy of it looks for them.
secrets_of() {
  local file key secret
  file=$(config_file "$1")
  for key in moncampus_password ecal_api_key ecal_api_secret notify_url; do
    secret=$(value_of "$root/$file" "${key}_file")
    case $secret in
      '') ;;
      /*) mount "$secret" "$secret" ;;
      *) mount "./$(dirname "$file")/$secret" "/app/configs/$secret" ;;
    esac
  done
}

compose() {
  docker compose --project-directory "$root" -f "$compose_file" "$@"
}
