/* SPDX-License-Identifier: MIT
 *
 * The letter that answers a referrer, as text for people and as one CSV row
 * for a system. What the GP is asked to do stands at its top and is never
 * left blank: "no action for the GP" is said, not implied (Social Prescribing
 * Information Standard, Plan and requested actions).
 */
#include <stdlib.h>
#include <string.h>

#include "engine/referrals.h"
#include "store/referrals.h"

static bool no_action(const struct referral *r)
{
    return text_equal_fold(r->gp_action, "none");
}

static void show(const struct record_type *t, const void *record, const char *key, struct buf *out)
{
    field_show(field_find(t->fields, t->count, key), record, out);
}

/* "Label: value" on a line of its own; nothing for an empty value. */
static void line_of(const struct record_type *t, const void *record, const char *key,
                    const char *label, struct buf *out)
{
    const struct field *f = field_find(t->fields, t->count, key);
    if (field_is_empty(f, record))
        return;
    buf_fmt(out, "%s: ", label);
    field_show(f, record, out);
    buf_char(out, '\n');
}

static void head(struct session *s, const struct episode *ep, struct buf *out)
{
    const struct referral *r = &ep->was;
    struct referral dated = {0};
    today_text(s, dated.closed_on);
    line_of(&referral_type, r, "referrer_name", "To", out);
    line_of(&referral_type, r, "referrer_role", "Role", out);
    line_of(&referral_type, r, "referrer_organisation", "Organisation", out);
    line_of(&referral_type, r, "referrer_practice", "Practice", out);
    line_of(&referral_type, &dated, "closed_on", "Date", out);
    buf_fmt(out, "Our reference: %s\n\n", r->ref);
    if (no_action(r))
        buf_str(out, "No action for the GP.\n\n");
    else
        buf_fmt(out, "Action for the GP: %s\n\n", r->gp_action);
    buf_fmt(out, "About: %s %s\n", ep->person.given_name, ep->person.family_name);
    line_of(&person_type, &ep->person, "date_of_birth", "Born", out);
    line_of(&person_type, &ep->person, "nhs_number", "NHS number", out);
    line_of(&referral_type, r, "received_on", "Referral received", out);
    buf_char(out, '\n');
}

/* The needs with what came of each: "Money and debt: met". */
static void needs_of(struct session *s, const struct need *needs, size_t n, const char *between,
                     struct buf *out)
{
    for (size_t i = 0; i < n; i++) {
        buf_fmt(out, "%s%s", i ? between : "", session_code_label(s, "need", needs[i].code));
        if (*needs[i].outcome)
            buf_fmt(out, ": %s", session_code_label(s, "need_outcome", needs[i].outcome));
    }
}

static void body(struct session *s, const struct episode *ep, const struct answer *a,
                 const struct need *needs, size_t n, struct buf *out)
{
    const struct referral *r = &ep->was;
    const char *why = choice_label(close_reasons, r->close_reason);
    if (strcmp(a->event, "accepted") == 0) {
        buf_str(out, "Thank you for this referral. It was accepted on ");
        show(&answer_type, a, "owed_on", out);
        buf_str(out, "; a link worker is to get in touch with the person.\n");
    } else if (strcmp(a->event, "turned_away") == 0) {
        buf_fmt(out, "Thank you for this referral. We could not take it on: %s.\n", why);
    } else if (strcmp(a->event, "declined") == 0) {
        buf_str(out, "Thank you for this referral. The person decided not to work with us, so it "
                     "is closed.\n");
    } else {
        buf_str(out, "Our work with the person ended on ");
        show(&referral_type, r, "closed_on", out);
        buf_fmt(out, ": %s.\n", why);
    }
    if (strcmp(a->event, "accepted") != 0 && *r->close_note)
        buf_fmt(out, "%s\n", r->close_note);
    if (n) {
        buf_str(out, "\nNeeds:\n- ");
        needs_of(s, needs, n, "\n- ", out);
        buf_char(out, '\n');
    }
}

/* One cell after RFC 4180. */
static void cell(struct buf *out, const char *text)
{
    if (out->len && out->data[out->len - 1] != '\n')
        buf_char(out, ',');
    buf_char(out, '"');
    for (; *text; text++)
        buf_fmt(out, *text == '"' ? "\"\"" : "%c", *text);
    buf_char(out, '"');
}

static void csv_of(struct session *s, const struct episode *ep, const struct answer *a,
                   const struct need *needs, size_t n, struct buf *out)
{
    const struct referral *r = &ep->was;
    const struct person *p = &ep->person;
    struct buf outcomes = {0};
    needs_of(s, needs, n, "; ", &outcomes);
    const struct {
        const char *header, *value;
    } cells[] = {
        {"reference", r->ref},
        {"event", a->event},
        {"event_on", a->owed_on},
        {"gp_action", r->gp_action},
        {"given_name", p->given_name},
        {"family_name", p->family_name},
        {"date_of_birth", p->date_of_birth},
        {"nhs_number", p->nhs_number},
        {"referrer_name", r->referrer_name},
        {"referrer_organisation", r->referrer_organisation},
        {"referrer_practice", r->referrer_practice},
        {"received_on", r->received_on},
        {"begun_on", r->begun_on},
        {"closed_on", r->closed_on},
        {"close_reason", r->close_reason},
        {"needs", buf_text(&outcomes)},
    };
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        cell(out, cells[i].header);
    buf_str(out, "\r\n");
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        cell(out, cells[i].value);
    buf_str(out, "\r\n");
    buf_free(&outcomes);
}

bool letter_write(struct session *s, const struct episode *ep, const struct answer *a,
                  struct buf *text, struct buf *csv, struct err *e)
{
    void *rows;
    size_t n;
    if (!*ep->was.gp_action)
        return err_rule(
            e, "letter",
            "Say first what the GP is asked to do; blank is no answer: onward referral edit %s "
            "gp_action=none, or gp_action='...'",
            ep->was.ref);
    if (!referral_children(s->db, &need_type, ep->was.id, &rows, &n, e))
        return false;
    head(s, ep, text);
    body(s, ep, a, rows, n, text);
    csv_of(s, ep, a, rows, n, csv);
    free(rows);
    return true;
}
