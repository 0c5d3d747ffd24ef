#!/usr/bin/env bash
# HEALTHCHECK: is the application ready, and are its configurations in time? bash alone, no JVM and no curl. `run` serves the answer; other commands serve nothing.
# With a path as argument it prints that page instead (manage.sh console).
host=${MANAGEMENT_HOST:-127.0.0.1}
[ "$host" != 0.0.0.0 ] || host=127.0.0.1
exec 3<>"/dev/tcp/$host/${MANAGEMENT_PORT:-8080}" || exit 1
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${1:-/observe/health}" >&3
IFS= read -r -t 4 status <&3
while IFS= read -r line <&3 && [ "$line" != $'\r' ]; do :; done
cat <&3
[[ $status == HTTP/1.?\ 200* ]]
