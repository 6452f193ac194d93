/* SPDX-License-Identifier: MIT
 *
 * A person's consent as a document: every decision in the order recorded, how
 * it stands as a whole, and how it stands towards each organisation and need
 * that any decision names.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/consents.h"

struct show_args {
    char person[REF_SIZE];
};
static const struct field show_fields[] = {ARG_PERSON(show_args)};

struct consent_rows {
    const struct consent *at;
    size_t count;
};

static json_t *decisions_json(struct session *s, const struct consent_rows *rows)
{
    json_t *all = json_array();
    for (size_t i = 0; i < rows->count; i++) {
        const struct consent *c = &rows->at[i];
        struct user by;
        struct err absent;
        json_t *row = record_json(&consent_type, c);
        json_object_set_new(row, "decision_label", json_string(choice_label(consent_decisions, c->decision)));
        if (record_load(s->db, &user_type, c->recorded_by, &by, &absent))
            json_object_set_new(row, "recorded_by", json_string(by.login));
        json_array_append_new(all, row);
    }
    return all;
}

/* Adds the codes of a comma-separated list that are not there yet. */
static void add_codes(const char *codes, struct buf *all)
{
    char code[64];
    for (const char *at = codes; (at = codes_next(at, code)) && *code;)
        if (!codes_have(buf_text(all), code))
            buf_fmt(all, "%s%s", all->len ? "," : "", code);
}

static void categories_covered(unsigned categories, struct buf *out)
{
    for (const struct choice *c = data_categories; c->code; c++)
        if (categories & categories_parse(c->code))
            buf_fmt(out, "%s%s", out->len ? "," : "", c->code);
}

/* `need` "": any that no decision names. */
static json_t *standing_json(struct session *s, const struct consent_rows *rows, const char *organisation, const char *need)
{
    struct consent_question q = {.rows = rows->at, .count = rows->count, .organisation = organisation, .need = need,
                                 .categories = CATEGORY_ALL, .on = session_today(s),
                                 .expiring_days = (int)session_setting(s, SET_CONSENT_EXPIRING_DAYS)};
    struct consent_answer a;
    struct buf categories = {0};
    struct organisation org;
    struct err absent;
    bool is_known = record_load_ref(s->db, &organisation_type, organisation, &org, &absent);
    consent_covers(&q, &a);
    categories_covered(a.categories, &categories);
    json_t *row = json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:s}", "organisation", organisation, "organisation_name",
                            is_known ? org.name : organisation, "need", need, "covers", a.covers, "standing",
                            consent_word_text(a.word), "categories", buf_text(&categories), "reason", a.reason);
    buf_free(&categories);
    return row;
}

static json_t *organisations_json(struct session *s, const struct consent_rows *rows)
{
    json_t *all = json_array();
    struct buf organisations = {0}, needs = {0};
    for (size_t i = 0; i < rows->count; i++) {
        add_codes(rows->at[i].recipients, &organisations);
        add_codes(rows->at[i].needs, &needs);
    }
    char organisation[64], need[64];
    for (const char *at = buf_text(&organisations); (at = codes_next(at, organisation)) && *organisation;) {
        json_array_append_new(all, standing_json(s, rows, organisation, ""));
        for (const char *n = buf_text(&needs); (n = codes_next(n, need)) && *need;)
            json_array_append_new(all, standing_json(s, rows, organisation, need));
    }
    buf_free(&organisations);
    buf_free(&needs);
    return all;
}

static bool show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct show_args *a = args;
    struct person p;
    struct consent *loaded;
    size_t n;
    (void)given;
    if (!find_person(s, a->person, &p, e) || !engine_audit(s, "opened", "consent", "", p.ref, "", e) ||
        !consents_load(s, p.id, &loaded, &n, e))
        return false;
    struct consent_rows rows = {loaded, n};
    day_t today = session_today(s);
    enum consent_word share = consent_standing(loaded, n, today, (int)session_setting(s, SET_CONSENT_EXPIRING_DAYS));
    outcome_of(o, &person_type, &p);
    struct buf name = {0};
    buf_fmt(&name, "%s %s", p.given_name, p.family_name);
    o->detail = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "person", p.ref, "name", buf_text(&name), "share",
                          consent_word_text(share), "contact", consent_word_text(consent_to_contact(loaded, n, today)),
                          "evaluation", consent_word_text(consent_to_evaluation(loaded, n, today)), "decisions",
                          decisions_json(s, &rows), "organisations", organisations_json(s, &rows));
    buf_free(&name);
    free(loaded);
    return true;
}

const struct verb consent_show = {
    .name = "consent show",
    .help = "Shows every consent decision of a person and how consent stands; the look is logged.",
    .roles = ROLE_CARE,
    .args = show_fields, .count = COUNT_OF(show_fields), .size = sizeof(struct show_args),
    .run = show_run,
    .reads = true,
};
