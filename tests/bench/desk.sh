#!/bin/bash
# SPDX-License-Identifier: MIT
#
# tests/bench/desk.sh BUILD: how quick and how small the desk is, at a terminal
# of its own (pty), beside a bare list in ncurses (floor) and, where they are
# installed, other programs that people sit at all day, each with data of its
# own kind. Prints it and writes the same as JSON to BUILD/bench-desk.json. It
# judges nothing: a line says where an aim is missed.
#
# By environment: STORE, one as bench.sh makes it, to be used (and looked at,
# which it logs) instead of making one; ROWS of the store made (100000);
# PEER_ROWS, the commits, messages and lines of the others (100000). What is
# done there stands in desk.txt, floor.txt and below.

set -euo pipefail
build=$(realpath "$1") here=$(realpath "$(dirname "$0")")
rows=${ROWS:-100000} peer_rows=${PEER_ROWS:-100000}
workers=$((rows / 2500 > 4 ? rows / 2500 : 4))
store=${STORE:+$(realpath "$STORE")}
work=$build/bench/desk
onward=$build/onward
tools=$build/bench
export ONWARD_NOW=2026-11-23T09:00:00Z LC_ALL=C.UTF-8
unset ONWARD_DB ONWARD_SPOOL ONWARD_DELIVERY NO_COLOR

rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"
. "$here/telling.sh"

# ---- the store: referrals, a night to come (two handoffs a worker), and leave to sit down as a worker

make_store() {
	empty_store
	fresh_store onward
	"$onward" --db onward/onward.db import referrals referrals.csv --map referrals.map >/dev/null
	store=$work/onward/onward.db
}

prepare_store() {
	workers=$(sqlite3 "$store" "SELECT count(*) FROM app_user WHERE login GLOB 'w[0-9]*'")
	if [ "$(sqlite3 "$store" 'SELECT count(*) FROM handoff')" = 0 ]; then
		"$tools/fill_handoffs" "$store" $((workers * 2)) 40 "$workers"
	fi
	sqlite3 "$store" "INSERT OR IGNORE INTO store_meta (key, value) VALUES ('demonstration', '1')"
}

# ---- the others' data: a log, letters, appointments, a table

make_log() {
	git init --quiet log
	git -C log symbolic-ref HEAD refs/heads/main
	awk -v n="$peer_rows" 'BEGIN { for (i = 1; i <= n; i++) {
		text = "Log a contact of referral " i
		printf "commit refs/heads/main\ncommitter Worker %d <w%03d@example.org> %d +0000\ndata %d\n%s\n", i % 40, i % 40, 1700000000 + i * 60, length(text), text
	} }' | git -C log fast-import --quiet
}

make_letters() {
	awk -v n="$peer_rows" 'BEGIN { for (i = 1; i <= n; i++) {
		printf "From w@example.org Mon Nov 23 09:00:00 2026\nFrom: Worker %d <w%03d@example.org>\nTo: desk@example.org\n", i % 40, i % 40
		printf "Subject: Referral %d, a note of the call\nDate: Mon, 23 Nov 2026 %02d:%02d:00 +0000\n", i, i % 24, i % 60
		printf "Message-ID: <%d@example.org>\n\nCalled at ten; nobody there.\n\n", i
	} }' >letters
}

make_appointments() {
	mkdir appointments
	awk -v day="$(date +%m/%d/%Y)" 'BEGIN { for (i = 0; i < 1000; i++)
		printf "%s @ %02d:%02d -> %s @ 18:30 |Call about referral %d\n", day, i / 60, i % 60, day, i }' >appointments/apts
}

make_table() {
	awk -v n="$peer_rows" 'BEGIN { print "ref,name,born,state,neighbourhood,worker,needs"; for (i = 1; i <= n; i++)
		printf "R-%07d,Person Name %d,%d-%02d-%02d,active,swinton,w%03d,%d\n", i, i, 1930 + i % 70, i % 12 + 1, i % 28 + 1, i % 240, i % 20 }' >table.csv
}

# ---- measuring

# peer NAME MAKE_DATA STARTED_TEXT FIRST_KEYS COMMAND ..: one of the others, where it is installed.
peer() {
	local name=$1 make_data=$2 text=$3 first=$4
	shift 4
	if ! command -v "$1" >/dev/null; then
		say "  $name is not installed: not compared"
		return
	fi
	"$make_data"
	printf '%s\n' "start start 3 $text" ${first:+"send $first"} 'key move 100 j' 'flood flood 500 j' 'memory memory' >"$name.txt"
	if ! "$tools/pty" "$name.txt" "$@" >"peer.$name.json" 2>"$name.err"; then
		rm "peer.$name.json"
		say "  $name could not be measured: $(head -n 1 "$name.err")"
	fi
}

