#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The line goes, or the program is killed, in the middle of a word: what was
# typed is there at the next start, and goes only once it is saved.
. tests/journeys/support/journey.sh

# Words are kept once a second: until these stand in the store's files.
kept() {
    local end=$((SECONDS + patience))
    until grep -qaF "$1" "$ONWARD_DB" "$ONWARD_DB-wal" 2>/dev/null; do
        [ $SECONDS -ge $end ] && fail "\"$1\" was not kept"
        sleep 0.1
    done
}

# Until the process is gone, or nobody has asked yet how it ended.
process_gone() {
    local end=$((SECONDS + patience))
    while grep -q '^State:[[:space:]]*[^Z]' "/proc/$1/status" 2>/dev/null; do
        [ $SECONDS -ge $end ] && fail "the program is still there"
        sleep 0.05
    done
}

plan 6
team
amara
sit first 80x24
see "Amara"
press Enter
see "[1 Summary]"
press C
see "What came of it"
type reached; press Enter Enter
type 'Letters unopened since May'
kept 'unopened since May'
kill -KILL "$(<"$work/first.process")"
left 137
ok "killed in the middle of a note"

sit second 80x24
see "Unsaved text"
press Enter
see "Log a contact" "Letters unopened since May"
ok "at the next start it is there"

type ', three of them'
see "three of them"
mux kill-session -t second
process_gone "$(<"$work/second.process")"
ok "the line goes, and the program with it"

sit third 80x24
see "Unsaved text"
press Enter
see "Letters unopened since May, three of them"
ok "the last letters are there too"

press C-s
see "Logged on"
press q
see "Today"
ok "it is saved"

press C-c
see "Leave onward?"
press y
left
sit fourth 80x24
see "Today"
case $(screen) in *"Unsaved text"*) fail "a saved text is offered again" ;; esac
ok "and is offered no more"
