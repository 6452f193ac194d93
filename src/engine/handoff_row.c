/* SPDX-License-Identifier: MIT
 *
 * The row of a handoff as it may leave (see handoff_row.h): one table of
 * columns, then the texts, in the order of the columns.
 */
#include "engine/handoff_row.h"

#include <string.h>

#include "store/handoffs.h"

#define ID CATEGORY_IDENTITY

/* TEXT(column, name, description, and what else is so of it) */
#define COLUMN(column, kind, words, about, ...)                                                    \
    [column] = {.name = words, .type = kind, .description = about, __VA_ARGS__}
#define TEXT(column, ...) COLUMN(column, "string", __VA_ARGS__, )
#define DATE(column, ...) COLUMN(column, "date", __VA_ARGS__, )

/* Telephone, e-mail and address share their category with contact_note and communication_needs: how
 * a person may be reached never leaves without how they must not be (a test says so). */
const struct handoff_column_row handoff_columns[HANDOFF_COLUMN_COUNT] = {
    TEXT(COL_ROW_ID, "row_id", "This row: the reference and its revision", .required = true,
         .on_withdraw = true),
    TEXT(COL_ACTION, "action", "new, update or withdraw", .required = true, .on_withdraw = true),
    TEXT(COL_REFERENCE, "reference", "This handoff; quote it in every answer", .required = true,
         .on_withdraw = true),
    TEXT(COL_PERSON, "person", "The person; rows of one person stand together, ring them once"),
    TEXT(COL_PREVIOUS_REFERENCE, "previous_reference", "The handoff to you that this one follows"),
    TEXT(COL_SERVICE, "service", "The service asked for", .required = true, .on_withdraw = true),
    TEXT(COL_NEED_CODE, "need_code", "Code of the need", .category = CATEGORY_NEEDS),
    TEXT(COL_NEED, "need", "The need in words", .category = CATEGORY_NEEDS),
    TEXT(COL_PRIORITY, "priority", "routine or urgent"),
    TEXT(COL_GIVEN_NAME, "given_name", "Given name", .category = ID),
    TEXT(COL_FAMILY_NAME, "family_name", "Family name", .category = ID),
    TEXT(COL_PREFERRED_NAME, "preferred_name", "What they like to be called", .category = ID),
    DATE(COL_DATE_OF_BIRTH, "date_of_birth", "Date of birth", .category = ID),
    TEXT(COL_NHS_NUMBER, "nhs_number", "NHS number, ten digits", .category = ID,
         .extra = EXTRA_NHS_NUMBER, .digits = true),
    TEXT(COL_PHONE, "phone", "Telephone; read contact_note first", .category = ID, .digits = true),
    TEXT(COL_EMAIL, "email", "E-mail; read contact_note first", .category = ID),
    TEXT(COL_ADDRESS, "address", "Address, in lines; read contact_note first", .category = ID),
    TEXT(COL_POSTCODE, "postcode", "Postcode", .category = ID),
    TEXT(COL_CONTACT_METHOD, "contact_method", "How they like, or do not like, to be contacted",
         .category = ID),
    TEXT(COL_CONTACT_NOTE, "contact_note", "What to know before contacting them", .category = ID),
    TEXT(COL_VOICEMAIL_OK, "voicemail_ok", "May a message be left: yes, no, not asked",
         .category = ID),
    TEXT(COL_SAFE_TIMES, "safe_times", "When it is safe to contact them", .category = ID),
    TEXT(COL_COMMUNICATION_NEEDS, "communication_needs",
         "How to communicate with them (Accessible Information Standard)", .category = ID),
    TEXT(COL_INTERPRETER_LANGUAGE, "interpreter_language", "Language of the interpreter they need",
         .category = ID),
    TEXT(COL_REPRESENTATIVE, "representative", "Who speaks for them", .category = ID),
    TEXT(COL_REPRESENTATIVE_PHONE, "representative_phone", "Telephone of the representative",
         .category = ID, .digits = true),
    TEXT(COL_RISK_NOTE, "risk_note",
         "Risks, \"no known risks\", or whom to ring where they are not shared",
         .category = CATEGORY_RISKS, .extra = EXTRA_RISK_NOTE),
    TEXT(COL_SUMMARY, "summary", "What you need to know", .category = CATEGORY_HEALTH,
         .extra = EXTRA_SUMMARY),
    TEXT(COL_GOALS, "goals", "What the person hopes for", .category = CATEGORY_NOTES),
    TEXT(COL_BASIS, "basis", "Why this may be shared: consent, best interests or legal duty"),
    DATE(COL_CONSENT_GIVEN_ON, "consent_given_on", "Day of that decision"),
    DATE(COL_CONSENT_EXPIRES_ON, "consent_expires_on", "Last day on which it holds"),
    TEXT(COL_WORKER, "worker", "Their link worker"),
    TEXT(COL_WORKER_PHONE, "worker_phone", "Telephone of the link worker", .digits = true),
    DATE(COL_REPLY_BY, "reply_by", "Please answer by this day"),
    TEXT(COL_WITHDRAW_REASON, "withdraw_reason",
         "Why to stop: end all contact; delete what we sent unless you have your own duty to keep "
         "it, and say so in the note",
         .on_withdraw = true),
};

