#!/bin/bash
# SPDX-License-Identifier: MIT
#
# tests/bench/bench.sh BUILD: what `make bench` runs. Prints how long onward
# takes beside what cannot be faster by much (a bare C loader, the sqlite3
# shell, cp) and writes the same as JSON to BUILD/bench.json. It judges
# nothing: a line says where an aim is missed. Times are those of this machine
# on this day; the ratios are what compares.
#
# Sizes by environment: ROWS of the referrals file (100000), HANDOFFS of the
# night (100000), ROUNDS of which the median counts (3), SAMPLES of each
# query (300).

set -euo pipefail
build=$(realpath "$1") here=$(realpath "$(dirname "$0")")
rows=${ROWS:-100000} handoffs=${HANDOFFS:-100000} rounds=${ROUNDS:-3} samples=${SAMPLES:-300}
organisations=200
workers=$((rows / 2500 > 4 ? rows / 2500 : 4))
work=$build/bench/work
onward=$build/onward
tools=$build/bench
export ONWARD_NOW=2026-11-23T09:00:00Z LC_ALL=C.UTF-8
unset ONWARD_DB ONWARD_SPOOL ONWARD_DELIVERY

rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

. "$here/telling.sh"

# What one command took, as JSON in a file: timed NAME COMMAND ..
timed() { local to=$1; shift; "$tools/stopwatch" -o "$to.out" "$@" >"$to.json"; }

# The round with the median time, of files NAME.1.json ..
median() { jq -s 'sort_by(.wall_s) | .[length / 2 | floor]' "$1".[0-9]*.json >"$1.json"; }

# ---- import: the same file by onward, by a bare loader, by the shell

row_counts() {
	sqlite3 "$1" "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name" |
		sed 's/.*/SELECT "&", count(*) FROM "&";/' | sed "s/SELECT \"\([a-z_]*\)\"/SELECT '\1'/" | sqlite3 "$1"
}

import() {
	heading "Import of $rows referrals ($(du -h --apparent-size referrals.csv | cut -f1), median of $rounds)"
	for i in $(seq 1 "$rounds"); do
		fresh_store onward
		fresh_store bare
		rm -f shell.db
		timed "import.onward.$i" "$onward" --db onward/onward.db --json import referrals referrals.csv --map referrals.map
		timed "import.bare.$i" "$tools/bare_load" bare/onward.db referrals.csv
		timed "import.shell.$i" sqlite3 -cmd '.mode csv' shell.db '.import referrals.csv referrals'
	done
	row_counts onward/onward.db >counts.onward
	row_counts bare/onward.db >counts.bare
	diff counts.bare counts.onward || { say 'The bare loader and the import did not write equally many rows.'; exit 1; }
	for who in onward bare shell; do median "import.$who"; done
	jq -n --slurpfile o import.onward.json --slurpfile b import.bare.json --slurpfile s import.shell.json --argjson rows "$rows" \
		'{rows: $rows, onward: $o[0], bare: $b[0], shell: $s[0], rows_per_s: ($rows / $o[0].wall_s),
		  x_bare: ($o[0].wall_s / $b[0].wall_s), x_bare_cpu: ($o[0].cpu_s / $b[0].cpu_s), x_shell: ($o[0].wall_s / $s[0].wall_s)}' >import.json
	jq -r '"  onward      \(.onward.wall_s) s, peak \(.onward.peak_mib) MiB, \(.rows_per_s | floor) rows a second
  bare loader \(.bare.wall_s) s, peak \(.bare.peak_mib) MiB: onward takes \(.x_bare * 100 | round / 100) times as long (processor \(.x_bare_cpu * 100 | round / 100))
  sqlite3 .import to one table of text \(.shell.wall_s) s: onward takes \(.x_shell * 100 | round / 100) times as long"' import.json
	aim 'import against the bare loader' import.json .x_bare 1.6 times
	aim 'peak memory of an import' import.json .onward.peak_mib 100 MiB
	rm -rf bare shell.db
}

# ---- export: the list of referrals against the shell's join of the same rows

export_referrals() {
	local join="SELECT r.ref, p.ref, p.given_name || ' ' || p.family_name, r.state, r.received_on, u.login, r.neighbourhood,
		r.last_reached_on, r.urgent, r.source, r.close_reason, r.closed_on,
		(SELECT count(*) FROM need n WHERE n.referral_id = r.id),
		(SELECT count(*) FROM handoff h WHERE h.referral_id = r.id AND h.state NOT IN ('declined', 'completed', 'failed', 'withdrawn', 'error'))
		FROM referral r JOIN person p ON p.id = r.person_id LEFT JOIN app_user u ON u.id = r.worker_id ORDER BY r.id DESC"
	heading "Export of $rows referrals (median of $rounds)"
	for i in $(seq 1 "$rounds"); do
		timed "export.onward.$i" "$onward" --db onward/onward.db export referrals --profile machine
		timed "export.shell.$i" sqlite3 -csv -header onward/onward.db "$join"
	done
	[ "$(wc -l <"export.onward.1.out")" = "$(wc -l <"export.shell.1.out")" ] || { say 'The exports are not equally long.'; exit 1; }
	for who in onward shell; do median "export.$who"; done
	jq -n --slurpfile o export.onward.json --slurpfile s export.shell.json --argjson rows "$rows" \
		'{rows: $rows, onward: $o[0], shell: $s[0], x_shell: ($o[0].wall_s / $s[0].wall_s)}' >export.json
	jq -r '"  onward \(.onward.wall_s) s, peak \(.onward.peak_mib) MiB
  sqlite3 -csv of the same join \(.shell.wall_s) s: onward takes \(.x_shell * 100 | round / 100) times as long"' export.json
}

