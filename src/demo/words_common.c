/* SPDX-License-Identifier: MIT
 *
 * Words that fit any need: attempts, messages, reasons for this and that.
 */
#include "demo/words.h"

#define SET(name, ...)                                              \
    static const struct line name##_lines_[] = {__VA_ARGS__};       \
    const struct lines name = LINES(name##_lines_)
#define L(text) {"", text}

/* ---- contacts that reached nobody */

SET(no_answer_notes,
    L("No answer, rang out."),
    L("No answer x2, {9.30|10.15} and {2.40|4.10}. No voicemail set up."),
    L("Tried at {10|11|3}. Straight to \"the person you are calling\"."),
    L("No answer. Will try in the {evening|morning|afternoon}, referral says better then."),
    L("Rang landline and mobile. Nothing."),
    L("No answer at the door, radio on inside. Card left with first name and number only."),
    L("Called at the time we had agreed. No answer. Not like <him>."),
    L("Rang, picked up and put down. Will text first next time."));
SET(message_notes,
    L("Left message, first name and number only."),
    L("Voicemail: asked <him> to ring any time before 4, or text."),
    L("Message left. Said who I was and that nothing was wrong."),
    L("Left word that I will ring {tomorrow|on Thursday} at {ten|eleven|two}."),
    L("Voicemail again, kept it short. Third try, letter next."),
    L("Left a message with thanks for the chutney and a new time."));
SET(missed_notes,
    L("Did not come to {the surgery|the library|the cafe}. Waited 25 mins. Rang, no answer."),
    L("DNA. Text an hour later: sorry, slept in. Rebooked."),
    L("Nobody at the door. Neighbour says taken out by family. Rebooked by text."),
    L("Did not come. Rang: could not face the bus. Offered home visit."),
    L("Missed again. Not cross. Sent a card with three times to choose from."));
SET(wrong_number_notes,
    L("Wrong number, a very patient man in {Urmston|Leigh}. Asked <practice> for another."),
    L("Number not recognised. Checked with the referrer, digits swapped."),
    L("Reached a takeaway. Number needs checking."));
SET(other_person_notes,
    L("Picked up by a relative. Gave first name only, asked for <name> to ring back."),
    L("Spoke to the {son|daughter|sister}, who says <she> is asleep at this time. Ring after 2."),
    L("Neighbour answered. <name> is at the hospital for a test, nothing serious. Said no more."),
    L("Support worker answered, will pass the message on. Did not say what about."));
SET(text_notes,
    L("Text sent with name, and the time I'll ring."),
    L("Text: \"Hello <name>, it's the link worker, is Thursday still good?\" Thumbs up back."),
    L("Texted directions to <org> and who to ask for."),
    L("Reminder text for tomorrow. Reply: \"got it\"."));

/* ---- the plan */

SET(strengths,
    L("Keeps every appointment once it's written down"),
    L("Sense of humour, even on bad days"),
    L("Good neighbours on both sides"),
    L("Cooks well and likes to feed people"),
    L("Knows everyone on the street by name"),
    L("Has come through worse and says so"),
    L("Close to a sister who rings every Sunday"),
    L("Organised: letters in date order"),
    L("Good with animals"),
    L("Speaks up when something is not right"),
    L("Walks everywhere"),
    L("Has a faith that keeps <him> going"),
    L("Good with <her> hands"),
    L("Patient with other people"));
/* By outcome. */
SET(need_outcome_notes,
    {"met", "Sorted, with <org>"},
    {"met", "In place and working"},
    {"met", "Better than when we started, <name> says"},
    {"partly_met", "Partly. Knows who to ring for the rest"},
    {"partly_met", "Half of it. The other half is waiting for a letter"},
    {"with_organisation", "Carries on with <org>"},
    {"signposted", "Has the number and will ring when ready"},
    {"went_away", "No longer the thing that keeps <him> awake"});

/* ---- dates to come back to */

SET(flag_messages,
    L("Hearing that morning: ring after, not before"),
    L("Anniversary. Ring in the evening"),
    L("Check that the award letter has come"),
    L("Hospital discharge due: who is at home?"),
    L("Ask <org> about the place, they promised an answer by today"),
    L("Fit note runs out"),
    L("First session with <org> today, see how it went"),
    L("Move day. Gas and electric readings?"),
    L("Scan results due at the practice"),
    L("Photograph wanted for the bus pass"));
SET(call_back_notes,
    L("Not a good time, baby asleep. Asked me to ring on the day we wrote down."),
    L("Was on a ward, doctor there. Agreed when to ring."),
    L("Wants to talk to {the family|a friend} first. Agreed a day to ring back."),
    L("At work, whispering. Agreed a better time."));
SET(pause_reasons,
    L("In hospital, planned operation"),
    L("Abroad with family until then"),
    L("New baby, asked for some weeks"),
    L("Looking after a sister, wants to pick up again after"),
    L("Needs a break from appointments, <her> own words"));
SET(return_reasons,
    L("Worker on long-term leave"),
    L("Worker has left the team"),
    L("Moved to another neighbourhood, to be shared out again"));
SET(reallocate_reasons,
    L("Worker away for {three|four} weeks"),
    L("Asked for someone who speaks <her> language"),
    L("Worker knows the family"),
    L("To even out the caseload"));
SET(reopen_reasons,
    L("Rang in: it has started again. Same worker, same plan"),
    L("Closed by mistake, wrong person"),
    L("Organisation sent <him> back to us"));
SET(error_reasons,
    L("Entered against the wrong person"),
    L("Test entry made in training"),
    L("Sent twice by the practice system"));
SET(second_reasons,
    L("Hospital team asked for a separate piece of work on discharge"),
    L("Different need, other worker, agreed with the manager"));

/* ---- endings */

SET(close_completed_notes,
    L("Goals met, closing by agreement"),
    L("Done what we set out to do. Knows how to come back"),
    L("Settled with <org>, no further help wanted"),
    L("Last session held, review filled in together"),
    L("Going well without us"),
    L("Good ending. Number left on the fridge"));
SET(close_disengaged_notes,
    L("Stopped answering after the second visit. Card sent, door left open"),
    L("Three missed, no reply to the letter. Practice told"),
    L("Said would ring, did not. Tried for five weeks"),
    L("Answers texts from the group but not from us, which may be an answer"));
SET(close_declined_notes,
    L("Did not know about the referral. Thanked me, no"),
    L("Has enough people coming to the house"),
    L("Would rather sort it out with family"),
    L("Not now. Has our number"),
    L("Thought it was about medication. Not interested in groups"),
    L("Feels better since and wants the place to go to someone who needs it"),
    L("Said yes to please the doctor"));
SET(close_unable_notes,
    L("Three tries on different days, letter, no reply"),
    L("Number dead, nobody at the address, practice has nothing newer"),
    L("Calls, text and a card. Nothing back"));
SET(close_moved_notes,
    L("Moved to {Bolton|Wigan|Leeds|Bury}. Given the number of the team there"),
    L("Gone to live with family outside the borough"));
SET(close_elsewhere_notes,
    L("Already with a support worker who is doing all of this"),
    L("Adult social care have picked it up"),
    L("Charity at the hospital is seeing to it"));
SET(close_transferred_notes,
    L("Needs more than we can give. Mental health team have taken over, warm handover"),
    L("Early help team better placed, family agreed"));
SET(turned_away_notes,
    L("Lives outside the borough; we told the practice which team covers it"),
    L("Needs urgent medical care first. Rang the practice the same day"),
    L("Asks for personal care, passed to adult social care with agreement"),
    L("Waiting list is closed this month; practice asked to send again"),
    L("Already open to another link worker in the network"));

/* ---- safety */

SET(concern_notes,
    L("Disclosed pressure from a relative over money. Reported to adult safeguarding"),
    L("Bruise, explained and then explained differently. Reported, waiting to hear"),
    L("Children in the house at night on their own. Reported to the bridge team"),
    L("Partner answers every call and will not pass the phone. Reported"));
SET(safe_whys,
    L("Strategy meeting: activity away from the home is protective. Do not contact the address"),
    L("Safeguarding lead agrees, recipient told only what it needs"),
    L("Concern is about another member of the household, who has left"));

/* ---- the practice */

SET(gp_actions,
    L("none"), L("none"), L("none"),
    L("Medication review please, tired in the mornings"),
    L("Letter in support of housing application, asked for by the person"),
    L("Please update the telephone number on your record"),
    L("Double appointment if possible at next review"));
SET(signpost_reasons,
    L("Wants to ring in <her> own time"),
    L("Drop-in, no referral needed"),
    L("Number given for out of hours"),
    L("For a relative, not for <him>"));

/* ---- the person */

SET(about_me_lines,
    L("I like to be told things straight. I like my tea strong and my mornings slow."),
    L("Please give me time to answer. I am thinking, not ignoring you."),
    L("My faith and my garden matter most to me."),
    L("I was a {bus driver|nurse|joiner|dinner lady|machinist} for thirty years and I still like to be busy."),
    L("I don't like the telephone. I do like letters."),
    L("My dog comes first. If the dog likes you, so do I."),
    L("I am better after eleven. Before that I am no use to anyone."),
    L("Family is everything. I would like them to worry less about me."),
    L("I like to know who is coming and what they look like."),
    L("I used to sing. I would like to again."));
SET(contact_note_lines,
    L("Text first, does not pick up withheld numbers"),
    L("Do not leave messages with anyone else in the house"),
    L("Let it ring, takes a while to get to the phone"),
    L("Best after 11"),
    L("Daughter may answer, may be told who we are"),
    L("Ring the bell twice, then wait"));
SET(safe_times_lines,
    L("Weekdays 10 to 2 only"),
    L("While the children are at school"),
    L("Any time but Friday afternoon"),
    L("Mornings, partner works days"));
SET(communication_lines,
    L("Large print, 18 point"),
    L("Hard of hearing: face <him> and speak clearly, no shouting"),
    L("Easy read"),
    L("British Sign Language, text to arrange"),
    L("Needs written things read out, does not always say so"),
    L("Yellow paper, dyslexia"));
SET(adjustment_lines,
    L("Longer appointments"),
    L("Quiet room, away from the waiting area"),
    L("Ground floor only"),
    L("Someone to meet <him> at the door"),
    L("Same worker each time"));
SET(mobility_lines,
    L("Walks with a stick"),
    L("Uses a wheelchair outdoors"),
    L("Frame indoors, does not go out alone"),
    L("Short distances, needs to sit down"));
SET(impairment_lines,
    L("Low vision in both eyes"),
    L("Hearing aids in both ears"),
    L("Memory loss, writes things down"),
    L("Learning disability"),
    L("Autistic"));

/* ---- consent */

SET(refusal_reasons,
    L("Does not want anyone else to have <her> details"),
    L("Not given"),
    L("Bad experience of forms being passed round"),
    L("Would rather ring them in person"));
SET(withdrawal_reasons,
    L("Not given"),
    L("Changed <her> mind, no longer wants the group"),
    L("A relative works there"),
    L("Fell out with someone at the group"),
    L("Wants fewer people to know"));
SET(not_sought_reasons,
    L("Sent by the ward on the day of discharge, too unwell to be asked"),
    L("Referrer could not ask, person not at home; to be asked at first contact"),
    L("Interpreter not there on the day"));
SET(best_interest_reasons,
    L("Lacks capacity for this decision; meeting with family and memory nurse, company by day is in <her> interest"),
    L("Assessed for this decision; least restrictive way to keep <him> safe and fed at home"));
SET(legal_duties,
    L("Care Act 2014 section 42, safeguarding enquiry"),
    L("Homelessness Reduction Act 2017 section 213B, duty to refer"));

/* ---- what organisations write */

SET(reply_notes,
    L("Rang and left message"),
    L("Spoke on the phone, lovely person"),
    L("Booked in"),
    L("Will see at home first"),
    L("Started Tuesday group"),
    L("Coming with a friend"),
    L("Needs transport, sorted"),
    L("Doing well"),
    L("Attended 2 out of 3"),
    L("Asked for mornings"),
    L("Happy for you to tell them we'll be in touch \xe2\x80\x93 thanks"),
    L("Form filled in at caf\xc3\xa9 session"));
SET(decline_notes,
    L("Full until after {Christmas|Easter|the summer}, sorry"),
    L("Not our side of the A6"),
    L("Needs more support than our volunteers can give"),
    L("Rang 4 times no answer"),
    L("Funding for this one ended in {March|September}"),
    L("Said no thank you on the phone, polite"),
    L("We know them already, coming on Thursdays"));
SET(fail_notes,
    L("Stopped coming after 2 weeks"),
    L("Went into hospital"),
    L("Could not get hold of them since the {10th|21st}"),
    L("Not the right thing in the end, no hard feelings"));
SET(complete_notes,
    L("All 6 sessions done"),
    L("Award in payment, \xc2\xa3{62-118} a week"),
    L("Rails fitted, keysafe fitted"),
    L("Regular now, comes on the bus"),
    L("Advice given, will come back if needed"),
    L("Finished the course, certificate and everything"),
    L("Helps out on Wednesdays now"));
SET(waiting_notes,
    L("About {4|6|8} weeks"),
    L("Next course in {January|April|September}"),
    L("Third on list"));
