/* SPDX-License-Identifier: MIT
 *
 * Money: benefits, debts, legal trouble.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"", "Struggling with money since {stopping work|the PIP review|the reassessment}. Anxious ++ about letters. Would benefit from link worker support please."},
    {"money_debt", "Presented with poor sleep and chest tightness, ECG normal. Disclosed debts of around £{4-19},000 and avoids the post. Please support."},
    {"money_debt", "Bailiff letters received, tearful in clinic. No thoughts of self-harm today. Please could you see {soon|urgently if possible}."},
    {"welfare_benefits", "Recent diagnosis, no longer able to work. Has never claimed anything and does not know where to start. Benefits check please."},
    {"welfare_benefits", "PIP stopped after review. Asking surgery for letters. I have explained we cannot do this, please help with appeal and wellbeing."},
    {"welfare_benefits", "Pensioner living alone on basic pension, heating off, BMI dropping. ?entitled to pension credit and attendance allowance."},
    {"legal", "Neighbour dispute now in the hands of solicitors, huge stress, BP up. Needs independent advice rather than more tablets."},
    {"", "Third appointment this month, all social: rent, benefits, council tax. Agrees to referral. Prefers phone calls in the morning."},
};
static const struct line self[] = {
    {"", "I keep going round in circles with the DWP and nobody rings me back. I just want somebody to sit with me and go through it."},
    {"money_debt", "I have a carrier bag of letters I have not opened. I know I have to but I can't face it on my own."},
    {"money_debt", "They are taking money off my universal credit for something I don't understand and I am left with £{38-74} a week."},
    {"welfare_benefits", "My sister said I should be getting help since my stroke but the form is {40|50} pages and I can't hold a pen for long."},
    {"legal", "I have had court papers and I don't know if I have to go. I would like someone to explain it in plain English."},
};
static const struct line other[] = {
    {"", "Housing officer: rent arrears of £{420-1900}, tenant does engage on the doorstep but says forms make <him> panic. Consent given verbally."},
    {"", "Neighbour: <she> used to be so particular and now I see the curtains shut all day. <She> told me <she> <was> frightened of the bailiffs. <She> said I could ring you."},
    {"", "District nurse: found no gas on the meter on two visits and final demands on the table. Happy to be contacted, house-bound."},
    {"welfare_benefits", "Daughter: turned down for attendance allowance twice, with no way of getting in the bath. Too proud to ask. Knows I am ringing."},
    {"", "Jobcentre work coach: claimant has missed two appointments and is close to a sanction. Says there is a lot going on at home. Agreed to a call."},
    {"legal", "Food club volunteer: <she> showed me an eviction notice folded up very small. I said I knew somebody who could help."},
};
static const struct line first[] = {
    {"", "First call, {35|40|50} mins. <name> was wary to start with and asked twice who I work for. Explained what I can and can't do. <She> said it was a relief that someone rang when they said they would."},
    {"money_debt", "Met at {the library|home|the community cafe}. <She> brought the letters in a carrier bag. Sorted them into three piles together: real, junk, and already sorted. Real ones came to {4-11}. Owed about £{2-14},{200|450|600|800} in all, council tax the one that worries <him> most."},
    {"money_debt", "Long first call. Loan taken to pay for {a sister's|an uncle's|a family} funeral and it ran away from there. Not eating properly so as to pay the doorstep man on Fridays. Agreed to stop answering the door to him. Needs looked at: debt first, then food."},
    {"welfare_benefits", "Home visit. Flat was cold. <name> has a folder with every letter since {2019|2021|2022} in date order, so evidence is not the problem, confidence is. Went through what a benefits check is. Wants to go ahead."},
    {"welfare_benefits", "Phone, 30 mins. Lives on £{84-129} a week after rent. Had no idea <she> could ask for a reconsideration. Deadline is in {9-19} days so this comes first."},
    {"legal", "First meeting at the surgery. Court papers are real and there is a hearing date in {3-7} weeks. Did not promise anything about the outcome. <She> agreed to get proper legal advice and I will go along to the first one."},
    {"", "Introduced myself by phone, <she> asked me to ring back at {11|half two} because there were people in. Rang back: main worry is money, and behind it the sleep. Asked what a good week would look like. \"A week with no brown envelopes.\""},
    {"", "Visited. Kettle on before I sat down. <name> talked for an hour, mostly about the job <she> lost. Only at the end mentioned the arrears. Agreed we would start with one letter, not all of them."},
};
static const struct line middle[] = {
    {"money_debt", "Rang the council tax office together on speaker. They put the account on hold for {28|30} days. <She> did the talking after the first minute."},
    {"money_debt", "Breathing space application gone in through <org>. Explained that the {calls|letters} should stop for 60 days and what to do if they don't."},
    {"money_debt", "Income and expenditure done at the kitchen table, took two cups of tea. Comes out £{14-46} a week short before food. <She> went quiet. Said that seeing it written down is better than the not knowing."},
    {"money_debt", "<She> has had a token payment of £{1|3|5} a month agreed by two of the {4-6} creditors. Still waiting on the catalogue one."},
    {"money_debt", "Doorstep lender came back. <name> did what we said, told him through the letterbox it is with the adviser, and rang me straight after, shaking but proud."},
    {"welfare_benefits", "Started the PIP form, got to question {5|7|9}. <She> plays everything down: \"I manage\". Asked how long it takes to get dressed and it came to {45|50|70} minutes. Wrote that down."},
    {"welfare_benefits", "Attendance allowance form finished and posted from the shop downstairs, kept the receipt. {Six|Eight|Ten} weeks to wait now."},
    {"welfare_benefits", "Mandatory reconsideration refused. <name> wanted to leave it. Talked about tribunal and that {most people|a lot of people} who go do get something. Sleeping on it."},
    {"welfare_benefits", "Benefits check came back: should have had pension credit since {spring|last year}. Backdated to 3 months. <She> asked if there had been a mistake."},
    {"welfare_benefits", "Award letter came. Standard rate both parts, £{101-118} a week. <She> read it to me twice over the phone. First thing: getting the washer mended."},
    {"welfare_benefits", "UC journal sorted with <him> on <her> phone. Forty minutes for one message. Showed <him> how to take a picture of a fit note."},
    {"legal", "Went along to the appointment with <org>. Adviser thinks there is a defence because of the dates. <name> understood it better than I did."},
    {"legal", "Hearing was adjourned to next month. <She> had not slept. Did the breathing together in the corridor which <she> said was daft but worked."},
    {"", "Short call. <name> was in the middle of cooking. Nothing back from <org> yet. Said I would chase on {Thursday|Monday} and ring either way."},
    {"", "Chased <org>. They have <him> down for a slot on the {4th|9th|17th|22nd}. Told <name> what to bring: ID, last {two|three} bank statements, the red letter."},
    {"", "Fuel voucher through the food club, £{28|49}, on the meter while we were on the phone."},
    {"", "<She> forgot the appointment with <org>. Upset with <self>. They will see <him> again and I have put it in <her> phone with an alarm."},
    {"", "Saw <name> at the surgery, {20|25} mins. Looks less tired. Has opened {three|four} letters on <her> own this week and left one for me, \"the one with the crown on\"."},
    {"", "Text to say <org> had been brilliant. Rang to ask how. \"They didn't make me feel thick.\""},
    {"", "Bad week. Son's {hours were cut|car failed its MOT} and <she> has lent him the rent. Talked about how to say no. Not there yet and that is fine."},
    {"", "Went through what is left: council tax on a plan, water on the cheap tariff, catalogue to go. Three down from seven."},
    {"", "<name> asked me to stop texting about letters after 5 because it spoils the evening. Quite right. Noted."},
    {"", "Budget sheet is on the fridge. <She> has changed half of it, all for the better. Cut the smokes to pay for the bus to <her> {mum's|sister's}."},
    {"money_debt", "Water company scheme accepted <him>, bill down to £{11-17} a month. Small win, said so."},
    {"welfare_benefits", "Assessor rang out of the blue and <name> told them <she> was fine. Rang back together and asked for a paper-based review because of <her> anxiety. They agreed."},
    {"", "Met in the cafe. <name> paid for the tea, would not hear otherwise. Benefits in place since the {6th|13th|20th}. Talked about what next and <she> said, for the first time, that <she> is lonely."},
};
static const struct line last[] = {
    {"", "Last session. Looked back at the carrier bag from {the spring|the first visit|last year}. One letter in it now and it's from the dentist. Closing with <her> agreement, number given if it starts again."},
    {"money_debt", "Final call. Debt relief order {granted|approved}. <She> has framed the letter, half joking. Knows how to come back."},
    {"welfare_benefits", "Closing today. Award in place until {2027|2028|2029}, renewal date written on the calendar in red. <name> said to thank the doctor."},
    {"", "Closing call, {20|25} mins. Not everything is fixed but <she> knows who to ring for what. Wanted me to put that <she> did the phone calls <self>. So I am putting it."},
    {"legal", "It settled out of court. <name> slept eight hours. Closing, GP told."},
    {"", "<She> did not need the last appointment, <was> at a job club. Agreed by phone to close. Good outcome."},
    {"", "Review and close. Scored <her> worry about money {8|9} when we met and {3|4} today. Still behind on one bill, plan in place with <org>."},
};
static const struct line goals[] = {
    {"", "To open my post on the day it comes"},
    {"money_debt", "To know exactly what I owe and to whom, and stop the calls"},
    {"welfare_benefits", "To get what I am entitled to and not have to fight for it on my own"},
    {"", "To have something left on a Thursday"},
    {"", "To be able to put the heating on without counting"},
    {"legal", "To understand the papers and be ready for the hearing"},
    {"", "To sleep through without thinking about money"},
    {"", "To pay for a birthday present without borrowing"},
};
static const struct line actions[] = {
    {"", "Put every letter in the blue folder, unopened if need be, and bring it"},
    {"", "Ring <org> on Monday morning with my link worker on the line"},
    {"money_debt", "Write down what comes in and goes out for two weeks"},
    {"welfare_benefits", "Fill in a page of the form a day, no more"},
    {"welfare_benefits", "Ask the practice for a print-out of my medication"},
    {"", "Set up the payment plan for the council tax"},
    {"legal", "Take the papers to the advice session and ask what happens next"},
    {"", "Tell my son I can't lend him any more this month"},
};
static const struct line summaries[] = {
    {"money_debt", "Several debts, council tax the most pressing. Has letters sorted and to hand. Finds forms hard, talks well by phone. Would like help to agree payments."},
    {"money_debt", "Priority debts including rent. Breathing space may be right. Please see soon; bailiff stage."},
    {"welfare_benefits", "Needs a full benefits check and help with a form. Long-term health condition limits walking and standing. Evidence available."},
    {"welfare_benefits", "Decision to be challenged, deadline within the month. Has the decision letter. Please ring rather than write."},
    {"legal", "Has papers with a date on them and does not understand them. Needs advice before then. Will come with a link worker."},
    {"", "Money worries affecting sleep and health. Wants one person to deal with. Mornings are best."},
};
const struct word_family money_words = {
    .needs = "welfare_benefits,money_debt,legal",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
