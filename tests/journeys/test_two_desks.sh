#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Two desks on one record: a change shows on the other without a key, and who
# saves second sees who was first, what differs, and keeps the text.
. tests/journeys/support/journey.sh

plan 4
borough 20
amara
for login in "$here" morwenna; do
    sit "$login" 80x24 --as "$login"
    see "$login"
    press f
    see "Find a person"
    type 'amara quillf'
    see "Amara Quillfeather"
    press Enter
    see "[1 Summary]" "Tel 07700 900123"
done
ok "two desks show the same person"

# Both have the telephone number open when the first one saves.
for login in "$here" morwenna; do
    at "$login"
    press j j e
    see "Change what is recorded of the person"
    press C-u # the form begins at the row in focus
    gone "07700 900123"
done
type '0161 496 0888'
at "$here"
type '0161 496 0777'; press C-s
see "Tel 0161 496 0777"
ok "the first one saves"

at morwenna
see "0161 496 0888"
press C-s
see "was changed by $here" "now: 0161 496 0777" "0161 496 0888"
ok "the second one sees who, what and when, and keeps the text"

press C-s
see "Tel 0161 496 0888"
at "$here"
see "Tel 0161 496 0888"
ok "saved again it stands, and shows on the first desk without a key"
