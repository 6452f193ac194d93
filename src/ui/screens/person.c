/* SPDX-License-Identifier: MIT
 *
 * The Person screen: which documents are shown, the tabs over them, and the
 * picture. Opening it is the logged look; the consent document is opened when
 * a tab first needs it.
 */
#include "person.h"

#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "tabs.h"

#define HEAD_ROWS 4 /* at most, so that the rows of a tab have the larger part at 24 lines */

const char *const person_tab_names[TAB_COUNT] = {"Summary", "Needs", "Consent", "Handoffs", "Contacts", "Plan", "Outcomes", "Timeline"};

/* ---- the documents */

static void free_documents(struct case_file *f)
{
    json_decref(f->record);
    json_decref(f->episode);
    json_decref(f->consent);
    f->record = f->episode = f->consent = NULL;
}

/* The newest that is not closed, else the newest; "" where there is none. */
static const char *episode_to_show(const json_t *record)
{
    const char *best = "", *best_day = "";
    bool best_open = false;
    size_t i;
    const json_t *r;
    json_array_foreach(json_object_get(record, "referrals"), i, r) {
        const char *state = doc_text(r, "state"), *day = doc_text(r, "received_on");
        bool open = strcmp(state, "closed") != 0 && strcmp(state, "error") != 0;
        if (*best && (open != best_open ? best_open : strcmp(day, best_day) < 0))
            continue;
        best = doc_text(r, "referral");
        best_day = day;
        best_open = open;
    }
    return best;
}

static bool needs_consent(const struct case_file *f)
{
    return (f->tab == TAB_CONSENT || f->tab == TAB_TIMELINE) && (session_roles(desk_session(f->base.desk)) & ROLE_CARE);
}

/* Reads all anew; what was shown stays when one cannot be read. */
static bool load(struct case_file *f, const char *person, const char *referral, struct err *e)
{
    struct case_file now = *f;
    char of[REF_SIZE] = "";
    now.record = now.episode = now.consent = NULL;
    if (referral && *referral && !(now.episode = desk_show(&f->base, "referral show", referral, e)))
        return false;
    if (now.episode)
        person = doc_text(now.episode, "person");
    bool ok = text_copy(of, sizeof of, person ? person : "") || err_set(e, ERR_INVALID, "That is no reference of a person.");
    ok = ok && (now.record = desk_show(&f->base, "person show", of, e));
    if (ok && !now.episode && *episode_to_show(now.record))
        ok = (now.episode = desk_show(&f->base, "referral show", episode_to_show(now.record), e)) != NULL;
    if (ok && needs_consent(f))
        ok = (now.consent = desk_show(&f->base, "consent show", of, e)) != NULL;
    if (!ok) {
        free_documents(&now);
        return false;
    }
    free_documents(f);
    f->record = now.record;
    f->episode = now.episode;
    f->consent = now.consent;
    text_put(f->person, sizeof f->person, doc_text(f->record, "person"));
    text_put(f->referral, sizeof f->referral, doc_text(f->episode, "referral"));
    person_fill_head(f);
    for (size_t i = 0; i < TAB_COUNT; i++)
        person_fill(f, (enum person_tab)i);
    return true;
}

void person_go_to(struct screen *self, enum person_tab tab)
{
    struct case_file *f = (struct case_file *)self;
    struct err e = {0};
    f->tab = tab;
    if (!needs_consent(f) || f->consent)
        return;
    if (!(f->consent = desk_show(self, "consent show", f->person, &e)))
        desk_error(self, &e);
    person_fill(f, TAB_CONSENT);
    person_fill(f, TAB_TIMELINE);
}

/* ---- several episodes */

static void show_episode(struct screen *over, const char *key)
{
    struct err e = {0};
    if (!load((struct case_file *)over, NULL, key, &e))
        desk_error(over, &e);
}

void person_choose_episode(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    struct choice_row rows[20];
    struct buf hints[20] = {{0}};
    size_t i, n = 0;
    const json_t *r;
    json_array_foreach(json_object_get(f->record, "referrals"), i, r) {
        char day[DAY_SHOWN];
        if (n == sizeof rows / sizeof *rows)
            break;
        doc_day(doc_text(r, "received_on"), day);
        buf_fmt(&hints[n], "received %s", *day ? day : "never");
        rows[n] = (struct choice_row){doc_text(r, "referral"), choice_label(referral_states, doc_text(r, "state")), buf_text(&hints[n])};
        n++;
    }
    if (n > 1)
        dialog_pick(self, "Which of their referrals?", rows, n, show_episode);
    else
        desk_say(self, n ? "This is their only referral." : "They have no referral yet; i begins one.");
    for (i = 0; i < sizeof hints / sizeof *hints; i++)
        buf_free(&hints[i]);
}

