/* SPDX-License-Identifier: MIT
 *
 * One person as a document: the record, further names and identifiers, what
 * a worker must know before ringing (alerts), how consent stands, episodes,
 * possible duplicates, and who may know. A representative gets it masked:
 * states and references, nothing that names or describes the person.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/consents.h"
#include "engine/people.h"
#include "store/pairs.h"
#include "store/people.h"

struct show_args {
    char person[REF_SIZE];
};
static const struct field show_fields[] = {ARG_PERSON(show_args)};

/* A row of a statement as an object: keys in the order of the columns; empty ones are left out. */
static bool rows_json(struct stmt *st, const char *const *keys, json_t *out, struct err *e)
{
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        json_t *row = json_object();
        for (int i = 0; keys[i]; i++)
            if (!col_null(st, i))
                json_object_set_new(row, keys[i], json_string(col_text(st, i)));
        json_array_append_new(out, row);
    }
    return step != STEP_FAILED;
}

static bool records_json(struct stmt *st, const struct record_type *t, json_t *out, struct err *e)
{
    enum step step = STEP_FAILED;
    void *record = xcalloc(1, t->size);
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        record_read(st, 0, t, record);
        json_array_append_new(out, record_json(t, record));
    }
    free(record);
    return step != STEP_FAILED;
}

/* ---- alerts */

static void alert(json_t *alerts, const char *kind, const char *text)
{
    if (*text)
        json_array_append_new(alerts, json_pack("{s:s, s:s}", "alert", kind, "text", text));
}

static bool add_alerts(struct session *s, const struct person *p, json_t *alerts, struct err *e)
{
    alert(alerts, "died", p->died_on);
    if (strcmp(p->contact_method, "no_telephone") == 0)
        alert(alerts, "contact", choice_label(contact_methods, p->contact_method));
    alert(alerts, "contact", p->contact_note);
    if (p->voicemail_ok == 0)
        alert(alerts, "contact", "No voicemail");
    alert(alerts, "safe_times", p->safe_times);
    if (*p->interpreter_language)
        alert(alerts, "interpreter", session_code_label(s, "language", p->interpreter_language));
    alert(alerts, "communication_needs", p->communication_needs);
    alert(alerts, "adjustments", p->adjustments);
    if (p->restricted == 1)
        alert(alerts, "restricted", "Only named users may know of this record");
    struct stmt *st = person_risks(s->db, p->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct buf text = {0};
        buf_str(&text, session_code_label(s, "risk", col_text(st, 0)));
        if (*col_text(st, 1))
            buf_fmt(&text, ": %s", col_text(st, 1));
        alert(alerts, "risk", text.data);
        buf_free(&text);
    }
    return step != STEP_FAILED;
}

/* ---- the rest of the document */

static bool add_consent(struct session *s, const struct person *p, json_t *doc, struct err *e)
{
    struct consent *rows;
    size_t n;
    if (!consents_load(s, p->id, &rows, &n, e))
        return false;
    day_t today = session_today(s);
    enum consent_word share = consent_standing(rows, n, today, (int)session_setting(s, SET_CONSENT_EXPIRING_DAYS));
    enum consent_word contact = consent_to_contact(rows, n, today);
    json_object_set_new(doc, "consent", json_pack("{s:s, s:s, s:i}", "share", consent_word_text(share), "contact",
                                                  consent_word_text(contact), "decisions", (int)n));
    free(rows);
    return true;
}

static bool add_duplicates(struct session *s, const struct person *p, json_t *out, struct err *e)
{
    struct stmt *st = offers_open(s->db, p->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct person other;
        int64_t other_id = col_int(st, 1) == p->id ? col_int(st, 2) : col_int(st, 1);
        if (!record_load(s->db, &person_type, other_id, &other, e)) {
            stmt_done(st);
            return false;
        }
        if (engine_sight(s, &other) == SIGHT_FULL)
            json_array_append_new(out, json_pack("{s:s, s:I, s:s}", "person", other.ref, "score", (json_int_t)col_int(st, 3),
                                                 "reasons", col_text(st, 4)));
    }
    return step != STEP_FAILED;
}

static bool add_access(struct session *s, const struct person *p, json_t *out, struct err *e)
{
    struct stmt *st = person_access_users(s->db, p->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        json_array_append_new(out, json_string(col_text(st, 1)));
    return step != STEP_FAILED;
}

static json_t *array_in(json_t *doc, const char *key)
{
    json_t *array = json_array();
    json_object_set_new(doc, key, array);
    return array;
}

/* What only those see who see the whole record. */
static bool add_content(struct session *s, const struct person *p, json_t *doc, struct err *e)
{
    return records_json(person_names(s->db, p->id, e), &person_name_type, array_in(doc, "names"), e) &&
           records_json(person_identifiers(s->db, p->id, e), &person_identifier_type, array_in(doc, "identifiers"), e) &&
           add_alerts(s, p, array_in(doc, "alerts"), e) && add_duplicates(s, p, array_in(doc, "duplicates"), e) &&
           add_access(s, p, array_in(doc, "access"), e);
}

/* Ages in bands of ten years, as a representative may see them. */
static void add_age(const struct person *p, bool masked, day_t today, json_t *doc)
{
    day_t born = date_parse(p->date_of_birth);
    if (born == DATE_NONE)
        return;
    day_t died = date_parse(p->died_on);
    int age = date_age(born, died == DATE_NONE ? today : died), from = age / 10 * 10;
    json_object_set_new(doc, "age", masked ? json_sprintf("%d-%d", from, from + 9) : json_integer(age));
}

static bool show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    static const char *const referral_keys[] = {"referral", "state", "received_on", "worker", "neighbourhood", "closed_on",
                                                "close_reason", NULL};
    const struct show_args *a = args;
    struct person p, shown;
    (void)given;
    if (!find_person(s, a->person, &p, e))
        return false;
    bool masked = engine_sight(s, &p) != SIGHT_FULL;
    if (!engine_audit(s, "opened", "person", p.ref, p.ref, masked ? "masked" : "", e))
        return false;
    shown = p;
    if (masked)
        person_mask(&shown);
    json_t *doc = record_json(&person_type, &shown);
    o->detail = doc;
    outcome_of(o, &person_type, &p);
    json_object_set_new(doc, "person", json_string(p.ref));
    if (strcmp(a->person, p.ref) != 0)
        json_object_set_new(doc, "asked_for", json_string(a->person)); /* merged into this one */
    add_age(&p, masked, session_today(s), doc);
    return add_consent(s, &p, doc, e) &&
           rows_json(person_referrals(s->db, p.id, e), referral_keys, array_in(doc, "referrals"), e) &&
           (masked || add_content(s, &p, doc, e));
}

const struct verb person_show = {
    .name = "person show",
    .help = "Shows a person; the look is logged.",
    .roles = ROLE_CARE | ROLE_REP,
    .args = show_fields, .count = COUNT_OF(show_fields), .size = sizeof(struct show_args),
    .run = show_run,
    .reads = true,
};