static bool extra_agreed(const struct agreement *a, enum column_extra extra)
{
    switch (extra) {
    case EXTRA_NHS_NUMBER:
        return a->nhs_number == 1;
    case EXTRA_RISK_NOTE:
        return a->risk_note == 1;
    case EXTRA_SUMMARY:
        return a->summary == 1;
    case EXTRA_NONE:
        return true;
    }
    return false;
}

bool handoff_column_agreed(const struct agreement *a, enum handoff_column c)
{
    const struct handoff_column_row *col = &handoff_columns[c];
    if (!col->category)
        return true;
    return a && (categories_parse(a->categories) & col->category) && extra_agreed(a, col->extra);
}

/* ---- the texts */

const char *handoff_row_text(const struct handoff_row *row, enum handoff_column c)
{
    return row->text.data + row->at[c];
}

void handoff_row_free(struct handoff_row *row)
{
    buf_free(&row->text);
}

struct filling {
    struct session *s;
    const struct handoff_facts *f;
    const struct handoff *h;
    enum row_action action;
    char previous[REF_SIZE];
    struct buf risks; /* "" when never asked */
};

static const char *const bases[][2] = {
    {"given", "consent"},
    {"best_interests", "best interests"},
    {"legal_duty", "legal duty"},
};

static const char *basis_words(const struct consent *basis)
{
    for (size_t i = 0; basis && i < sizeof bases / sizeof *bases; i++)
        if (strcmp(basis->decision, bases[i][0]) == 0)
            return bases[i][1];
    return "";
}

/* A death is the reason of a stop only where the agreement lets it be said. */
static const char *stop_words(const struct filling *w)
{
    bool death = strcmp(w->h->stop_reason, "died") == 0;
    if (death && !(w->f->agreement && w->f->agreement->death == 1))
        return choice_label(stop_reasons, "no_longer_needed");
    return choice_label(stop_reasons, w->h->stop_reason);
}

static const char *yes_no_not_asked(int64_t flag)
{
    return flag == FIELD_ABSENT ? "not asked" : flag == 1 ? "yes" : "no";
}

/* The text of a column whose category may leave; risk notes and the like that must not be blank are
 * handled by put. */
static const char *column_text(const struct filling *w, enum handoff_column c)
{
    const struct person *p = &w->f->person;
    const struct handoff *h = w->h;
    const struct consent *basis = w->f->consent.basis;
    switch (c) {
    case COL_ACTION:
        return row_action_names[w->action];
    case COL_REFERENCE:
        return h->ref;
    case COL_PERSON:
        return p->ref;
    case COL_PREVIOUS_REFERENCE:
        return w->previous;
    case COL_SERVICE:
        return w->f->service->name;
    case COL_NEED_CODE:
        return h->need;
    case COL_NEED:
        return session_code_label(w->s, "need", h->need);
    case COL_PRIORITY:
        return h->urgent == 1 ? "urgent" : "routine";
    case COL_GIVEN_NAME:
        return p->given_name;
    case COL_FAMILY_NAME:
        return p->family_name;
    case COL_PREFERRED_NAME:
        return p->preferred_name;
    case COL_DATE_OF_BIRTH:
        return p->date_of_birth;
    case COL_NHS_NUMBER:
        return p->nhs_number;
    case COL_PHONE:
        return p->phone;
    case COL_EMAIL:
        return p->email;
    case COL_ADDRESS:
        return p->address;
    case COL_POSTCODE:
        return p->postcode;
    case COL_CONTACT_METHOD:
        return choice_label(contact_methods, p->contact_method);
    case COL_CONTACT_NOTE:
        return p->contact_note;
    case COL_VOICEMAIL_OK:
        return yes_no_not_asked(p->voicemail_ok);
    case COL_SAFE_TIMES:
        return p->safe_times;
    case COL_COMMUNICATION_NEEDS:
        return p->communication_needs;
    case COL_INTERPRETER_LANGUAGE:
        return session_code_label(w->s, "language", p->interpreter_language);
    case COL_REPRESENTATIVE:
        return p->representative;
    case COL_REPRESENTATIVE_PHONE:
        return p->representative_phone;
    case COL_RISK_NOTE:
        return buf_text(&w->risks);
    case COL_SUMMARY:
        return h->summary;
    case COL_GOALS:
        return h->goals;
    case COL_BASIS:
        return basis_words(basis);
    case COL_CONSENT_GIVEN_ON:
        return basis ? basis->valid_from : "";
    case COL_CONSENT_EXPIRES_ON:
        return basis ? basis->expires_on : "";
    case COL_WORKER:
        return w->f->worker ? w->f->worker->name : "";
    case COL_WORKER_PHONE:
        return w->f->worker ? w->f->worker->phone : "";
    case COL_REPLY_BY:
        return h->reply_by;
    case COL_WITHDRAW_REASON:
        return stop_words(w);
    case COL_ROW_ID:
    case HANDOFF_COLUMN_COUNT:
        break;
    }
    return "";
}

