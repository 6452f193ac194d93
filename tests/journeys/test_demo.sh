#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What a newcomer does after `make demo`: sees who needs them, asks for the
# keys, logs a call that got no answer, looks at tonight, and leaves.
. tests/journeys/support/journey.sh

plan 5
borough 200
start demo 80x24 tests/support/demo.sh "$onward" "$work/borough"
see " Today " "gloria" "Overdue" "? keys"
ok "make demo ends at the desk of a worker, and somebody needs her"

press '?'
see "Type to find" "Logs a call"
press Escape
gone "Type to find"
ok "? says the keys"

press M
see "A call that got no answer"
press C-s
see "Logged on" "No answer"
ok "a call without an answer takes two keys"

press g n
see " Tonight " "To run the night: onward nightly"
ok "g n is what goes tonight"

press C-c
see "Leave onward?"
press y
left
see "onward verify" "the desk of Gloria"
ok "leaving brings back what to try next"
