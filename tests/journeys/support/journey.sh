# SPDX-License-Identifier: MIT
#
# What journeys are made of: the real program in a real terminal (tmux), keys in, screens read back, TAP out. Sourced by
# test_*.sh, which are run from the root of the checkout with ONWARD_PROGRAM set.
#
# Nothing here waits for a time: `see` looks until the text is there. What is typed before the program has drawn is not
# lost, so keys need no waiting, but for Escape: a key that follows it at once would be read as one with Alt.

set -u
onward=$(realpath "${ONWARD_PROGRAM:-build/onward}")
work=$(mktemp -d "${TMPDIR:-/tmp}/journey.XXXXXX")
here=$(id -un)
export TMUX_TMPDIR=$work # the server's socket: no other's server is met
export ONWARD_NOW=2026-11-23T09:00:00Z ONWARD_DB=$work/team.db LC_ALL=C.UTF-8 TZ=Europe/London
unset NO_COLOR ONWARD_SPOOL ONWARD_DELIVERY TMUX
patience=${ONWARD_PATIENCE:-120} # seconds until a text that does not come is a failure: a busy machine is no fault
step=0 desk=

mux() {
    tmux -u -L journey -f /dev/null "$@"
}

finish() {
    mux kill-server 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT

# The number of results that the journey ends with, said first; without tmux all are skipped.
plan() {
    echo "1..$1"
    command -v tmux >/dev/null && return
    for ((step = 1; step <= $1; step++)); do
        echo "not ok $step # SKIP tmux is not installed"
    done
    exit 0
}

ok() {
    step=$((step + 1))
    echo "ok $step - $1"
}

# One journey is one story: after its first failure there is nothing to go on from.
fail() {
    step=$((step + 1))
    echo "not ok $step - $1"
    [ -n "$desk" ] && screen | sed 's/^/# /'
    exit 1
}

# start NAME WIDTHxHEIGHT COMMAND [WORD ..]: in a terminal of its own, which is the one looked at from then on. Its process
# and how it ended stand in files: tmux now and then forgets to ask.
start() {
    desk=$1
    rm -f "$work/$1".{process,ended}
    mux new-session -d -s "$1" -x "${2%x*}" -y "${2#*x}" \
        bash -c '(echo $BASHPID >"$0.process"; exec "$@"); echo $? >"$0.ended"' "$work/$1" "${@:3}" ';' \
        set-option -g status off ';' set-option -g remain-on-exit on >/dev/null
}

# sit NAME WIDTHxHEIGHT [OPTION ..]: the program, in the same way.
sit() {
    start "$1" "$2" "$onward" "${@:3}"
}

at() {
    desk=$1
}

screen() {
    mux capture-pane -p -t "$desk"
}

# Keys by their names in tmux: Enter, Escape, C-s, Tab, j.
press() {
    mux send-keys -t "$desk" "$@"
}

type() {
    mux send-keys -t "$desk" -l -- "$1"
}

# until TEXT is, or with no, is not on the screen
look() {
    local text=$1 wanted=$2 end=$((SECONDS + patience)) found
    while :; do
        found=no
        case $(screen) in *"$text"*) found=yes ;; esac
        [ $found = "$wanted" ] && return
        [ $SECONDS -ge $end ] && fail "\"$text\" $([ "$wanted" = yes ] && echo 'did not come' || echo 'stayed')"
        sleep 0.05
    done
}

see() {
    local text
    for text in "$@"; do look "$text" yes; done
}

gone() {
    look "$1" no
}

# Until the program has ended; with another status than 0 only where that is said. Its last words are still seen.
left() {
    local end=$((SECONDS + patience)) how=
    until read -r how <"$work/$desk.ended"; do
        [ $SECONDS -ge $end ] && fail "the program did not end"
        sleep 0.05
    done 2>/dev/null
    [ "$how" = "${1:-0}" ] || fail "the program ended with $how"
}

# A command of the command line; what it says stands in $said.
run() {
    said=$("$onward" "$@" 2>&1) || fail "onward $*: $said"
}

# The first reference of that kind in what was said.
reference() {
    grep -oE -m1 "\b$1-[0-9A-Z]{4}-[0-9A-Z]{4}\b" <<<"$said" | head -1
}

# A new store whose user is whoever runs this, with an organisation that helps with debts.
team() {
    run init
    run organisation add code=quay-advice name='Quay Advice'
    run agreement add quay-advice starts_on=2026-01-01 ends_on=2027-12-31 categories=identity,needs
    run service add quay-advice name='Debt advice' needs=money_debt capacity=capacity
}

# Amara, as the README has her, on the list of whoever runs this; $person and $referral are hers.
amara() {
    run person add given_name=Amara family_name=Quillfeather date_of_birth=14/03/1958 neighbourhood=swinton phone='07700 900123'
    person=$(reference PE)
    run consent give "$person" purpose=contact how=phone
    run referral start "$person" source=gp_practice reason='Letters about debt' safeguarding=none
    referral=$(reference SP)
    run need add "$referral" need=money_debt severity=4 found=presenting main=yes
    run risk add "$person" kind=none_known
    run referral submit "$referral"
    run referral accept "$referral"
    run referral allocate "$referral" worker="$here"
}

# A made-up borough instead, whose people may be sat down as: --as gloria (worker), morwenna (manager), nikhil (admin).
borough() {
    export ONWARD_DB=$work/borough/onward.db
    run demo "$work/borough" --people "$1"
}
