/* SPDX-License-Identifier: MIT
 *
 * See scene.h: setting the scene of an event and finding the words for it.
 */
#include "demo/scene.h"

#include <string.h>

/* ---- words */

static bool fits(const struct line *line, const char *need)
{
    return !*line->need || strcmp(line->need, need) == 0;
}

const char *scene_line_in_turn(struct scene *sc, const struct lines *from, const char *need,
                               size_t turn, char *out, size_t size)
{
    size_t n = 0;
    struct buf text = {0};
    for (size_t i = 0; i < from->count; i++)
        n += fits(&from->at[i], need);
    bool any = n == 0; /* none is of this need: one of another says it as well */
    turn %= any ? from->count : n; /* NOLINT(clang-analyzer-core.DivideZero): no kind is without lines */
    for (size_t i = 0; i < from->count; i++) {
        if ((!any && !fits(&from->at[i], need)) || turn-- > 0)
            continue;
        tell(&text, from->at[i].text, &sc->told, &sc->c);
        break;
    }
    if (!text_copy(out, size, buf_text(&text)))
        die("too long for a demonstration: %s", text.data);
    buf_free(&text);
    return out;
}

const char *scene_line(struct scene *sc, const struct lines *from, const char *need, char *out,
                       size_t size)
{
    return scene_line_in_turn(sc, from, need, chance_index(&sc->c, 10007), out, size);
}

/* ---- records */

bool scene_referral(struct scene *sc, struct referral *r, struct err *e)
{
    return record_load_ref(sc->b->s->db, &referral_type, sc->l->referral, r, e);
}

bool scene_handoff(struct scene *sc, size_t out, struct handoff *h, struct err *e)
{
    if (!*sc->l->out[out].ref) {
        record_init(&handoff_type, h);
        return true;
    }
    return record_load_ref(sc->b->s->db, &handoff_type, sc->l->out[out].ref, h, e);
}

const struct demo_organisation *scene_organisation(const struct scene *sc, size_t out)
{
    return &sc->b->organisations[sc->b->services[sc->l->out[out].service].organisation];
}

/* ---- the event */

static bool do_round(struct borough *b, const struct event *ev, struct err *e)
{
    switch ((enum event_kind)ev->kind) {
    case EV_ROUND:
        return borough_verify_directory(b, ev->arg, e);
    case EV_NIGHT:
        return borough_night(b, ev->day, e);
    case EV_POST:
        return borough_post(b, ev->day, e);
    case EV_JOINED:
        return borough_join(b, e);
    default:
        die("an event of the demonstration is nobody's");
    }
}

/* clang-format off: a row a line */
static scene_fn *const scenes[] = {
    [EV_REFERRED] = scene_referred, [EV_TRIAGE] = scene_triage,
    [EV_ANSWERED] = scene_answered, [EV_ALLOCATED] = scene_allocated,
    [EV_TRY] = scene_try,           [EV_FIRST] = scene_first,
    [EV_SHARE] = scene_share,       [EV_PLAN] = scene_plan,
    [EV_CONTACT] = scene_contact,   [EV_OUT] = scene_out,
    [EV_PHONED] = scene_phoned,     [EV_REVIEW] = scene_review,
    [EV_NUDGE] = scene_nudge,       [EV_STOPPED] = scene_stopped,
    [EV_END] = scene_end,           [EV_ODD] = scene_odd,
};
/* clang-format on */

bool borough_event(struct borough *b, const struct event *ev, struct err *e)
{
    borough_at(b, ev->day, ev->minute);
    if (ev->life == UINT32_MAX)
        return do_round(b, ev, e);
    struct life *l = &b->lives[ev->life];
    struct scene sc = {.b = b, .l = l, .ev = ev, .me = &b->workers[l->worker]};
    sc.c = chance_of(b->seed, "event",
                     l->number << 32 | (uint64_t)(ev->day & 0xffff) << 16 |
                         (uint64_t)ev->kind << 8 | ev->arg);
    sc.words = words_of(l->needs[0], l->age);
    borough_told(l, l->out_count ? scene_organisation(&sc, 0)->name : "", &sc.told);
    if (scenes[ev->kind](&sc, e))
        return true;
    return err_prefix(e, "The demonstration, %s, story %s, twist %d",
                      *l->referral ? l->referral : "a person", story_of(l)->word, l->twist);
}
