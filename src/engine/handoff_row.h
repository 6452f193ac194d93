/* SPDX-License-Identifier: MIT
 *
 * One row of handoffs.csv (format 1): its columns as a table, and the texts
 * that may leave for one handoff. A column leaves when the organisation's
 * agreement and the person's consent both allow its data category; otherwise
 * it is empty. What a file does with the texts (quotes, guards, line ends) is
 * the exchange layer's.
 */
#ifndef ONWARD_ENGINE_HANDOFF_ROW_H
#define ONWARD_ENGINE_HANDOFF_ROW_H

#include "engine/handoffs.h"

enum handoff_column {
    COL_ROW_ID,
    COL_ACTION,
    COL_REFERENCE,
    COL_PERSON,
    COL_PREVIOUS_REFERENCE,
    COL_SERVICE,
    COL_NEED_CODE,
    COL_NEED,
    COL_PRIORITY,
    COL_GIVEN_NAME,
    COL_FAMILY_NAME,
    COL_PREFERRED_NAME,
    COL_DATE_OF_BIRTH,
    COL_NHS_NUMBER,
    COL_PHONE,
    COL_EMAIL,
    COL_ADDRESS,
    COL_POSTCODE,
    COL_CONTACT_METHOD,
    COL_CONTACT_NOTE,
    COL_VOICEMAIL_OK,
    COL_SAFE_TIMES,
    COL_COMMUNICATION_NEEDS,
    COL_INTERPRETER_LANGUAGE,
    COL_REPRESENTATIVE,
    COL_REPRESENTATIVE_PHONE,
    COL_RISK_NOTE,
    COL_SUMMARY,
    COL_GOALS,
    COL_BASIS,
    COL_CONSENT_GIVEN_ON,
    COL_CONSENT_EXPIRES_ON,
    COL_WORKER,
    COL_WORKER_PHONE,
    COL_REPLY_BY,
    COL_WITHDRAW_REASON,
    HANDOFF_COLUMN_COUNT
};

/* What an agreement must name besides the category. */
enum column_extra { EXTRA_NONE, EXTRA_NHS_NUMBER, EXTRA_RISK_NOTE, EXTRA_SUMMARY };

struct handoff_column_row {
    const char *name;
    unsigned category; /* enum category bit; 0: says nothing of the person, always leaves */
    enum column_extra extra;
    const char *type; /* of a Frictionless table schema: string, date */
    bool required;    /* in every row, a withdraw row too */
    bool on_withdraw; /* a withdraw row carries it */
    bool digits;      /* may be all digits that a spreadsheet would take for a number */
    const char *description;
};
extern const struct handoff_column_row handoff_columns[HANDOFF_COLUMN_COUNT];

/* Does the agreement let the column leave at all? (NULL: nothing of the person does.) What it does
 * not allow is empty in every row and named in the manifest. */
bool handoff_column_agreed(const struct agreement *a, enum handoff_column c);

/* The texts of one row. Zero it before, handoff_row_free after; filling it again reuses its memory.
 */
struct handoff_row {
    struct buf text;                 /* the texts, each ended by NUL */
    size_t at[HANDOFF_COLUMN_COUNT]; /* where each begins */
    const char *withheld[HANDOFF_COLUMN_COUNT]; /* why the column may not leave, in words; NULL: it may */
};
const char *handoff_row_text(const struct handoff_row *row, enum handoff_column c);
void handoff_row_free(struct handoff_row *row);

/* The row as it would leave now. Loads what it needs. */
MUST_CHECK bool handoff_row_fill(struct session *s, const struct handoff *h, enum row_action action,
                                 struct handoff_row *out, struct err *e);
/* The same for many: `f` is loaded for this handoff (handoff_facts_load) and, for new and update
 * rows, its gates were asked (handoff_facts_ask), which says what the consent covers. */
MUST_CHECK bool handoff_row_of(struct session *s, const struct handoff_facts *f,
                               const struct handoff *h, enum row_action action,
                               struct handoff_row *out, struct err *e);

#endif
