#!/usr/bin/env bash
# Makes the database that the environment names, once, and serves it; as whatever user it is run.
set -euo pipefail
if ! getent passwd "$(id -u)" >/dev/null; then
  # PostgreSQL wants a name
  printf 'postgres:x:%s:%s::/var/lib/postgresql:/bin/false\n' "$(id -u)" "$(id -g)" >/tmp/passwd
  printf 'postgres:x:%s:\n' "$(id -g)" >/tmp/group
  export NSS_WRAPPER_PASSWD=/tmp/passwd NSS_WRAPPER_GROUP=/tmp/group
  LD_PRELOAD=$(echo /usr/lib/*/libnss_wrapper.so)
  export LD_PRELOAD
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --auth scram-sha-256 --username "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" --encoding UTF8 --locale C.UTF-8
  printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  pg_ctl start -w -o "-c listen_addresses='' -c unix_socket_directories=/tmp"
  PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE") createdb -h /tmp -U "$POSTGRES_USER" "$POSTGRES_DB"
  pg_ctl stop -w -m fast
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp
