/* SPDX-License-Identifier: MIT
 *
 * The form's inside: form.c and the other form_*.c alone.
 */
#ifndef ONWARD_UI_FORM_INSIDE_H
#define ONWARD_UI_FORM_INSIDE_H

#include "form.h"

/* A text for people and what the verb is given for it; both owned, NULL: none. */
struct meaning {
    char *shown, *value;
};

struct form_field {
    const struct field *field;
    bool in_record;         /* of verb->record, else of verb->args */
    bool more;              /* behind ^O */
    struct editor editor;
    struct meaning meaning; /* holds as long as the editor has the very text `shown` */
    char *present;          /* what the store has, as the verb takes it; sent only when it differs */
    char *opened;           /* what the form opened with; a draft is kept when it differs */
    char *wrong;            /* beside it: what is wrong, "" */
    char *read_as;          /* beside it: what a loosely typed date was taken for, "" */
    char *changed;          /* on conflict: "now: .." or "was: ..", "" */
};

struct offer {
    char *code, *label, *group;
};
/* What the focused field of choices has left. */
struct offers {
    struct offer *rows;
    size_t n;
    long picked;            /* by Right and Left; -1 none */
    bool open;              /* seen: once typed or gone through, or where nothing is chosen yet */
    struct meaning before;  /* of a field with several: what stands before the word in hand */
};

struct form {
    struct session *session;
    const struct verb *verb;
    char *title;            /* NULL: the verb's help */
    char *show;             /* NULL: an addition */
    char **keys;            /* as in form_spec, NULL: all */
    bool only;
    struct typed *fixed;    /* texts owned; those the verb does not know are for `show` alone */
    size_t n_fixed;
    char **refs;
    size_t n_refs;
    void *scratch;          /* a record of arguments, to parse into */
    struct form_field *fields;
    size_t n;
    size_t at;              /* focus; n when nothing can be typed */
    bool all;               /* the fields behind ^O are shown */
    struct offers offers;
    char *problem;          /* of the form as a whole, "" */
    int top;                /* first drawn line */
    int cols;               /* as last drawn */
};

void form_put(char **at, const char *text); /* a copy in place of the old one */
struct form_field *form_field_of(const struct form *f, const char *key); /* NULL */
struct form_field *form_focused(const struct form *f);                   /* NULL */
bool form_is_seen(const struct form *f, const struct form_field *ff);
void form_focus_on(struct form *f, struct form_field *ff);
const struct field *form_verb_field(const struct verb *v, const char *key, bool *in_record); /* NULL */
const char *form_fixed(const struct form *f, const char *key); /* NULL */
void form_fix(struct form *f, const char *key, const char *value);
/* The verb's first reference, whose place `refs` take; NULL. */
const struct field *form_first_ref(const struct verb *v);

/* What the verb would be given now: "" for nothing. Borrowed until the next event. */
const char *form_value(const struct form_field *ff);
bool form_is_as_meant(const struct form_field *ff); /* its text is what `meaning` is about */
/* Puts a value of the verb into the field, as people read it. */
void form_put_value(struct form *f, struct form_field *ff, const char *value);
/* A value of the verb as people read it, appended. */
void form_show_value(struct form *f, const struct form_field *ff, const char *value, struct buf *out);
/* Reads what was typed: false when that cannot be saved, `wrong` says why. */
bool form_settle(struct form *f, struct form_field *ff);
/* Parses into the scratch record; false: `wrong` says why. */
bool form_parse(struct form *f, struct form_field *ff, const char *value);
/* An error's text without the key in front: it stands beside its field. */
const char *form_plain_text(const struct field *field, const char *text);

/* form_choices.c */
bool form_has_choices(const struct field *field);
bool form_has_several(const struct field *field);
void form_offer(struct form *f);                    /* for the focused field, as it is typed now */
void form_offers_clear(struct offers *o);
bool form_choice_key(struct form *f, int32_t key);  /* true: it was one for choosing */
/* Codes in place of labels and beginnings; false: which one is meant cannot be told. */
bool form_read_choice(struct form *f, struct form_field *ff);
void form_say_labels(struct form_field *ff);        /* in `wrong`, in place of the codes of a closed list */
bool form_offers_none(const struct form *f);        /* nothing of the focused field's list begins as typed */
void form_show_codes(struct form *f, const struct field *field, const char *codes, struct buf *out);

/* form_present.c */
/* Reads what the store has into `present`, with the version it is of; fields are left as they are. */
MUST_CHECK bool form_read_present(struct form *f, struct err *e);
/* After somebody else's change: each field that differs says so, what was not touched here follows, and the next save is
 * against what is there now. */
MUST_CHECK bool form_meet_change(struct form *f, struct err *e);

#endif
