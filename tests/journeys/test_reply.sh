#!/bin/bash
# SPDX-License-Identifier: MIT
#
# A loop closed: held at a gate, consent, the night, a reply file as the
# organisation would send it, and the rest by telephone.
. tests/journeys/support/journey.sh

plan 5
team
amara
run referral contact "$referral" mode=phone outcome=reached
run referral begin "$referral" agreed=yes
run match "$referral" --need money_debt
run handoff plan "$referral" --need money_debt --service "$(reference SV)"
handoff=$(reference HO)
"$onward" handoff send "$handoff" >/dev/null && fail "it went without consent"

sit worker 80x24
see "Held" "Amara"
press g n
see "0 go tonight" "1 held"
press Enter
see "Consent                     shut"
press c
see "Do they agree?"
press y
see "What may be shared *"
type phone; press C-s
see "Goes tonight"
ok "consent given at the gate lets a held handoff go"

run nightly
see "Ready to send"
mkdir -p "$work/spool/in/quay-advice"
printf 'Reference;STATUS ;Date;Note\r\n%s;Accepted ;23/11/2026;We will ring on Tuesday\r\n' "$handoff" >"$work/spool/in/quay-advice/answer.csv"
run nightly
see "Accepted since"
ok "what they answered in a spreadsheet stands on the open handoff"

press g r
see "News of mine" "Amara Quillfeather" "Accepted"
press d
gone "Amara Quillfeather"
ok "the news is read and goes from the replies"

press 2
press g c
see "Amara Quillfeather"
press Enter
see "[1 Summary]"
press 4
see "Debt advice"
press Enter
see "Accepted since"
press y
see "What did they say?"
type completed; press Enter
see "They said: Completed"
type 'Need met'; press C-s
see "Completed since"
ok "the rest was said on the telephone: one key, one word"

press q
gone "Completed since"
see "[4 Handoffs]" "Completed"
ok "and stands among the person's handoffs"
