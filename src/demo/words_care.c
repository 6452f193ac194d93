/* SPDX-License-Identifier: MIT
 *
 * Care: looking after someone, dementia, self-neglect, family life.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"caring", "Full-time carer for {husband|wife|mother} with Parkinson's. Exhausted, BP up, cancels own appointments. Carer's assessment and a break please."},
    {"caring", "Carer, 80s, caring for spouse with dementia. Will say everything is fine. It is not. Please visit rather than ring."},
    {"dementia", "New diagnosis of Alzheimer's, early. Both keen to know what is out there. Please see together."},
    {"dementia", "Memory clinic follow up. Lives alone, meals forgotten. Daughter visits weekly. Best interests discussion may be needed."},
    {"self_neglect", "Seen at home for leg ulcer. Floor not visible. Declines social care, accepts nurse. Capacity not in doubt today. Would see a link worker."},
    {"self_neglect", "Missed {three|four} reviews, matted hair, smells of damp. Polite, articulate, ashamed. Please go gently."},
    {"parenting", "Parent of three under 5, low since birth of youngest. HV involved. Nobody to leave them with. Please link with groups."},
    {"parenting", "Single parent, new to it. Coping but alone with it. Would go to something small."},
};
static const struct line self[] = {
    {"caring", "I haven't been to the dentist for {four|six} years because I can't leave the house. I just need two hours."},
    {"caring", "I love them to bits and I could scream. I would like to talk to someone who won't be shocked."},
    {"dementia", "They have told me I have got it. I would like to carry on doing the shopping as long as I can."},
    {"self_neglect", "I know what the house looks like. I don't know where to start and I don't want a skip outside."},
    {"parenting", "By teatime I have not spoken to an adult. I need to get out of the house with the pram and have somewhere to go."},
};
static const struct line other[] = {
    {"caring", "Daughter: <she> <has> been caring day and night for {nine|eleven} years and <has> started forgetting to eat. <She> will say no to you the first time. <She> said I could tell you that."},
    {"dementia", "Warden: knocks at two in the morning to ask if it's time for work. Retired in 1994. Family have been told and want help."},
    {"self_neglect", "Fire and rescue: high fire load, narrow route through the hall. Person cheerful, agreed to referral if it's \"not the council\"."},
    {"self_neglect", "Neighbour: we used to share a fence and now we share the rats. A lovely person. I have leave to ring you."},
    {"parenting", "Health visitor: bonding fine, parent isolated, family overseas. Walks past the group every week and doesn't go in."},
    {"caring", "School nurse: father caring alone for two with additional needs. Turns up for everything. Asked for nothing until today."},
};
static const struct line first[] = {
    {"caring", "First visit, both present. <name> answered for both of them, then walked me to the gate and told me the truth in {four|five} minutes. Has not slept through since {the fall|the diagnosis|Christmas}. Wants two hours on a Wednesday."},
    {"caring", "Phone, in bits between the bell going. Thinks a carer is someone who is paid. Explained what a carer's assessment is and that it is not a test."},
    {"dementia", "Visited with <her> daughter there. <name> made the tea and it was fine. Knows what is coming and would rather know. Wants to keep: shopping, {bowls|church|the dog}, the key. We started a list called \"Still do\"."},
    {"dementia", "First meeting. <She> asked me who I was {three|four} times and was charming each time. Photos on every door. The family asked me, on the step, what happens at night."},
    {"self_neglect", "Visit at the door only, {15|20} mins, as agreed. <She> stood in front of the hall. Talked about the roses. I can come back on {Tuesday|Thursday} as long as I don't bring anyone."},
    {"self_neglect", "Let in today. One chair, kept clear for the nurse. <name> said \"go on, say it\" and I said I liked the clock. We start with the sink."},
    {"parenting", "Met at the children's centre, baby asleep on <him> throughout. <She> has been in that building {twice|three times} and turned round in the porch. Went in together."},
    {"parenting", "Home visit. Loud, warm, chaos. <name> apologised for everything in sight. Told <him> I have seen worse at my own house."},
};
static const struct line middle[] = {
    {"caring", "Carer's assessment done with <org>. Two hours a week agreed, from {the 7th|the 15th|next month}. <name> asked what people do with two hours."},
    {"caring", "First Wednesday off. Sat in the car outside the house for most of it. Said that was lovely."},
    {"caring", "Carers' group at <org>. Came home with a recipe, a number for incontinence pads, and a joke I can't write here."},
    {"caring", "Bad night, ambulance, home by morning. <name> rang me at nine to cancel and ended up talking for half an hour."},
    {"caring", "Emergency card in <her> purse now: who to ring if something happens to <him>. Wishes <she> had had it years ago."},
    {"caring", "<name> had <her> own appointment at the dentist. {Two|Three} fillings and delighted."},
    {"caring", "Sitter from <org> was late, it all got in a state. Rang the coordinator, they were decent about it. Same sitter every week from now on."},
    {"dementia", "Went to the memory cafe with both of them. Singing. <name> knows all the second verses."},
    {"dementia", "Labels on the cupboards, by <him>, with drawings. The kettle is marked HOT and the cat is marked CAT."},
    {"dementia", "Lost on the way back from the shop, brought home by a lad on a bike. Shaken. Talked about the tracker; daughter keen, <name> thinking about it. <Her> decision."},
    {"dementia", "Power of attorney forms, with <org>. <She> understood it and said in front of the witness exactly what <she> does not want. Wrote it down word for word."},
    {"dementia", "Good day. Told me about the mill. I had heard it and it was better this time."},
    {"self_neglect", "Sink done. Took two visits. <name> washed a cup and gave me tea in it."},
    {"self_neglect", "One bag. Eleven went back. One bag is one bag."},
    {"self_neglect", "Fire service fitted the alarm and moved nothing else, as promised. They were brilliant with <him>."},
    {"self_neglect", "Door not opened today, heard <him> in the hall. Put a card through. Not pushing, will go on {Friday|Monday}."},
    {"self_neglect", "<org> are coming weekly now, same two people. Front room has a floor, it's parquet."},
    {"self_neglect", "Nurse says leg is healing. Slipper on both feet. Talked about a haircut."},
    {"parenting", "Stay and play at <org>, third week. Sat on the floor, which is how you can tell."},
    {"parenting", "HV says weight gain good. <name> was told \"you're doing fine\" and wrote it on the calendar."},
    {"parenting", "Saturday parents' group, only {four|five} of them, burnt bacon. Going again."},
    {"parenting", "Sleepless week, teeth. Cut it short and told <him> to go to bed as well."},
    {"parenting", "School uniform bank through <org>. Two blazers and a coat with room to grow."},
    {"", "Chased <org>: their visitor is off, new one from {Monday|the 11th}. Rang <name> before <she> could wonder."},
    {"", "Rang. Could hear it all going on behind. Two minutes, everyone alive, ring on {Tuesday|Thursday}."},
    {"", "Visited, {40|45} mins. Hard talk about what happens next year. Nobody cried until the biscuits."},
    {"", "Family meeting with all {three|four} of them on the sofa. <name> held the list and did the ticking."},
    {"", "Letter from <org>. Read it together. It says yes in the last line of page three."},
};
static const struct line last[] = {
    {"caring", "Closing. Wednesdays are swimming. Carers' group has <her> down for the minibus. Says \"carer\" without the face now."},
    {"dementia", "Last visit from me, <org> carry on. \"Still do\" list has nine things on it. One new: choir."},
    {"self_neglect", "Closed by agreement. I was offered the good chair and there were two to choose from."},
    {"self_neglect", "Last one. Skip did come in the end, <she> ordered it."},
    {"parenting", "Closing. <She> lets the new mums in at the porch, holds the door and says come on."},
    {"", "Ended with everyone in the room. They know who to ring and in what order."},
    {"", "Review and close. Not easier, <name> says, but not alone with it."},
    {"caring", "Final call. The move to the home was on {Friday|Monday}. <name> relieved, guilty, asleep. Carers' group knows. Closing in a fortnight unless <she> rings."},
};
static const struct line goals[] = {
    {"caring", "To have two hours a week that are mine"},
    {"caring", "To know what happens if I am taken ill"},
    {"dementia", "To keep doing my own shopping"},
    {"dementia", "To stay at home with the right help"},
    {"self_neglect", "To be able to have one person round for a cup of tea"},
    {"parenting", "To know two other parents by name"},
    {"", "To sleep through one night a week"},
    {"", "To be asked how I am"},
};
static const struct line actions[] = {
    {"caring", "Say yes to the sitter and go out, even if only to the car"},
    {"caring", "Fill in the emergency card"},
    {"dementia", "Put the labels up together"},
    {"self_neglect", "Fill one bag before {Thursday|Tuesday}"},
    {"parenting", "Go in through the porch"},
    {"", "Ring <org> while it is quiet in the house"},
    {"", "Write down what I would do with a free morning"},
};
static const struct line summaries[] = {
    {"caring", "Cares for a spouse round the clock, no break in months. Needs a regular sitter. Ring mid-morning."},
    {"caring", "Unpaid carer, never assessed. Would like to meet other carers. Cannot leave the house for more than an hour yet."},
    {"dementia", "Early dementia, wants to stay active. Spouse or daughter will come along. Speak to the person first."},
    {"dementia", "Lives alone with memory loss. Has family nearby. Please write everything down and leave it by the kettle."},
    {"self_neglect", "Living conditions have got very difficult. Accepts help from one person at a time. Go slowly, no photographs."},
    {"parenting", "Parent at home with small children, no family near. Would like a group; shy at the door."},
    {"", "Family under strain. Wants practical help and someone to talk to. Please ring before coming."},
};
const struct word_family care_words = {
    .needs = "caring,dementia,self_neglect,parenting",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