# One line a program.
tell_program() {
	jq -r --arg name "$1" '[$name, .start.p50_ms, .move.p50_ms, .move.p99_ms, .move.bytes, .flood.last_ms, .memory.mib] | @tsv' "$2" |
		awk -F'\t' '{printf "  %-28s %9.1f %9.2f %9.2f %7d %9.0f %8.1f\n", $1, $2, $3, $4, $5, $6, $7}'
}

compare() {
	heading "The desk beside others (milliseconds: start to first paint; cursor move p50, p99, bytes; 500 moves at once; MiB)"
	printf '  %-28s %9s %9s %9s %7s %9s %8s\n' '' start p50 p99 bytes flood memory
	jq '.move = .["caseload.move"]' desk.json >as-peer.json
	tell_program "onward, $(sqlite3 "$store" 'SELECT count(*) FROM referral') referrals" as-peer.json
	tell_program 'floor: bare ncurses' floor.json
	peer tig make_log 'Log a contact' '' sh -c 'cd log && exec tig'
	peer neomutt make_letters 'a note of the call' '' neomutt -n -F /dev/null -e 'set folder=.' -R -f letters
	peer calcurse make_appointments 'Call about' '<Tab>' calcurse -D appointments -C appointments
	peer visidata make_table 'Person Name' '' vd --nothing table.csv
	for one in peer.*.json; do
		[ -e "$one" ] || continue
		name=${one#peer.}
		tell_program "${name%.json}" "$one"
	done
}

keys() {
	heading 'Key to last byte, by what is done (milliseconds, and of the processor alone; bytes)'
	jq -r 'to_entries[] | select(.value.p50_ms and .key != "start") | [.key, .value.p50_ms, .value.p99_ms, .value.cpu_ms, .value.cpu_p99_ms, .value.bytes, .value.silent] | @tsv' desk.json |
		awk -F'\t' '{printf "  %-24s p50 %8.3f  p99 %8.3f  (%8.3f %8.3f) %6d bytes%s\n", $1, $2, $3, $4, $5, $6, ($7 > 0 ? ", " $7 " changed nothing" : "")}'
	local name floor
	for name in $(jq -r 'to_entries[] | select(.value.p50_ms and .key != "start") | .key' desk.json); do
		floor=page
		case $name in *.move) floor=move ;; esac
		aim "p50 of $name" desk.json ".\"$name\".p50_ms" "$(jq "1.5 * .$floor.p50_ms" floor.json)" ms
		aim "p99 of $name" desk.json ".\"$name\".p99_ms" 16 ms
		[ "$floor" = page ] || aim "bytes of $name" desk.json ".\"$name\".bytes" 400 bytes
	done
}

rest() {
	heading 'At rest'
	jq -r '"  processor over \(.idle.seconds) s without a key: \(.idle.cpu_ms) ms, \(.idle.bytes) bytes; most resident memory \(.memory.mib) MiB"' desk.json
	aim 'start to first paint' desk.json .start.p50_ms "$(jq '2 * .start.p50_ms + 10' floor.json)" ms
	aim '500 moves at once' desk.json .flood.last_ms "$(jq '.flood.last_ms / 10' floor.json)" ms
	aim 'an idle desk, over 5 s' desk.json .idle.cpu_ms 10 ms
	aim 'resident memory' desk.json .memory.mib 20 MiB
}

[ -n "$store" ] || make_store
prepare_store
"$tools/pty" "$here/floor.txt" "$tools/floor" >floor.json
"$tools/pty" "$here/desk.txt" "$onward" --db "$store" --as w001 desk >desk.json
compare
keys
rest
for one in peer.*.json; do
	[ -e "$one" ] || continue
	name=${one#peer.}
	jq --arg name "${name%.json}" '{($name): .}' "$one"
done | jq -s --slurpfile floor floor.json --slurpfile desk desk.json --slurpfile missed missed.jsonl \
	'{floor: $floor[0], desk: $desk[0], peers: add, missed: $missed}' >"$build/bench-desk.json"
heading "$(wc -l <missed.jsonl) aims missed. The same as JSON: $build/bench-desk.json"
