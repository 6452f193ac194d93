/* SPDX-License-Identifier: MIT
 *
 * The body: moving more, weight, falls, long-term conditions, smoking, sexual health.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"physical_activity", "Pre-diabetic, HbA1c {43|44|46}. Inactive since knee. Motivated if not a gym. Please refer for activity."},
    {"physical_activity", "Chronic back pain, MRI clear. Needs to keep moving and has lost confidence. Please help find something gentle."},
    {"weight", "BMI {34|36|38}, wants to lose weight before knee operation. Tried slimming clubs. Would like support with food and moving more."},
    {"falls", "Two falls at home in three months, no fracture. Physio done. Now afraid to go out. Balance class please."},
    {"long_term_condition", "New type 2 diabetes, overwhelmed by the leaflets. Peer support would be helpful."},
    {"long_term_condition", "Long COVID {14|18} months, discharged from clinic. Struggling with pacing. Please support."},
    {"smoking", "COPD, {25|30}/day, ready to try again. Lives with two smokers."},
    {"sexual_health", "Young adult, repeated attendance at walk-in. Would benefit from a supportive conversation and signposting. Discreet contact please."},
};
static const struct line self[] = {
    {"physical_activity", "I would like to walk with other people who are as slow as me."},
    {"weight", "I don't want to be weighed in front of anyone. I know what to eat, I just eat it all."},
    {"falls", "Since I fell in the bathroom I hold on to everything. I have stopped going upstairs."},
    {"long_term_condition", "Nobody tells you how tired you get. I would like to meet someone who has it too."},
    {"smoking", "I have stopped four times. I want the fifth to be the last one."},
};
static const struct line other[] = {
    {"physical_activity", "Physiotherapist: finished rehab, will lose it all by Christmas unless there is something to go to. Very willing."},
    {"falls", "Ambulance crew: non-injury fall, third call-out. House is tidy, person is frightened. Agreed to a visit."},
    {"long_term_condition", "Respiratory nurse: does the exercises here, does none at home. A group near home would make the difference."},
    {"weight", "Pharmacist, after a blood pressure check: asked about help with weight before I had brought it up. Number checked."},
    {"long_term_condition", "At home: <she> reads the leaflets to me every night. <She> needs somebody else to read them to, and so do I."},
    {"", "Community matron: housebound by habit more than by illness. Would go out with someone. Knows about this call."},
};
static const struct line first[] = {
    {"physical_activity", "First call, {25|30} mins. Hates gyms, mirrors and anyone called an instructor. Used to dance at the Ritz. So: dancing."},
    {"physical_activity", "Met at the surgery. Walks to the shop and back, {400|600} steps, sits on the wall halfway. Would like to do it without the wall."},
    {"weight", "Phone, 35 mins. Worst time is after the late shift. Cooks for {four|five} and finishes the plates. Did not talk about weight much, at <her> request. Talked about the dog needing a walk."},
    {"falls", "Home visit. Furniture walks: chair, door, sideboard, chair. Showed me exactly where it happened. Not been upstairs for {five|six|nine} weeks. Wants a bath. That's the goal."},
    {"long_term_condition", "First visit. Tablets in an ice-cream tub, leaflets in a drawer, none of it makes sense together. <name> would rather hear it from someone who has it. Peer group talked about, liked the sound."},
    {"long_term_condition", "Phone in two halves of 15 mins, because of the fatigue. Paced it together. <She> was a runner. Still is, in <her> head."},
    {"smoking", "Met on the bench outside, where <she> was smoking, which we both thought was funny. First one is at {6.10|6.40|7} with the kettle. Ready to try."},
    {"sexual_health", "Short call at the time asked for. Friendly, a bit embarrassed, so I went first. Went through where is open late and what they do and don't ask."},
};
static const struct line middle[] = {
    {"physical_activity", "Chair exercise at <org>. Said it was \"for old people\" and then that it ached, in the nice way."},
    {"physical_activity", "Health walk {one|two}. Sat on the wall. The whole group sat on the wall."},
    {"physical_activity", "Missed two weeks with the {knee|chest|cold}. Worried about going back. Leader from <org> rang <him> personally, which did it."},
    {"physical_activity", "Up to {2,100|2,600|3,200} steps. Pedometer goes on before the glasses."},
    {"physical_activity", "Tea dance. <name> has not forgotten a thing. Queue of partners."},
    {"weight", "Down {3|4|5} lb, did not want it written down, then did."},
    {"weight", "Cooking group at <org>. Learned that a portion of rice is not a pan."},
    {"weight", "Up again. Nights, biscuits, the usual. Talked about what else is sweet. Baths. Radio. Grapes."},
    {"weight", "The dog has lost weight. This counts."},
    {"falls", "Balance class first session with <org>: stood on one leg for {four|six} seconds, holding on. Grinning."},
    {"falls", "Stepped into the bath with the OT watching and the rail in. Sat in it for forty minutes."},
    {"falls", "Near miss on the back step. Paint strip and handrail asked for. Went out the front for now."},
    {"falls", "Up the stairs today, one hand. Found {a jumper|a library book|two umbrellas} <she> had been missing since {June|March|autumn}."},
    {"long_term_condition", "First time at the group. Sat by a man who was diagnosed the same week. They have swapped numbers and graphs."},
    {"long_term_condition", "Pacing diary is honest now. Good day, then {two|three} bad. Spreading the good day out is the work."},
    {"long_term_condition", "Diabetic nurse pleased: {52|55|58} from {66|71}. <name> more pleased about understanding what it means."},
    {"long_term_condition", "Flare-up. Cancelled everything but me. Fifteen minutes, mostly about the cricket."},
    {"smoking", "Quit date set for {the 1st|Monday|after the wedding}. Patches in the cupboard. Ashtray in the bin."},
    {"smoking", "Day {9|12|17}. Foul temper, very proud."},
    {"smoking", "Had one at the funeral. One. Back on the patches the same night."},
    {"sexual_health", "Went to the clinic, all fine, they were \"actually sound\". Asked about the group on Thursdays."},
    {"sexual_health", "Rang at the agreed time. Sorted with the clinic about reminders: text only, no name on them."},
    {"", "Chased <org>. Form is with them, they want a line from the GP about {blood pressure|the heart|blood sugar}. Asked <practice>."},
    {"", "GP letter done and sent on. <org> say start of {next week|the month}."},
    {"", "Rang, no wind today so out in the yard doing the {exercises|marching}. Called me back puffed."},
    {"", "Transport fell through so missed class. Sister will take <him> from now on. Should have asked in the first place."},
    {"", "Met after class. Red in the face, bag of oranges, had been invited to a sixtieth."},
    {"", "Phone, 10 mins. Going. Nothing else to report, which is the report."},
};
static const struct line last[] = {
    {"physical_activity", "Last one. No wall. Walked me to my car and then carried on."},
    {"weight", "Closing. Trousers taken in. Still does the cooking group, now peeling for others."},
    {"falls", "Closed. No falls since {April|July|the class started}. Bath twice a week."},
    {"long_term_condition", "Closing by agreement. Co-runs the group on alternate months. Knows whom to ring when it flares."},
    {"smoking", "Twelve weeks. CO reading of {2|3}. Closing, number kept."},
    {"sexual_health", "Closed by text at <her> request. Knows where to go."},
    {"", "Review and close. What has changed most: \"I say yes now.\""},
    {"", "Ended at the class, in front of everyone, at their insistence. There was a card."},
};
static const struct line goals[] = {
    {"physical_activity", "To walk to the precinct without stopping"},
    {"weight", "To be light enough for the operation"},
    {"falls", "To have a bath upstairs and not be frightened"},
    {"long_term_condition", "To understand my illness and plan round it"},
    {"smoking", "To be a non-smoker by the summer"},
    {"", "To have more energy in the afternoon"},
    {"", "To do something for myself twice a week"},
    {"sexual_health", "To know where to go and feel all right about going"},
};
static const struct line actions[] = {
    {"physical_activity", "Go to the health walk and sit on the wall as often as I like"},
    {"weight", "Plate up the leftovers before I sit down"},
    {"falls", "Do the sit-to-stand exercise with the kettle on"},
    {"long_term_condition", "Keep the pacing diary for two weeks"},
    {"smoking", "Put the first one back by half an hour each week"},
    {"", "Try <org> three times before deciding"},
    {"", "Lay my kit out the night before"},
    {"sexual_health", "Ring the clinic on {Tuesday|Wednesday} between two and four"},
};
static const struct line summaries[] = {
    {"physical_activity", "Has not exercised for years. Knee pain, can manage gentle walking. No gyms please. Would like company."},
    {"weight", "Wants to lose weight ahead of an operation. Does not want to be weighed in a group. Works shifts."},
    {"falls", "Two falls, no fracture. Has a rail and a stick. Frightened of stairs. Strength and balance wanted."},
    {"long_term_condition", "Newly diagnosed and would like to meet others. Tires in the afternoon."},
    {"smoking", "Ready to stop, has tried before. Others at home smoke. Text messages welcome."},
    {"sexual_health", "Would like a confidential conversation. Text first, at the time given."},
    {"", "Wants to be more active at own pace. Will need a friendly face the first time."},
};
const struct word_family body_words = {
    .needs = "physical_activity,weight,falls,long_term_condition,smoking,sexual_health",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
