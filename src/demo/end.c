/* SPDX-License-Identifier: MIT
 *
 * How episodes end.
 */
#include <string.h>

#include "demo/scene.h"

/* What came of each need, and a word about it. */
static bool outcomes(struct scene *sc, bool well, struct err *e)
{
    static const char *const good[] = {"met", "partly_met", "with_organisation",
                                       "met", "signposted", "went_away"};
    static const char *const poor[] = {"not_known", "not_met", "not_wanted", "partly_met",
                                       "no_service"};
    for (size_t i = 0; i < sc->l->need_count; i++) {
        const char *outcome = well ? good[chance_index(&sc->c, 6)] : poor[chance_index(&sc->c, 5)];
        char note[LONG_SIZE] = "";
        if (well && chance_percent(&sc->c, 50))
            scene_line(sc, &need_outcome_notes, outcome, note, sizeof note);
        if (!SCENE(sc, NULL, e, "need outcome", {"referral", sc->l->referral},
                   {"need", sc->l->needs[i]}, {"outcome", outcome}, {"note", note}))
            return false;
    }
    return true;
}

static bool died(struct scene *sc, struct err *e)
{
    day_t on = instant_day(sc->b->now) - chance_between(&sc->c, 1, 9);
    return SCENE(sc, NULL, e, "person died", {"person", sc->l->person}, {"on", ISO(on)});
}

bool scene_end(struct scene *sc, struct err *e)
{
    /* clang-format off: a row a line */
    static const struct ending {
        const char *reason;
        bool outcomes, well;
        const struct lines *notes;
    } endings[] = {
        {"completed", true, true, &close_completed_notes},
        {"disengaged", true, false, &close_disengaged_notes},
        {"moved_away", false, false, &close_moved_notes},
        {"transferred", false, false, &close_transferred_notes},
        {"needs_met_elsewhere", true, true, &close_elsewhere_notes},
    };
    /* clang-format on */
    const char *reason = *story_of(sc->l)->close ? story_of(sc->l)->close : "completed";
    char note[LONG_SIZE];
    if (strcmp(reason, "died") == 0)
        return died(sc, e);
    if (strcmp(reason, "unable_to_contact") == 0)
        return SCENE(sc, NULL, e, "referral unable-to-contact", {"referral", sc->l->referral},
                     {"note", scene_line(sc, &close_unable_notes, "", note, sizeof note)});
    const struct ending *end = endings;
    while (strcmp(end->reason, reason) != 0)
        end++;
    return (!end->outcomes || outcomes(sc, end->well, e)) &&
           SCENE(sc, NULL, e, "referral close", {"referral", sc->l->referral}, {"reason", reason},
                 {"note", scene_line(sc, end->notes, "", note, sizeof note)},
                 {"leave_sent", end->well && sc->ev->day > sc->b->last - 40 ? "yes" : "no"});
}
