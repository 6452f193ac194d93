#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Runs the test programs of a build folder, two at a time, and ends with the
# plain line "N passed, N failed, N skipped".
#
#   tests/run.sh BUILD [--sqlite-only]
#
# Journeys are shell scripts that sit at the program of that folder. Tests of
# store, engine, exchange and cli run on SQLite and, where one can be started,
# on a PostgreSQL of our own; where it cannot, each of them counts as skipped
# and the reason is printed. All others run once.
set -u
build=$1
sqlite_only=${2:-}
# In memory where there is room: the tests sync to disk many thousand times, and what a disk adds to that is no test.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df --output=avail -m /dev/shm | tail -1)" -gt 1500 ]; then
    export TMPDIR=/dev/shm
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/onward-tests.XXXXXX")
chmod 711 "$work"   # some tests go on as another user
export TMPDIR=$work CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TZ=America/New_York
export ONWARD_PROGRAM=$build/onward

pg_url= pg_why="the PostgreSQL part was not asked for"
if [ -z "$sqlite_only" ]; then
    if pg_url=$(tests/support/postgres.sh start "$work/pg"); then
        pg_why=
    else
        pg_why=$pg_url pg_url=
    fi
fi
cleanup() {
    [ -n "$pg_url" ] && tests/support/postgres.sh stop "$work/pg" >/dev/null
    rm -rf "$work"
}
trap cleanup EXIT

# One line a run: engine and program.
for program in "$build"/tests/*/test_* ./tests/journeys/test_*.sh; do
    case $program in *.o|*.d) continue ;; esac
    layer=$(basename "$(dirname "$program")")
    echo "sqlite $program"
    case $layer in
    store|engine|exchange|cli)
        # what is about SQLite alone says so in its name
        case $program in *test_sqlite*|*test_walreset*) continue ;; esac
        [ -n "$pg_url" ] && echo "postgresql $program" ;;
    esac
done >"$work/runs"

run_one() {
    engine=$1 program=$2
    out=$ONWARD_TEST_WORK/$(basename "$program").$engine
    ONWARD_TEST_ENGINE=$engine "$program" >"$out.tap" 2>"$out.err" </dev/null
    status=$?
    # A program that ends without having said all its results has failed.
    planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$out.tap" | head -1)
    said=$(grep -cE '^(not )?ok ' "$out.tap")
    failed=$(grep '^not ok ' "$out.tap" | grep -vc '# SKIP')
    if [ "$said" != "${planned:-none}" ] || { [ $status -ne 0 ] && [ "$failed" = 0 ]; }; then
        echo "not ok 0 - $(basename "$program") ended early (status $status)" >>"$out.tap"
        failed=$((failed + 1))
    fi
    printf '%-46s %-10s %4s tests%s\n' "${program#*/tests/}" "$engine" "$said" "$([ "$failed" != 0 ] && echo "  FAILED $failed")"
    if [ "$failed" != 0 ]; then
        grep -A30 '^not ok ' "$out.tap" | grep -v '# SKIP' | head -60
        tail -40 "$out.err"
    fi
    grep -h '# SKIP' "$out.tap" | sed 's/^/    /'
}
export -f run_one
export ONWARD_TEST_WORK=$work ONWARD_TEST_PG=$pg_url
xargs -P 2 -L 1 bash -c 'run_one "$0" "$1"' <"$work/runs"

passed=$(cat "$work"/*.tap | grep -E '^ok ' | grep -vc '# SKIP')
# cmocka says "not ok .. # SKIP" of a skipped test
skipped=$(cat "$work"/*.tap | grep -cE '^(not )?ok .*# SKIP')
failed=$(cat "$work"/*.tap | grep '^not ok ' | grep -vc '# SKIP')
if [ -z "$pg_url" ] && [ -z "$sqlite_only" ]; then
    again=$(awk '{print $2}' "$work/runs" | grep -E '/(store|engine|exchange|cli)/' | grep -vcE 'test_(sqlite|walreset)')
    echo "PostgreSQL: $again programs skipped: $pg_why"
    skipped=$((skipped + again))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
