#!/usr/bin/env bash
# While the image is built: shows the JVM what `run` does, so that it keeps those classes ready (for this JRE, lib/ and jar).
# A scheduler with its monitoring syncs with a sandbox until it is ready, and is then stopped like a container.
set -euo pipefail
archive=$1
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/configs"

# at most two minutes
until_true() {
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt 120 ] || { echo "never: $*" && return 1; } >&2
    sleep 0.2
  done
}

java @docker/java.options -jar moncampus-ecal.jar sandbox >"$folder/configs/demo.yml" &
until_true grep -q '^# Prêt' "$folder/configs/demo.yml"
export CONFIGS_DIR=$folder/configs DATA_DIR=$folder/data ROUTES_DIR=routes MANAGEMENT_PORT=8080 CAMEL_CLI=false
java @docker/java.options -XX:ArchiveClassesAtExit="$archive" -Xlog:disable -jar moncampus-ecal.jar run >/dev/null 2>&1 &
scheduler=$!
until_true bash docker/health.sh
bash docker/health.sh /observe/metrics >/dev/null
kill "$scheduler"
wait "$scheduler"
[ -s "$archive" ]
