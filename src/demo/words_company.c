/* SPDX-License-Identifier: MIT
 *
 * Company: loneliness, loss, hobbies, faith.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"isolation", "Frequent attender, nothing acute. Lives alone since {partner died|divorce|moving here}. I am the only person seen most weeks. Please befriend / groups."},
    {"isolation", "Lonely. Says the telly is on for the voices. Bright and chatty, walks with a frame. Would enjoy company."},
    {"isolation", "Moved to be near daughter who then took a job away. Knows nobody. PHQ {9|11|12}. Declines medication, keen on social prescribing."},
    {"bereavement", "Bereaved {4|5|7} months ago after long illness, was the carer. Not sleeping, not depressed. Please consider bereavement support."},
    {"bereavement", "Lost son two years ago. Has not been back to the shops near the school. Would like to talk to others who know."},
    {"arts_nature", "Retired early on health grounds, at a loss. Used to paint. Would do well in a group with a purpose."},
    {"faith_culture", "New to area, has not found a {mosque|church|synagogue|gurdwara} yet and misses the community. Low mood. Please link."},
    {"volunteering", "Recovering well, wants to give something back. Please help find volunteering at the right pace."},
};
static const struct line self[] = {
    {"isolation", "I can go from Friday to Monday and not say a word to anyone. I am not ill, I am just on my own."},
    {"isolation", "Everybody I used to knock about with is gone or gone doolally. I'd like a game of dominoes."},
    {"bereavement", "People stopped asking after the funeral. I would like to talk to somebody who isn't in the family."},
    {"arts_nature", "I used to grow my own veg and since I moved to the flat I have a windowsill. I miss having soil under my nails."},
    {"faith_culture", "I would like to hear my own language once a week. That's all."},
    {"volunteering", "I have got time and I can make a decent brew. There must be someone who needs that."},
};
static const struct line other[] = {
    {"isolation", "Postman, through the parish hall: <she> waits for me at the gate every day and it is not about the post. Told <him> about you and got a yes."},
    {"isolation", "Ward sister: no visitors in {nine|twelve} days, asked us whether <she> could stay. Home now, agreed to a call from the link worker."},
    {"bereavement", "Funeral director: <she> <has> come in three times since to ask the same question. <She> would like a visit."},
    {"", "Sheltered scheme manager: used to run the bingo, has not been downstairs since {Easter|the summer|Christmas}. Said \"if they want to come, they can\"."},
    {"faith_culture", "Parish nurse: came to the coffee morning once, left when it got loud. Would do better in something small."},
    {"", "Son in Aberdeen: says everything is fine. It is not fine. Has agreed to a phone call to shut me up, quote."},
};
static const struct line first[] = {
    {"isolation", "First call, {45|50} mins, which <she> said was the longest <she> had spoken for since {Sunday|last week|the hospital}. Hoarse by the end. Has thought about groups but can't walk into a room on <her> own."},
    {"isolation", "Home visit. Two chairs set out, one plainly never used. <name> was a {bus driver|school cook|machinist|welder|dinner lady} for {thirty|twenty-six} years and misses being shouted at. Likes: dominoes, Country and Western, arguing about football."},
    {"isolation", "Met in the cafe by the precinct. <She> got there half an hour early to practise sitting in it. Brave."},
    {"bereavement", "Visit. Coat still on the hook in the hall. <name> talked about the last week and then about the first one, {1968|1974|1981}, the Palais. I mostly listened. Not ready for a group. Asked me to come again."},
    {"bereavement", "Phone. Kept apologising for crying. Said there is no need. Works nights so as not to be in the house in the evening. Agreed to one-to-one, not a circle of chairs."},
    {"arts_nature", "Met at the allotment gate, <she> knew the name of everything. Hands shake so pots are hard. Will ask about raised beds."},
    {"faith_culture", "First meeting with interpreter on the phone. <name> has been here {seven|ten|fourteen} months. Would like somewhere to pray on Fridays and someone to cook with. Laughed at my attempt at hello."},
    {"volunteering", "Met at the library. <name> has a two page CV from {1998|2003} and a good heart. Can do {mornings|two hours at a time}, needs to sit."},
    {"", "First call. <name> asked what I was selling. Took a while. By the end had told me about the dog, the late dog, and the one before that."},
};
static const struct line middle[] = {
    {"isolation", "Went with <him> to <org> for the first time. Stood in the doorway for a bit. A woman called across \"are you coming in or holding it up?\" and that did it. Stayed for {two hours|the raffle}."},
    {"isolation", "Did not go back this week. \"It was raining.\" It wasn't. Agreed that the second time is worse than the first and that I'll meet <him> at the bus stop."},
    {"isolation", "Third week running at <org>, went on <her> own. Has been asked to keep score."},
    {"isolation", "Befriender from <org> matched: both Rovers, both suffering. First visit {Wednesday|Thursday}."},
    {"isolation", "Telephone friendship line set up for Sundays, which is the long day."},
    {"isolation", "Rang on the off chance. <name> out. Out! Left a message saying how pleased I was that <she> wasn't in."},
    {"bereavement", "First session with <org> yesterday. Said it was like being sick, awful and then better. Going again."},
    {"bereavement", "Anniversary coming up on the {3rd|11th|19th|26th}. Made a plan: {cemetery in the morning|the beach|church}, then not home alone. Will ring in the evening."},
    {"bereavement", "Rang on the evening of the anniversary as agreed. Quiet day, went all right. Had put the good plates out."},
    {"bereavement", "Took the coat to the hospice shop. Asked me to wait in the car. Took the long way round after."},
    {"arts_nature", "Raised bed allotted through <org>, waist high. Onions, against advice."},
    {"arts_nature", "Painting group moved to the upstairs room and the lift is out. <name> very low about it. Asked <org> if the ground floor can be had."},
    {"arts_nature", "Brought me a {drawing of the canal|watercolour of the church|pot of chutney}. It is on my desk."},
    {"faith_culture", "Friday meal at the {centre|mosque|church hall} with <org>. Knew one of the women from the bus. Came back with food for four."},
    {"faith_culture", "The language cafe wants <him> to help with the beginners. Blushed, said yes."},
    {"volunteering", "Induction at <org> done, DBS form in. Needed {two|three} forms of address and found them at the bottom of the biscuit tin."},
    {"volunteering", "First shift. Four brews, one of them with salt. They want <him> back."},
    {"", "Phone, 20 mins. Nothing in particular, which is a good sign. Next group is on the {5th|12th|18th}."},
    {"", "Bad fortnight. Cancelled {both|everything}. Didn't want to talk so I talked about the weather and the bins and said I would ring on {Tuesday|Thursday} at {ten|two}. \"You had better.\""},
    {"", "Rang at ten as promised. Picked up before the second ring."},
    {"", "Visited. Hair done. First time I have seen <him> in a colour."},
    {"", "<name> fell out with somebody at <org> over the seat by the radiator. Took both sides seriously. They are sharing it by the week."},
    {"", "Chased <org> about the place: there is a waiting list of {5|6|8} weeks. <name> said \"I've waited longer for a bus\". Offered the Thursday drop-in meanwhile."},
    {"", "Letter from the eye clinic, worried <she> will lose {reading|driving|the telly}. Rang the low vision nurse together. Talking books ordered."},
    {"", "Met the daughter by accident on the step. She hadn't known how bad it was. <name> winked at me."},
    {"", "Group outing to {Southport|the Lowry|the garden centre|Dunham}. Legs bad, face good."},
    {"", "Text with a photo of a {cake|dog|scarf|sunflower}. No words. Sent a thumbs up."},
};
static const struct line last[] = {
    {"isolation", "Last visit. Diary on the table with something in it on {three|four} days out of seven. I had to book in. Closing."},
    {"isolation", "Closing call. \"You can go and bother somebody else now, love.\" Delighted."},
    {"bereavement", "Final session. Still cries and says so. Has made one friend at <org> who cries as well, and they go for chips. Closing by agreement."},
    {"arts_nature", "Closing. Two pictures in the Easter show, one sold to {the vicar|a stranger|a dentist}."},
    {"faith_culture", "Closed. Has keys to the {kitchen|hall}, which is how you know."},
    {"volunteering", "Closing, on the rota until {Christmas|summer}. Reference written."},
    {"", "Ended by phone, 15 mins. Loneliness {9|8} out of 10 when we started, {3|4} today. The rest is Sundays."},
    {"", "<name> said it was time, before I did. Number on the fridge just in case."},
};
static const struct line goals[] = {
    {"isolation", "To have somewhere to go on two days of the week"},
    {"isolation", "To have someone who would notice if I didn't turn up"},
    {"bereavement", "To be able to say the name without it ruining the day"},
    {"arts_nature", "To make something with my hands again"},
    {"faith_culture", "To pray with others on a Friday"},
    {"volunteering", "To be useful for a few hours a week"},
    {"", "To look forward to something"},
    {"", "To know my neighbours' names"},
};
static const struct line actions[] = {
    {"isolation", "Go to the {Tuesday|Thursday} group once with my link worker and once without"},
    {"isolation", "Sit in the cafe for one coffee, with or without talking"},
    {"bereavement", "Write down what I would like to say before the first session"},
    {"arts_nature", "Look at the raised beds and pick one"},
    {"faith_culture", "Ask at the centre which day the families come"},
    {"volunteering", "Find two proofs of address"},
    {"", "Ring <org> myself and ask who to look out for"},
    {"", "Say hello to the woman at number twelve"},
};
static const struct line summaries[] = {
    {"isolation", "Lives alone, sees no one most days. Sociable once in the room, needs to be met at the door the first time."},
    {"isolation", "Would like a visitor or a phone friend. Hard of hearing, speaks up if asked. Likes football and cards."},
    {"bereavement", "Bereaved this year. Prefers one to one. Sleeps badly, is safe. Afternoons best."},
    {"arts_nature", "Would enjoy a making or growing group. Hands shake, sitting is better. No experience needed to be shown off."},
    {"faith_culture", "Looking for community and a place to pray. Speaks some English, would welcome someone who shares the language."},
    {"volunteering", "Wants to volunteer, a few hours, seated if possible. References can be had."},
    {"", "Wants company. Nervous of new places, fine once there. Please use first name."},
};
const struct word_family company_words = {
    .needs = "isolation,bereavement,volunteering,arts_nature,faith_culture",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
