/* SPDX-License-Identifier: MIT
 *
 * Who works in the borough, and the practices that refer to it.
 */
#include <string.h>

#include "demo/borough.h"
#include "store/bulk.h"

struct staff {
    const char *login, *name, *phone, *roles, *neighbourhoods;
};
/* clang-format off: a row a line */
static const struct staff workers[WORKERS] = {
    {"asha", "Asha Raghuvanshi-Rao", "0161 496 0301", "worker", "broughton"},
    {"bronagh", "Bronagh O'Dorrigan", "0161 496 0302", "worker", "broughton,swinton"},
    {"callum", "Callum Hollinbrook", "0161 496 0303", "worker", "broughton,ordsall-claremont"},
    {"devorah", "Devorah Rosenthaler", "0161 496 0304", "worker", "eccles-irlam"},
    {"emrys", "Emrys Llewelynfa", "0161 496 0305", "worker", "eccles-irlam,walkden-little-hulton"},
    {"farzana", "Farzana Siddiquee", "0161 496 0306", "worker", "eccles-irlam,swinton"},
    {"gloria", "Gloria Braithwater", "0161 496 0307", "worker", "ordsall-claremont"},
    {"hamish", "Hamish MacAskillan", "0161 496 0308", "worker", "ordsall-claremont,broughton"},
    {"ines", "Inês Figueirinha", "0161 496 0309", "worker", "swinton,walkden-little-hulton"},
    {"jarek", "Jarosław Świerczek", "0161 496 0310", "worker", "walkden-little-hulton"},
    {"kath", "Kath Ormerhill", "0161 496 0311", "worker", "walkden-little-hulton,eccles-irlam"},
    {"leila", "Leila Shammariyah", "0161 496 0312", "worker", ""},
};
/* clang-format on */
static const struct staff reps[REPS] = {
    {"robin", "Robin Fothergate", "0161 496 0321", "rep", "broughton,ordsall-claremont"},
    {"sunniva", "Sunniva Tattershawe", "0161 496 0322", "rep",
     "swinton,eccles-irlam,walkden-little-hulton"},
};
static const struct staff manager = {"morwenna", "Morwenna Pritchardd", "0161 496 0330", "manager",
                                     ""};
static const struct staff admin = {"nikhil", "Nikhil Desaiwala", "0161 496 0331", "admin", ""};
static const struct staff auditor = {"oonagh", "Oonagh Tarpeyson", "0161 496 0332", "auditor", ""};
static const struct staff night = {"nightly", "The nightly run", "", "nightly", ""};

static bool add_user(struct borough *b, const struct staff *p, bool service, struct user *out,
                     struct err *e)
{
    char mail[96] = "";
    if (*p->phone)
        snprintf(mail, sizeof mail, "%s@onward.example", p->login);
    return ACT(b, &b->lead, NULL, e, "user add", {"login", p->login}, {"name", p->name},
               {"phone", p->phone}, {"email", mail}, {"roles", p->roles},
               {"neighbourhoods", p->neighbourhoods}, {"service", service ? "yes" : "no"}) &&
           record_load_ref(b->s->db, &user_type, p->login, out, e);
}

static bool add_practices(struct borough *b, struct err *e)
{
    struct bulk_rows rows = {.columns = PRACTICE_CELLS};
    struct buf fold = {0};
    struct arena text = {0};
    struct chance c = chance_of(b->seed, "practices", 0);
    for (size_t i = 0; i < practice_count; i++) {
        const struct practice_place *p = &practice_places[i];
        char postcode[9];
        place_postcode(&c, p->neighbourhood, postcode);
        buf_clear(&fold);
        text_fold(p->name, &fold);
        const char **cell = bulk_row(&rows);
        cell[PRACTICE_CODE] = p->code;
        cell[PRACTICE_NAME] = p->name;
        cell[PRACTICE_ADDRESS] = places[p->neighbourhood].town;
        cell[PRACTICE_POSTCODE] = arena_text(&text, postcode);
        cell[PRACTICE_PHONE] = "0161 496 0400";
        cell[PRACTICE_STATUS] = "active";
        cell[PRACTICE_SETTING] = "4";
        cell[PRACTICE_OPENED] = "1974-04-01";
        cell[PRACTICE_FOLD_NAME] = arena_text(&text, buf_text(&fold));
    }
    bool ok = bulk_insert(b->s->db, BULK_PRACTICE, &rows, e);
    bulk_free(&rows);
    arena_free(&text);
    buf_free(&fold);
    return ok;
}

bool borough_staff(struct borough *b, struct err *e)
{
    b->lead = b->s->user;
    for (size_t i = 0; i < WORKERS; i++)
        if (!add_user(b, &workers[i], false, &b->workers[i], e))
            return false;
    for (size_t i = 0; i < REPS; i++)
        if (!add_user(b, &reps[i], false, &b->reps[i], e))
            return false;
    return add_user(b, &manager, false, &b->manager, e) &&
           add_user(b, &admin, false, &b->admin, e) &&
           add_user(b, &auditor, false, &b->auditor, e) &&
           add_user(b, &night, true, &b->night, e) && add_practices(b, e);
}
