#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The same desk in a small window and in a large one: every screen that g
# leads to, a person, a window that changes its size under it.
. tests/journeys/support/journey.sh

# The last row says the keys, whatever the height.
footed() {
    local end=$((SECONDS + patience))
    until screen | sed -n "$1p" | grep -q '? keys'; do
        [ $SECONDS -ge $end ] && fail "row $1 does not say the keys"
        sleep 0.05
    done
}

resize() {
    mux resize-window -t "$desk" -x "$1" -y "$2"
}

# A made-up borough on its Monday, looked at by its manager.
around() {
    local width=$1 height=$2 place
    sit "$width" "${width}x$height" --as morwenna
    for place in "t Today" "c Caseload" "n Tonight" "r Replies" "d Directory"; do
        press g "${place%% *}"
        see " ${place#* } "
        footed "$height"
    done
    press f
    see "Find a person"
    type 'amara quillf'
    see "07700 900123"
    press Enter
    see "[1 Summary]"
    footed "$height"
}

plan 5
borough 60
amara
around 80 24
ok "everything is within reach at 80x24"
around 200 50
ok "and at 200x50"

resize 80 24
footed 24
see "Amara Quillfeather" "[1 Summary]"
ok "a window made small shows the same person"
resize 30 6
resize 30 6
see "needs a window of" "30x6"
ok "one too small says so and waits"
resize 200 50
footed 50
see "Amara Quillfeather" "Answer the referrer"
ok "and goes on when it is large again"
