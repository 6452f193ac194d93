#!/bin/bash
# SPDX-License-Identifier: MIT
#
# A password is set, the desk is locked and unlocked, and asked for again in
# the morning.
. tests/journeys/support/journey.sh

secret='a boat on the Irwell'
plan 5
team
amara
sit worker 80x24
see "No password is set"
press :
type password; press Enter
see "Set a password"
type "$secret"; press Enter
see "The same again"
type "$secret"; press Enter
gone "The same again"
case $(screen) in *Irwell*) fail "the password is on the screen" ;; esac
ok "a password is set, and nobody sees it"

press f
see "Find a person"
type quillf
see "Amara"
press Enter
see "[1 Summary]"
press 5
see "[5 Contacts]"
press :
type lock; press Enter
see "This desk is locked"
gone Amara
ok "a locked desk shows nothing"

type 'no idea'; press Enter
see "That is not the password."
ok "a wrong password is refused"

type "$secret"; press Enter
see "[5 Contacts]" "Amara"
ok "the right one goes on where it was"

press C-c
see "Leave onward?"
press y
left
sit morning 80x24
see "Sign in"
type "$secret"; press Enter
see "Today"
ok "the desk asks for it again in the morning"
