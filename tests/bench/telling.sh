# SPDX-License-Identifier: MIT
#
# What bench.sh and desk.sh share, to be sourced: how figures are told and
# aims judged, and the store to begin with. Expects $onward, $tools, $rows and
# $workers, and to stand in a folder of its own.

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s\n' "$*"; }
number() { jq -r "$1" "$2"; }

: >missed.jsonl

# aim WHAT FILE FILTER LIMIT UNIT: a value that should not be above its limit.
aim() {
	local value
	value=$(number "$3" "$2")
	if [ "$(jq -n "$value > $4")" = true ]; then
		printf '  missed: %s is %.4g %s, the aim is at most %.4g\n' "$1" "$value" "$5" "$4"
		jq -nc --arg what "$1" --argjson value "$value" --argjson aim "$4" --arg unit "$5" '$ARGS.named' >>missed.jsonl
	fi
}

# Users and a file of referrals; a store is a copy of the one into which the other is imported.
empty_store() {
	"$onward" --db empty/onward.db init >/dev/null
	for i in $(seq 1 "$workers"); do
		"$onward" --db empty/onward.db user add login="$(printf w%03d "$i")" name="Worker $i" roles=worker >/dev/null
	done
	"$tools/referrals_csv" "$rows" "$workers" >referrals.csv
	say 'scheme bench' >referrals.map
}
fresh_store() { rm -rf "$1" && cp -r empty "$1"; }
