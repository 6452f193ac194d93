/* SPDX-License-Identifier: MIT
 *
 * Young people under 16, whatever they need, and which family a need is of.
 */
#include "demo/words.h"

#include "onward/field.h"

static const struct line gp[] = {
    {"", "Young person, anxious, missing school on Mondays. CAMHS not indicated. Parent agrees to referral. Would like something outside school."},
    {"", "Tummy aches, all tests normal. Moved schools in {September|January}. Finding friends hard. Please see with a parent."},
    {"", "Self-conscious about weight, stopped PE. Mum supportive. Please find something fun that is not called exercise."},
    {"", "Young carer for mum, who has MS. Doing very well, never goes out. Please link with young carers."},
};
static const struct line self[] = {
    {"", "I want to do something that isn't school and isn't my phone. My mum said to write that."},
    {"", "I would like somewhere to draw where no one looks over my shoulder."},
};
static const struct line other[] = {
    {"", "School pastoral lead: eats lunch in my office every day. Lovely company. Needs company of own age. Parent has agreed."},
    {"", "Mum: used to be football mad, now won't come out of the bedroom. We both want this."},
    {"", "Youth worker: came twice, helped stack the chairs, hasn't been since. Would come with someone."},
};
static const struct line first[] = {
    {"", "Met at school with mum and the pastoral lead. <name> said four words, all polite. Drew while we talked: dragons, good ones."},
    {"", "Home visit, mum present. <name> agreed to say yes or no by card so as not to have to talk. Used \"yes\" for art club and put \"no\" face down on football."},
    {"", "First call with dad, then <name> came on for a minute. Likes: Minecraft, baking, the dog, not groups. We'll start with the dog."},
};
static const struct line middle[] = {
    {"", "Art club at <org>. Mum waited in the corridor. By the end she could go to the shop."},
    {"", "Missed this week, tummy. Sent a dragon by post. Got one back."},
    {"", "Third week, sits with two others. One of them also does dragons."},
    {"", "Rang mum, {15|20} mins. In school on Monday for the first time since half-term. Nobody is making a fuss, as agreed."},
    {"", "Young carers' trip with <org>: climbing wall. Got halfway. \"That's higher than our house.\""},
    {"", "Pastoral lead says the office is empty at lunch."},
    {"", "Wobbly week after a comment at school. School on to it. <name> went to club anyway."},
    {"", "Chased <org> for the next block, starts after the holidays. Told mum, told <name>, both pleased."},
    {"", "Met after club. Talked, with words, about the summer. Went on for ten minutes. Did not look at mum to save <him>."},
};
static const struct line last[] = {
    {"", "Closing with mum and <name>. Attendance {91|94} per cent. Dragon on my wall."},
    {"", "Last one. Shows the new ones where the paints are. Closing, school informed with agreement."},
    {"", "Ended by agreement. \"Can I still come and see you?\" Told <him> the truth: better not to need to."},
};
static const struct line goals[] = {
    {"", "To have a friend to sit with at dinner"},
    {"", "To go to school on Mondays"},
    {"", "To have one evening a week that's just for me"},
    {"", "To get to the top of the wall"},
};
static const struct line actions[] = {
    {"", "Go to art club with mum in the corridor"},
    {"", "Say hello to one person on Monday"},
    {"", "Show someone a drawing"},
    {"", "Text a thumb up or down after school"},
};
static const struct line summaries[] = {
    {"", "Shy, creative, anxious in new places. A parent will come along at first. Please don't ask questions in front of the group."},
    {"", "Young carer who never gets a break. Would like fun, not talking. Pick-up by a parent."},
    {"", "Would like to be more active with others of the same age. Nothing competitive to begin with."},
};
const struct word_family young_words = {
    .needs = "",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};

const struct word_family *const word_families[WORD_FAMILIES] = {
    &money_words, &home_words, &company_words, &mind_words, &body_words, &care_words, &paths_words, &young_words,
};

const struct word_family *words_of(const char *need, int age)
{
    if (age < 16)
        return &young_words;
    for (size_t i = 0; i < WORD_FAMILIES; i++)
        if (codes_have(word_families[i]->needs, need))
            return word_families[i];
    return &paths_words;
}
