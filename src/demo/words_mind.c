/* SPDX-License-Identifier: MIT
 *
 * The mind: mental and emotional health, abuse at home, drink and drugs.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"mental_health", "Mixed anxiety and depression, on sertraline. IAPT wait {14|18|22} weeks. Needs something in the meantime, isolated by it. Please see."},
    {"mental_health", "Known to CMHT in past, stable, discharged. Says there is nothing to get up for. No risk issues today. Please link with community support."},
    {"mental_health", "PHQ-9 {13|15|17}, GAD-7 {11|14}. Prefers not to have tablets. Interested in walking or art groups. Thank you."},
    {"emotional_health", "Work stress, signed off x{4|6} weeks. Would benefit from someone to talk through options and build routine back up."},
    {"emotional_health", "Low self-esteem after separation. Attends with headaches, normal exam. Open to non-medical support."},
    {"domestic_abuse", "Disclosed controlling partner (now left). Safe to ring ONLY on mobile between 10 and 2. IDVA aware. Please support rebuilding."},
    {"alcohol", "Drinking {40|50|60} units/wk, wants to cut down, not dependent on assessment. Boredom a big factor. Please offer support."},
    {"substance_use", "Stable on script via drug service. Wants out of old circles, needs new ones. Keen and reliable."},
};
static const struct line self[] = {
    {"mental_health", "I can do the day if there is something in it. When there isn't I don't get dressed."},
    {"mental_health", "I have been waiting for therapy since the {spring|summer|new year} and I just want to feel a bit normal."},
    {"emotional_health", "I snap at everyone and then I feel terrible. I need a bit of help to work out what is wrong."},
    {"domestic_abuse", "I got out in {March|June|October}. I am safe now but I jump at everything and I don't know how to start again."},
    {"alcohol", "It was two cans. Now it's eight. I don't want to go to a place where I stand up and say my name."},
    {"substance_use", "I am clean {five|eight|eleven} months and the hardest thing is a Saturday night."},
};
static const struct line other[] = {
    {"mental_health", "Mental health team: ready for discharge from us, would do well with a structured week. Staying well plan attached to GP record. Consent discussed and given."},
    {"emotional_health", "Employer (with agreement): good worker, struggling since restructure, tearful. Occupational health suggested you."},
    {"domestic_abuse", "Health visitor: disclosed to me at the one year check. Partner no longer at the address. Please do not leave voicemail."},
    {"alcohol", "Brother: <she> will not talk to me about it but <she> said <she> would talk to someone who isn't family."},
    {"", "Pharmacist: collecting weekly now, looked a lot better last year. Asked was everything all right and got \"not really\". Wants a call."},
    {"mental_health", "Neighbour, with <her> say-so: I take <her> bin out and the curtains have not been open for a fortnight. <She> said a woman would be better."},
};
static const struct line first[] = {
    {"mental_health", "First call, {30|35|45} mins. Flat voice, long gaps, I let them be. What helps: dogs, being outside, not being asked \"how are you\". Asked instead what <she> had for tea. Toast. We will start with mornings."},
    {"mental_health", "Met at the park gates as <she> does not like indoors. Walked {one|two} laps. Talked on the second. Safety: thoughts sometimes, no plan, knows the crisis line, has it saved under Z. GP aware."},
    {"emotional_health", "Phone, 40 mins. Has been holding it together for everyone since {last winter|the redundancy|the split}. Burst into tears at being asked what <she> wants. No idea. That is what we'll work on."},
    {"domestic_abuse", "Met at the {children's centre|surgery}, safe time as noted. <name> had written a list on the back of a receipt: locks, school, sleep, somebody to talk to. Safe today. IDVA still involved."},
    {"domestic_abuse", "Called within the safe window. Code word agreed in case <she> cannot talk. Did not go into what happened. Talked about the curtains <she> would like."},
    {"alcohol", "First meeting, <she> had not had a drink today and wanted me to know. Worst time is 5 to 7. Used to fish. Would rather do something than say something."},
    {"substance_use", "Met at the pharmacy and walked. Straight talking, so was I. Wants: somewhere to be on Saturdays, <her> own front room painted, to see {the kids|the lad} once a fortnight."},
    {"", "Introduced myself. <name> has told the story to {five|six|seven} people already and was not keen on an eighth. Said <she> did not have to. We talked about music."},
    {"mental_health", "Home visit, blinds down. {Twenty-five|Thirty} minutes was enough for both of us. <She> agreed to one thing: come to the door on {Tuesday|Thursday} with <her> shoes on."},
};
static const struct line middle[] = {
    {"mental_health", "Shoes on, coat on, got as far as the corner. Home again. \"Next time the postbox.\" Wrote it down as a success because it was."},
    {"mental_health", "Walking group at <org>, first time. Hung at the back with the man who never talks. They didn't talk. Very happy with that."},
    {"mental_health", "Low this week, in bed since {Sunday|Monday}. Checked safety: thoughts, no plan, would ring me or the crisis line. Told GP with <her> say-so, same-day call arranged."},
    {"mental_health", "GP changed the dose. Bit better. Ate with {a friend|the neighbours} on {Friday|Sunday}."},
    {"mental_health", "Therapy letter finally came: first appointment {the 9th|the 16th|in three weeks}. Practised what to say. Mostly practised that <she> can stop when <she> wants."},
    {"mental_health", "The shed at <org>. Came away with sawdust everywhere and a bird box with no hole in it."},
    {"mental_health", "Brought the sheet back filled in: mornings {7|8}, evenings {3|4}. So we are moving the hard things to the mornings."},
    {"emotional_health", "Came up with {three|four} things that are <her> fault and eleven that aren't. Kept the second list."},
    {"emotional_health", "Mindfulness course at <org> starts on {the 6th|the 13th|Monday}. Sceptical. \"I'll sit still but I won't hum.\""},
    {"emotional_health", "Back at work two mornings. Told <her> manager the truth. It went well, which was harder to take than if it hadn't."},
    {"emotional_health", "Slept {six|seven} hours. Wanted me to note the date."},
    {"domestic_abuse", "Freedom programme place confirmed with <org>. Starts after school drop-off. Childcare is there."},
    {"domestic_abuse", "Rang in the safe window, code word used. Ended the call as agreed. Rang back {two hours|a day} later: visitor, nothing wrong. Glad we had it."},
    {"domestic_abuse", "Locks changed today through <org>. Sat on the stairs and listened to it click, <she> said."},
    {"domestic_abuse", "School place through for the little one. New curtains are yellow."},
    {"alcohol", "Drink diary: {54|46|38} units this week from {61|58}. The 5 to 7 gap is football on the radio now, with squash, \"which is an insult\"."},
    {"alcohol", "Slipped on {Saturday|the weekend}. Told me first thing on the phone. Back on it today. Not starting again at nought, starting again at {nineteen|thirty-one}."},
    {"alcohol", "First evening with <org>. Nobody had to say their name. Somebody brought a quiz."},
    {"substance_use", "Script reduced again, coping. <org> has asked <him> to help set up on Saturdays. Saturdays!"},
    {"substance_use", "Saw <her> old mates outside the shop and crossed over. Hands were shaking when <she> rang. Stayed on the line until the bus."},
    {"", "Short call, in the middle of tea. Fine. Will ring on {Wednesday|Friday} about the <org> letter."},
    {"", "Chased <org>. They tried twice with a withheld number and <she> does not pick those up. Asked them to text first. They will."},
    {"", "Did not want to talk today and said so. That's new. Good."},
    {"", "Met in the cafe. Cardigan, lipstick, both books back to the library on time. We did not talk about illness once."},
    {"", "Went through the plan. Crossed off two, kept two, and added \"{kite|choir|swimming}\" in <her> own writing."},
    {"", "<name> asked whether I ever get fed up. Said sometimes. <She> said walk round the block. I did."},
    {"", "Review at the surgery with the practice nurse. Weight steady, eating. <She> did most of the talking."},
};
static const struct line last[] = {
    {"mental_health", "Last session, same bench. Two laps without noticing. Has the crisis line, the group and a dog {to borrow|on loan}. Closing by agreement."},
    {"mental_health", "Closing. SWEMWBS up from {16|17|18} to {23|24|25}. In <her> words: \"I'm not mended, I'm busy.\""},
    {"emotional_health", "Final call. Back full time and leaves at five. Keeps the list on the inside of the wardrobe door."},
    {"domestic_abuse", "Closing with <her> agreement. Group goes on, IDVA closed too. Safe number kept by GP only."},
    {"alcohol", "Closed. {Fourteen|Twelve|Sixteen} units last week, all of them at a wedding."},
    {"substance_use", "Last one. A year on {the 4th|the 21st}. Invited me to the cake. I will be going."},
    {"", "Ended well. <name> chose the day. Asked me to close the file \"gently\"."},
    {"", "Review and close. Knows what early signs look like: curtains, toast, not ringing back. Friend at <org> knows them as well."},
};
static const struct line goals[] = {
    {"mental_health", "To have three mornings a week with something in them"},
    {"mental_health", "To get to the group without turning back"},
    {"emotional_health", "To know what I want and say it out loud"},
    {"domestic_abuse", "To feel safe in my own front room"},
    {"alcohol", "To have four days a week without a drink"},
    {"substance_use", "To have new people for Saturday nights"},
    {"", "To laugh more than once a week"},
    {"", "To sleep through the night"},
};
static const struct line actions[] = {
    {"mental_health", "Walk to the postbox and back every day this week"},
    {"mental_health", "Go to the walking group and stay for ten minutes"},
    {"emotional_health", "Write down one good thing at night, however small"},
    {"domestic_abuse", "Go to the first session of the programme"},
    {"alcohol", "Keep the drink diary, the honest one"},
    {"substance_use", "Go to <org> on Saturday and help set the tables"},
    {"", "Text my link worker \"1\" if it's a bad day"},
    {"", "Ask the practice for a double appointment"},
};
static const struct line summaries[] = {
    {"mental_health", "Anxious in new places, better outdoors. Would like a small group. Text before ringing. Safe at present, GP involved."},
    {"mental_health", "Depression, getting better. Needs structure to the week. Reliable once met at the door."},
    {"emotional_health", "Stress and low confidence after a hard year. Wants to learn ways to cope. Evenings or weekends."},
    {"domestic_abuse", "Left an abusive relationship. Ring only at the times given. Wants group support; childcare needed."},
    {"alcohol", "Cutting down on drinking, not dependent. Prefers doing to talking. Late afternoons are hardest."},
    {"substance_use", "In treatment and stable. Looking for weekend activity away from old circles."},
    {"", "Wants support that isn't medical. Has good days and bad days, says so. Please be patient about missed calls."},
};
const struct word_family mind_words = {
    .needs = "mental_health,emotional_health,domestic_abuse,alcohol,substance_use",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
