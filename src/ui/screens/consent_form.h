/* SPDX-License-Identifier: MIT
 *
 * Recording a consent decision, from the Consent screen or at a gate of a
 * handoff: the words that are read out, then the form.
 */
#ifndef ONWARD_UI_CONSENT_FORM_H
#define ONWARD_UI_CONSENT_FORM_H

#include "desk.h"

/* The words in use for a purpose: their code, and the text; both "" when none are in use. */
struct consent_words {
    char code[64];
    struct buf text;
};
MUST_CHECK bool consent_words_for(struct session *s, const char *purpose, struct consent_words *w, struct err *e);
void consent_words_free(struct consent_words *w);

/* What the form opens with; "" where nothing is said. */
struct consent_about {
    const char *person;     /* reference */
    const char *purpose;    /* contact, share, evaluation */
    const char *recipients; /* codes of organisations; shown and changeable */
    const char *needs;      /* codes of needs */
};
/* Shows the words to read out; `agreed` when they were heard, to open the form. */
void consent_read_out(struct screen *over, const char *purpose, void (*agreed)(struct screen *over));
/* The form of one of the verbs "consent give", "consent refuse" .. */
void consent_record(struct screen *over, const char *verb, const struct consent_about *about);

#endif
