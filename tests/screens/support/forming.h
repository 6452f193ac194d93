/* SPDX-License-Identifier: MIT
 *
 * A form in a test's hands: keys go in, its picture is read as text, it is
 * saved. One world with a person and an open referral is behind it.
 */
#ifndef ONWARD_TESTS_FORMING_H
#define ONWARD_TESTS_FORMING_H

#include "form.h"
#include "support/episode.h"

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct forming {
    struct session *s;
    char person[64], referral[64];
};
extern struct forming forming;
/* Fixtures. */
int forming_begin(void **state);
int forming_end(void **state);

/* Text and <Enter> <Tab> <^S> ..; the result of the last key. */
enum form_result keys(struct form *f, const char *text);
void paste(struct form *f, const char *bytes, size_t n);

/* The form's picture, rows ended by newlines; until the next one. */
const char *frame(struct form *f, int rows, int cols, bool linear);
/* Fail the test with the picture (22x76) when the text is not (is) on it. */
void seen(struct form *f, const char *text);
void unseen(struct form *f, const char *text);

/* Each fails the test when it cannot. */
struct form *open_form(const struct form_spec *spec, const struct form_about *about);
struct form *form_about_one(const struct form_spec *spec, const char *key, const char *ref); /* by the word that names it */
struct form *contact_form(void); /* "referral contact", two of its fields behind ^O */
struct form *person_form(void);  /* "person edit" of all fields */
void saves(struct form *f);
void does_not_save(struct form *f, enum err_code code, const char *field);

/* What the store has. */
const char *text_of(const json_t *row, const char *key); /* "" none */
void person_has(const char *key, const char *value);
json_t *last_contact(void); /* the last that has a note; the caller's */

#endif
