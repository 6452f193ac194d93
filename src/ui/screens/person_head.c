/* SPDX-License-Identifier: MIT
 *
 * What stands above a person's tabs and never scrolls away: how to reach them,
 * what must be known before ringing, how consent stands.
 */
#include <string.h>

#include "document.h"
#include "person.h"
#include "values.h"

static void add_part(struct buf *line, const char *label, const char *text)
{
    if (*text)
        buf_fmt(line, "%s%s%s", line->len ? "  " : "", label, text);
}

static const char *name_part(const json_t *record, const char *first, const char *otherwise)
{
    return *doc_text(record, first) ? doc_text(record, first) : doc_text(record, otherwise);
}

/* The engine puts dots for the name of somebody whom this user sees masked, and leaves the rest of theirs out. */
static bool is_masked(const struct case_file *f)
{
    return strcmp(doc_text(f->record, "given_name"), "•••") == 0;
}

void person_headline(const struct screen *self, struct buf *out)
{
    const struct case_file *f = (const struct case_file *)self;
    const char *given = doc_text(f->record, "given_name"), *liked = doc_text(f->record, "preferred_name");
    if (is_masked(f)) {
        buf_str(out, f->person);
    } else {
        buf_fmt(out, "%s %s", given, doc_text(f->record, "family_name"));
        if (*liked && strcmp(liked, given) != 0)
            buf_fmt(out, " (%s)", liked);
    }
    if (f->episode)
        buf_fmt(out, "  %s", doc_text(f->episode, "state_label"));
}

static void add_reach(struct case_file *f)
{
    struct buf line = {0};
    char born[DAY_SHOWN];
    size_t episodes = json_array_size(json_object_get(f->record, "referrals"));
    const char *phone = doc_text(f->record, "phone");
    add_part(&line, "Tel ", *phone ? phone : is_masked(f) ? "masked" : "none recorded");
    if (strcmp(doc_text(f->record, "contact_method"), "no_telephone") != 0) /* that is an alert */
        add_part(&line, "prefers ", choice_label(contact_methods, doc_text(f->record, "contact_method")));
    doc_day(doc_text(f->record, "date_of_birth"), born);
    add_part(&line, "born ", born);
    if (json_is_integer(json_object_get(f->record, "age")))
        buf_fmt(&line, " (%lld)", (long long)json_integer_value(json_object_get(f->record, "age")));
    else
        add_part(&line, "age ", doc_text(f->record, "age"));
    add_part(&line, "", name_part(f->record, "postcode", "address"));
    add_part(&line, "with ", doc_text(f->episode, "worker"));
    if (episodes > 1)
        buf_fmt(&line, "  %zu referrals (E)", episodes);
    pane_add(&f->head, "", STYLE_PLAIN, buf_text(&line));
    buf_free(&line);
}

/* The first words of an alert, by its code. */
static const struct {
    const char *alert, *words;
} alert_words[] = {
    {"died", "Died "}, {"safe_times", "Safe times: "}, {"interpreter", "Interpreter: "}, {"communication_needs", "Communication: "},
    {"adjustments", "Adjustments: "}, {"risk", "Risk: "},
};

static void add_alert(struct case_file *f, const json_t *alert, struct buf *line)
{
    const char *kind = doc_text(alert, "alert"), *text = doc_text(alert, "text"), *words = "";
    char died[DAY_SHOWN];
    if (strcmp(text, session_code_label(desk_session(f->base.desk), "risk", "none_known")) == 0)
        return; /* an answer, no alert: it stands in the summary */
    for (size_t i = 0; i < sizeof alert_words / sizeof *alert_words; i++)
        if (strcmp(alert_words[i].alert, kind) == 0)
            words = alert_words[i].words;
    doc_day(strcmp(kind, "died") == 0 ? text : "", died);
    buf_fmt(line, "%s%s%s", line->len ? "; " : "! ", words, *died ? died : text);
}

static void add_alerts(struct case_file *f)
{
    struct buf line = {0};
    size_t i;
    const json_t *alert;
    const char *safeguarding = doc_text(f->episode, "safeguarding");
    if (strcmp(safeguarding, "concern") == 0)
        buf_str(&line, "! Safeguarding concern open");
    json_array_foreach(json_object_get(f->record, "alerts"), i, alert)
        add_alert(f, alert, &line);
    pane_add(&f->head, "", STYLE_ALERT, buf_text(&line));
    buf_free(&line);
}

static void add_consent(struct case_file *f)
{
    const json_t *consent = json_object_get(f->record, "consent");
    const char *share = doc_text(consent, "share"), *contact = doc_text(consent, "contact");
    bool fine = strcmp(share, "Given") == 0 && strcmp(contact, "Given") == 0;
    pane_fmt(&f->head, "", fine ? STYLE_GOOD : STYLE_WARN, "Consent to be contacted: %s. To be referred, details shared: %s.", contact, share);
}

void person_fill_head(struct case_file *f)
{
    pane_clear(&f->head);
    add_reach(f);
    add_alerts(f);
    add_consent(f);
}
