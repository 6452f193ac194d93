/* SPDX-License-Identifier: MIT
 *
 * What every event is acted with: whose life it is, who acts, and the words
 * for it.
 */
#ifndef ONWARD_DEMO_SCENE_H
#define ONWARD_DEMO_SCENE_H

#include "demo/story.h"
#include "demo/words.h"

struct scene {
    struct borough *b;
    struct life *l;
    const struct event *ev;
    const struct user *me; /* the life's worker */
    struct told told;
    struct chance c;
    const struct word_family *words; /* of the main need */
};
typedef bool scene_fn(struct scene *sc, struct err *e);

/* A verb of the scene's worker. */
#define SCENE(sc, ref, e, verb, ...) ACT((sc)->b, (sc)->me, ref, e, verb, __VA_ARGS__)

/* One of the lines that fit the need ("" fits all), by chance, told of this person. */
const char *scene_line(struct scene *sc, const struct lines *from, const char *need, char *out,
                       size_t size);
/* The same, but the `turn`-th of those that fit, from a beginning that differs from life to life.
 */
const char *scene_line_in_turn(struct scene *sc, const struct lines *from, const char *need,
                               size_t turn, char *out, size_t size);

/* The referral as it stands, the handoff as it stands. */
MUST_CHECK bool scene_referral(struct scene *sc, struct referral *r, struct err *e);
MUST_CHECK bool scene_handoff(struct scene *sc, size_t out, struct handoff *h, struct err *e);
const struct demo_organisation *scene_organisation(const struct scene *sc, size_t out);

/* A talk that reached the person. `call_back`: a day agreed for the next, or DATE_NONE. */
MUST_CHECK bool scene_talk(struct scene *sc, const struct lines *from, size_t turn, day_t call_back,
                           struct err *e);
/* Records a person: what is in the record, and why it is another than the ones that are there. */
MUST_CHECK bool scene_add_person(struct scene *sc, const struct person *p, const char *new_reason,
                                 char ref[REF_SIZE], struct err *e);
/* Consent given to something, by whoever may give it for this person. `extra` is one more word, or
 * {0}. */
MUST_CHECK bool scene_consent(struct scene *sc, const char *purpose, const char *recipients,
                              struct typed extra, struct err *e);
/* Sends what is planned. */
MUST_CHECK bool scene_send(struct scene *sc, size_t out, struct err *e);

scene_fn scene_referred, scene_triage, scene_answered, scene_allocated, scene_try,
    scene_first;                                                            /* begin.c */
scene_fn scene_share, scene_plan, scene_contact;                            /* work.c */
scene_fn scene_out, scene_phoned, scene_review, scene_nudge, scene_stopped; /* out.c */
scene_fn scene_end, scene_odd;                                              /* end.c, odd.c */

#endif
