#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The story of README.md, at the desk: somebody is taken in, becomes a case,
# and is handed on with their consent. The two screens that the README shows
# are those of this journey, letter by letter.
. tests/journeys/support/journey.sh

# The screen as it is now stands in README.md, indented by four. The user's own name there is "root".
shown() {
    local made
    made=$(screen | sed -E "1s/ +$here\$//; s/^/    /; s/ +\$//")
    case $(sed -E 's/ +root$//' README.md) in
    *"$made"*) ok "$1" ;;
    *) fail "README.md does not show this screen: $1" ;;
    esac
}

plan 7
team
sit worker 80x24
see "Nothing needs you now"

press i
see "Is anyone at risk of harm now?"
press n
type Amara; press Enter
type Quillfeather; press Enter
type 14/03/1958; press Enter
type '07700 900123'; press Enter Enter
type swin; press Enter Enter Enter Enter
see "Do they agree that we contact them?"
press y
see "Preferred contact"
press Enter Enter Enter Enter Enter Enter Enter
see "Source"
type gp; press Enter
type 'Letters about debt'; press C-s
see "Are there risks"
press C-p
see "Legal advice"
press d 4 m Enter
see "Are there risks"
press n
see "Enter takes it in"
press Enter
see "is received and waits for triage"
ok "a referral is taken in"

press d
see "Accept it onto the waiting list"
press Enter
see "Accept this referral onto the waiting list?"
press y
see "On the waiting list"
press :
type 'give to'; press Enter
see "Worker *"
type "$here"; press Enter
see "with $here"
ok "it is accepted and given to a worker"

press C
see "What came of it"
type reached; press Enter Enter
type 'Council tax letters, unopened'; press C-s
see "Logged on" "Reached"
press :
type 'begin work'; press Enter
see "do they want to work together?"
press y
see "Working together"
ok "the call is logged and the work begins"

press r
see "Can take it, the best first"
press Enter
see "Gates: all must be open" "is planned and not sent"
shown "a handoff and its gates, one of them shut"

press Enter
see "Do they agree?"
press y
see "What may be shared *"
type phone; press C-s
see "is recorded"
press s
see "goes tonight."
ok "consent is taken at the gate, and it is sent"

press g n
see "1 goes tonight"
shown "what goes tonight"

run nightly
see "0 go tonight"
ok "the night takes it while the desk looks on"