# ---- nightly: one pass over what is queued, and a tenth of it for memory

night() {
	local n=$1
	rm -rf night && mkdir night
	"$tools/fill_handoffs" night/onward.db "$n" "$organisations"
	timed "nightly.$n" "$onward" --db night/onward.db --json nightly
	[ "$(number '[.batches[].rows] | add' "nightly.$n.out")" = "$n" ] || { say "Not all of the $n handoffs went."; exit 1; }
}

nightly() {
	local few=$((handoffs / 10))
	heading "Nightly run: $handoffs queued handoffs to $organisations organisations"
	night "$few"
	night "$handoffs"
	timed nightly.cp cp -r night/spool/out copy
	jq -n --slurpfile n "nightly.$handoffs.json" --slurpfile f "nightly.$few.json" --slurpfile c nightly.cp.json \
		--argjson handoffs "$handoffs" --argjson organisations "$organisations" --argjson bytes "$(du -sb night/spool/out | cut -f1)" \
		'{handoffs: $handoffs, organisations: $organisations, bytes: $bytes, onward: $n[0], tenth: $f[0], cp: $c[0],
		  rows_per_s: ($handoffs / $n[0].wall_s), x_cp: ($n[0].wall_s / $c[0].wall_s), x_memory: ($n[0].peak_mib / $f[0].peak_mib)}' >nightly.json
	jq -r '"  onward \(.onward.wall_s) s, \(.rows_per_s | floor) rows a second, peak \(.onward.peak_mib) MiB
  a tenth of it \(.tenth.wall_s) s, peak \(.tenth.peak_mib) MiB: memory grows \(.x_memory * 100 | round / 100) times
  cp of the same \(.bytes / 1048576 | floor) MiB of packages \(.cp.wall_s) s: onward takes \(.x_cp | round) times as long"' nightly.json
	aim 'the nightly run' nightly.json .onward.wall_s 60 s
	# below that, what grows is the page cache filling up
	[ "$handoffs" -lt 100000 ] || aim 'growth of its memory from a tenth' nightly.json .x_memory 1.5 times
	rm -rf night copy
}

# ---- queries, in one process

queries() {
	heading "Queries at $rows referrals, in process ($samples samples each; milliseconds, and of the processor alone)"
	"$tools/queries" onward/onward.db "$samples" >queries.json
	jq -r 'to_entries[] | [.key, .value.p50_ms, .value.p99_ms, .value.cpu_p50_ms, .value.cpu_p99_ms, .value.rows] | @tsv' queries.json |
		awk -F'\t' '{printf "  %-30s p50 %8.3f  p99 %8.3f  (%8.3f %8.3f)  %5.1f rows\n", $1, $2, $3, $4, $5, $6}'
	for name in $(jq -r 'keys_unsorted[] | select(startswith("floor") | not)' queries.json); do
		aim "p99 of $name" queries.json ".$name.p99_ms" 5 ms
	done
}

# ---- from start to first output

start() {
	local person
	person=$(sqlite3 onward/onward.db 'SELECT ref FROM person ORDER BY id DESC LIMIT 1')
	heading 'Start to first output (whole process, median of 30)'
	"$tools/stopwatch" -n 30 /bin/true >start.true.json
	"$tools/stopwatch" -n 30 "$onward" version >start.version.json
	"$tools/stopwatch" -n 30 "$onward" --db onward/onward.db person show "$person" >start.person.json
	"$tools/stopwatch" -n 30 sqlite3 onward/onward.db "SELECT * FROM person WHERE ref = '$person'" >start.shell.json
	jq -n --slurpfile t start.true.json --slurpfile v start.version.json --slurpfile p start.person.json --slurpfile s start.shell.json \
		'def ms: .wall_s * 1e6 | round / 1e3;
		 {true_ms: ($t[0] | ms), version_ms: ($v[0] | ms), person_show_ms: ($p[0] | ms), shell_ms: ($s[0] | ms),
		  person_show_mib: $p[0].peak_mib, x_true: ($v[0].wall_s / $t[0].wall_s), x_shell: ($p[0].wall_s / $s[0].wall_s)}' >start.json
	jq -r '"  onward version \(.version_ms) ms; /bin/true \(.true_ms) ms
  onward person show \(.person_show_ms) ms, peak \(.person_show_mib) MiB; sqlite3 with the same store \(.shell_ms) ms"' start.json
	aim 'start of onward version' start.json .version_ms 10 ms
	aim 'start of onward person show' start.json .person_show_ms 10 ms
}

empty_store
import
export_referrals
queries
start
nightly
for part in import export nightly queries start; do
	jq --arg part "$part" '{($part): .}' "$part.json"
done | jq -s --slurpfile missed missed.jsonl 'add + {missed: $missed}' >"$build/bench.json"
heading "$(wc -l <missed.jsonl) aims missed. The same as JSON: $build/bench.json"
STORE=$work/onward/onward.db "$here/desk.sh" "$build"
