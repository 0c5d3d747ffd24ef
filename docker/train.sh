#!/usr/bin/env bash
# train.sh FILE COMMAND JAVA [OPTION…], in the folder of moncampus-ecal.jar: shows the JVM what COMMAND (sync, run) does with a sandbox, so that it keeps
# that ready (for this JVM, its options, lib/ and jar), and prints the option that uses it. From Java 25 on that is an AOT cache (FILE.aot: classes loaded
# and linked), before that an archive of classes (FILE.jsa). `run` has its monitoring, on MANAGEMENT_PORT, its page, on PAGE_PORT, and is stopped like a container.
set -euo pipefail
file=$1 command=$2
java=("${@:3}")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/configs"

# at most two minutes, and only while the last program lives
until_true() {
  until "$@" >/dev/null 2>&1; do
    { [ "$SECONDS" -lt 120 ] && kill -0 $!; } 2>/dev/null || { echo "never: $*" && return 1; } >&2
    sleep 0.2
  done
}

if "${java[@]}" -XX:+PrintFlagsFinal -version 2>/dev/null | grep -q ' AOTCacheOutput '; then
  kept=$file.aot keep=-XX:AOTCacheOutput=$kept use=-XX:AOTCache=$kept
else
  kept=$file.jsa keep=-XX:ArchiveClassesAtExit=$kept use=-XX:SharedArchiveFile=$kept
fi
rm -f "$kept"

"${java[@]}" -jar moncampus-ecal.jar sandbox >"$folder/configs/demo.yml" &
until_true grep -q '^# Prêt' "$folder/configs/demo.yml"
export CONFIGS_DIR=$folder/configs DATA_DIR=$folder/data CAMEL_CLI=false
"${java[@]}" "$keep" -Xlog:disable -jar moncampus-ecal.jar "$command" >/dev/null 2>&1 &
if [ "$command" = run ]; then
  until_true bash "$here/health.sh"
  bash "$here/health.sh" /observe/metrics >/dev/null
  # the page, where there is one
  if [ "${PAGE_PORT:-0}" != 0 ]; then
    MANAGEMENT_PORT=$PAGE_PORT until_true bash "$here/health.sh" /
  fi
  kill $!
fi
wait $!
# a JVM that keeps nothing is no reason to do without the program
if [ -s "$kept" ]; then
  printf '%s\n' "$use"
else
  echo "the JVM has kept nothing: the program will start more slowly" >&2
fi
