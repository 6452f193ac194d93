#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A private PostgreSQL 15 for tests: postgres.sh start DIR prints the url for
# ONWARD_TEST_PG, postgres.sh stop DIR ends the server. DIR is made and points to
# the server's own folder of data, socket and logs, which its user can reach
# where DIR may be ours alone. There is no network port, and clusters of the
# machine are left alone. Where it cannot run, it says why on stdout and exits 77.

set -u
bin=/usr/lib/postgresql/15/bin
user=postgres   # who runs the server when we are root, which it refuses to be

skip() {
    echo "postgres.sh: $*"
    exit 77
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

as_user() {
    if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

# Debian's package makes and starts a cluster on its own, unless told not to for the time of the installation.
install_server() {
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || skip "PostgreSQL 15 is not installed and there is no sudo"
    notice=/etc/postgresql-common/createcluster.d/onward-tests.conf
    as_root mkdir -p "${notice%/*}" && echo "create_main_cluster = false" | as_root tee "$notice" >/dev/null
    trap 'as_root rm -f "$notice"' EXIT
    as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get install -y --no-install-recommends postgresql-15 ||
        { apt-get update && apt-get install -y --no-install-recommends postgresql-15; }' >"$log" 2>&1 ||
        skip "cannot install postgresql-15: $(tail -n 1 "$log")"
}

start() {
    mkdir -p "$1" || skip "cannot make $1"
    log=$1/install.log
    [ -x $bin/initdb ] || install_server
    room=/tmp   # in memory where we may: nothing here has to outlive the tests
    as_user test -w /dev/shm && room=/dev/shm
    home=$(as_user mktemp -d $room/onward-pg.XXXXXX) || skip "cannot make a folder for the user $user"
    ln -s "$home" "$1/server" || skip "cannot write in $1"
    as_user $bin/initdb -D "$home/data" -U onward --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync \
        >"$log" 2>&1 || skip "initdb failed: $(tail -n 1 "$log")"
    # Nothing here has to outlive the tests; 100 ms until two waiting sessions are told of their deadlock.
    # The folder is closed to others: whoever reaches the socket is let in.
    as_user $bin/pg_ctl -D "$home/data" -l "$home/server.log" -w -t 60 start \
        -o "-k '$home' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c deadlock_timeout=100ms" \
        >/dev/null 2>&1 || skip "the server did not start: $(as_user tail -n 1 "$home/server.log")"
    echo "postgresql://onward@/postgres?host=$home"
}

stop() {
    home=$(readlink "$1/server") || skip "no server was started in $1"
    as_user $bin/pg_ctl -D "$home/data" -m immediate -w stop >/dev/null 2>&1
    as_user rm -rf "$home"
    rm -rf "$1"
}

case "${1:-} ${2:-}" in
"start "?*) start "$2" ;;
"stop "?*) stop "$2" ;;
*)
    echo "usage: postgres.sh start DIR | stop DIR" >&2
    exit 2
    ;;
esac
