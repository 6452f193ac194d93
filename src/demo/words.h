/* SPDX-License-Identifier: MIT
 *
 * The words of the demonstration: what referrers ask, what workers note, what
 * people hope for, gathered in families of needs that are spoken of alike.
 * Every sentence is made up; slots are those of chance.h.
 */
#ifndef ONWARD_DEMO_WORDS_H
#define ONWARD_DEMO_WORDS_H

#include <stddef.h>

/* A sentence, and the one need it is of ("" for any of the family). */
struct line {
    const char *need, *text;
};
struct lines {
    const struct line *at;
    size_t count;
};
#define LINES(array)                                                                               \
    {                                                                                              \
        array, sizeof(array) / sizeof *(array)                                                     \
    }

struct word_family {
    const char *needs; /* comma-separated need codes */
    struct lines gp, self,
        other; /* reasons, in the words of a practice, of the person, of someone else */
    struct lines first, middle,
        last;                    /* contact notes: the first talk, those on the way, the last one */
    struct lines goals, actions; /* of the plan, in the person's words */
    struct lines summaries;      /* what the organisation needs to know */
};
#define WORD_FAMILIES 8
extern const struct word_family money_words, home_words, company_words, mind_words, body_words,
    care_words, paths_words, young_words;
extern const struct word_family *const word_families[WORD_FAMILIES];
/* The family of a need; of anyone under 16 the young one. */
const struct word_family *words_of(const char *need, int age);

/* ---- words that fit any need (words_common.c) */
extern const struct lines no_answer_notes, message_notes, missed_notes, wrong_number_notes,
    other_person_notes, text_notes, strengths, need_outcome_notes, flag_messages, call_back_notes,
    pause_reasons, return_reasons, reallocate_reasons, close_completed_notes,
    close_disengaged_notes, close_declined_notes, close_unable_notes, close_moved_notes,
    close_elsewhere_notes, close_transferred_notes, turned_away_notes, error_reasons,
    reopen_reasons, concern_notes, safe_whys, gp_actions, signpost_reasons, about_me_lines,
    reply_notes, decline_notes, fail_notes, complete_notes, waiting_notes, refusal_reasons,
    withdrawal_reasons, not_sought_reasons, best_interest_reasons, legal_duties, second_reasons,
    contact_note_lines, safe_times_lines, communication_lines, adjustment_lines, mobility_lines,
    impairment_lines;

#endif