/* ---- the screen */

static void person_close(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    free_documents(f);
    for (size_t i = 0; i < TAB_COUNT; i++)
        view_free(f->views[i]);
    pane_free(&f->head);
    pane_free(&f->pane);
}

static bool person_open(struct screen *self, const void *args, struct err *e)
{
    struct case_file *f = (struct case_file *)self;
    const struct open_args *a = args;
    if (!a || (!a->person && !a->referral))
        return err_set(e, ERR_INVALID, "Choose a person first: f finds one.");
    for (size_t i = 0; i < TAB_COUNT; i++)
        f->views[i] = person_new_view((enum person_tab)i);
    if (load(f, a->person, a->referral, e))
        return true;
    person_close(self);
    return false;
}

static bool person_refresh(struct screen *self, struct err *e)
{
    struct case_file *f = (struct case_file *)self;
    return load(f, f->person, *f->referral ? f->referral : NULL, e);
}

/* The same tab of the record that is in focus below. */
static bool person_follow(struct screen *self, const struct screen *below, struct err *e)
{
    const char *person = below->type->subject ? below->type->subject(below, "person") : NULL;
    const char *referral = below->type->subject ? below->type->subject(below, "referral") : NULL;
    if (!person && !referral)
        return err_set(e, ERR_NOT_FOUND, "The next line is about no person; q goes back to the list.");
    return load((struct case_file *)self, person, referral, e);
}

static struct view *person_view(const struct screen *self)
{
    const struct case_file *f = (const struct case_file *)self;
    return f->views[f->tab];
}

static const char *person_subject(const struct screen *self, const char *kind)
{
    const struct case_file *f = (const struct case_file *)self;
    if (strcmp(kind, "person") == 0 || strcmp(kind, "keep") == 0)
        return f->person;
    if (strcmp(kind, "referral") == 0)
        return *f->referral ? f->referral : NULL;
    return part_subject(f, kind);
}

/* Whatever is pressed next is about the row in focus again. */
static bool person_event(struct screen *self, const struct event *ev)
{
    (void)ev;
    ((struct case_file *)self)->on_next = false;
    return false;
}

static int head_rows(const struct case_file *f, struct area body)
{
    int lines = 0;
    for (size_t i = 0; i < f->head.n; i++)
        lines += canvas_wrap(NULL, (struct area){0, 0, 1, body.cols - 2}, f->head.lines[i].style, f->head.lines[i].value, 0);
    int most = body.rows / 3 > HEAD_ROWS ? body.rows / 3 : HEAD_ROWS;
    return lines > most ? most : lines;
}

static void person_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct case_file *f = (struct case_file *)self;
    struct area list, detail;
    int head = head_rows(f, body);
    pane_draw(&f->head, c, (struct area){body.row, body.col + 1, head, body.cols - 2});
    tabs_draw(c, body.row + head, body.col, body.cols, person_tab_names, TAB_COUNT, f->tab);
    struct area rest = {body.row + head + 1, body.col, body.rows - head - 1, body.cols};
    layout_split(rest, desk_pane(self->desk), &list, &detail);
    view_draw(f->views[f->tab], c, list, true);
    pane_clear(&f->pane);
    if (detail.rows > 0)
        part_say(f, &f->pane);
    detail.col++;
    detail.cols--;
    pane_draw(&f->pane, c, detail);
}

const struct screen_type person_screen = {
    .name = "person", .title = "Person",
    .help = "One person: what must be known before ringing is always on top, the tabs below have everything recorded. "
            "Left and Right, or a digit, go to another tab; Enter shows a row whole, a adds one, e changes it. d does what is next.",
    .size = sizeof(struct case_file), .commands = person_commands, .roles = ROLE_CARE | ROLE_REP, .record = true,
    .open = person_open, .close = person_close, .draw = person_draw, .event = person_event, .headline = person_headline,
    .view = person_view, .subject = person_subject, .refresh = person_refresh, .follow = person_follow,
};