/* NULL: the column leaves. */
static const char *why_withheld(const struct filling *w, enum handoff_column c)
{
    const struct handoff_column_row *col = &handoff_columns[c];
    if (w->action == ROW_WITHDRAW)
        return col->on_withdraw ? NULL : "A stop says nothing else of the person.";
    if (c == COL_WITHDRAW_REASON)
        return "Only a stop has it.";
    if (!handoff_column_agreed(w->f->agreement, c))
        return w->f->agreement ? "Their agreement does not name it." : "They have no agreement.";
    if (col->category && !(w->f->consent.categories & col->category))
        return "The person has not agreed to it.";
    return NULL;
}

static bool leaves(const struct filling *w, enum handoff_column c)
{
    return !why_withheld(w, c);
}

static void put_risk_not_shared(const struct filling *w, struct buf *out)
{
    buf_fmt(out, "not shared: ring %s", w->f->worker ? w->f->worker->name : "the link worker team");
}

static void put(const struct filling *w, enum handoff_column c, struct buf *out)
{
    char text[32];
    bool may_leave = leaves(w, c);
    if (c == COL_ROW_ID) {
        handoff_row_id(w->h, w->action, text);
        buf_str(out, text);
    } else if (c == COL_RISK_NOTE && w->action != ROW_WITHDRAW && (!may_leave || !w->risks.len)) {
        put_risk_not_shared(w, out);
    } else if (c == COL_REPLY_BY && may_leave && !*w->h->reply_by) {
        handoff_reply_by(w->s, w->f->service, session_today(w->s), text);
        buf_str(out, text);
    } else if (may_leave) {
        buf_str(out, column_text(w, c));
    }
}

/* ---- what the facts do not hold */

/* The person's risks in words; "" when nobody asked, which is not "no known risks". */
static bool load_risks(struct filling *w, struct err *e)
{
    struct risk r;
    struct stmt *st = handoff_risks(w->s->db, w->h->person_id, e);
    if (!st)
        return false;
    bool none_known = false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        record_read(st, 0, &risk_type, &r);
        if (strcmp(r.kind, "none_known") == 0) {
            none_known = true;
            continue;
        }
        buf_fmt(&w->risks, "%s%s", w->risks.len ? "; " : "",
                session_code_label(w->s, "risk", r.kind));
        if (*r.note)
            buf_fmt(&w->risks, ": %s", r.note);
    }
    if (!w->risks.len && none_known)
        buf_str(&w->risks, "no known risks");
    return step != STEP_FAILED;
}

/* The handoff before is named only to the organisation that had it. */
static bool load_previous(struct filling *w, struct err *e)
{
    struct handoff before;
    if (w->h->previous_id == FIELD_ABSENT)
        return true;
    if (!record_load(w->s->db, &handoff_type, w->h->previous_id, &before, e))
        return false;
    if (before.organisation_id == w->h->organisation_id && handoff_has_left(before.state))
        text_put(w->previous, sizeof w->previous, before.ref);
    return true;
}

bool handoff_row_of(struct session *s, const struct handoff_facts *f, const struct handoff *h,
                    enum row_action action, struct handoff_row *out, struct err *e)
{
    struct filling w = {.s = s, .f = f, .h = h, .action = action};
    if (action != ROW_WITHDRAW) {
        bool loaded = load_previous(&w, e) && (!leaves(&w, COL_RISK_NOTE) || load_risks(&w, e));
        if (!loaded) {
            buf_free(&w.risks);
            return false;
        }
    }
    buf_clear(&out->text);
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++) {
        out->at[c] = out->text.len;
        out->withheld[c] = why_withheld(&w, (enum handoff_column)c);
        put(&w, (enum handoff_column)c, &out->text);
        buf_char(&out->text, '\0');
    }
    buf_free(&w.risks);
    return true;
}

bool handoff_row_fill(struct session *s, const struct handoff *h, enum row_action action,
                      struct handoff_row *out, struct err *e)
{
    struct gate_state gates[GATE_COUNT];
    struct handoff_facts *f = handoff_facts_new();
    bool ok = handoff_facts_load(s, f, h, e);
    if (ok && action != ROW_WITHDRAW)
        handoff_facts_ask(s, f, h, gates);
    ok = ok && handoff_row_of(s, f, h, action, out, e);
    handoff_facts_free(f);
    return ok;
}
