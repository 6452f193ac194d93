/* SPDX-License-Identifier: MIT
 *
 * How an episode begins: somebody is referred, taken on or not, given to a
 * worker, tried for and talked to for the first time.
 */
#include <stdlib.h>
#include <string.h>

#include "demo/names.h"
#include "demo/scene.h"
#include "store/referrals.h"

/* ---- the person */

bool scene_add_person(struct scene *sc, const struct person *p, const char *new_reason,
                      char ref[REF_SIZE], struct err *e)
{
    struct typed words[48];
    char *texts[48];
    size_t n = 0;
    for (size_t i = 0; i < person_type.count; i++) {
        const struct field *f = &person_type.fields[i];
        struct buf text = {0};
        if ((f->flags & FIELD_AUTO) || strcmp(f->key, "restricted") == 0 || field_is_empty(f, p))
            continue;
        field_format(f, p, &text);
        texts[n] = text.data;
        words[n++] = (struct typed){f->key, text.data};
    }
    size_t own = n;
    words[n++] = (struct typed){"new", "yes"};
    words[n++] = (struct typed){"new_reason", new_reason};
    bool ok = borough_act(sc->b, sc->me, "person add", ref, words, n, e);
    for (size_t i = 0; i < own; i++)
        free(texts[i]);
    return ok;
}

bool scene_consent(struct scene *sc, const char *purpose, const char *recipients,
                   struct typed extra, struct err *e)
{
    static const char *const hows[] = {"phone",     "in_person", "phone",
                                       "in_person", "writing",   "video"};
    const struct life *l = sc->l;
    bool is_child = l->age < 16, competent = l->twist == COMPETENT,
         share = strcmp(purpose, "share") == 0;
    char parent[LINE_SIZE] = "", wording[CODE_SIZE];
    snprintf(wording, sizeof wording, "%s-1", purpose);
    if (is_child && !competent)
        snprintf(parent, sizeof parent, "%s's mother", l->name);
    return SCENE(sc, NULL, e, "consent give", {"person", l->person}, {"purpose", purpose},
                 {"recipients", recipients},
                 {"categories", share && !extra.key ? "identity,needs,risks,health,notes" : ""},
                 {"how", hows[chance_index(&sc->c, sizeof hows / sizeof *hows)]},
                 {"wording", wording},
                 {"given_by", !is_child || competent ? "person" : "parental_responsibility"},
                 {"given_by_name", parent}, {"capacity", competent ? "competent_under_16" : ""},
                 {"interpreter", l->twist == INTERPRETED ? "Telephone interpreter" : ""}, extra);
}

static bool ask_to_contact(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    if (sc->l->age >= 16 && sc->l->twist == PLAIN && chance_percent(&sc->c, 5))
        return SCENE(sc, NULL, e, "consent not-sought", {"person", sc->l->person},
                     {"purpose", "contact"},
                     {"reason", scene_line(sc, &not_sought_reasons, "", why, sizeof why)});
    return scene_consent(sc, "contact", "", (struct typed){0}, e) &&
           (!chance_percent(&sc->c, 30) ||
            scene_consent(sc, "evaluation", "", (struct typed){0}, e));
}

/* ---- who asked */

enum voice { VOICE_GP, VOICE_SELF, VOICE_OTHER };
/* clang-format off: a row a line */
static const struct source {
    const char *code;
    int weight;
    enum voice voice;
    const char *role, *organisation;
} sources[] = {
    {"gp_practice", 62, VOICE_GP, "GP", ""},
    {"community_health", 5, VOICE_OTHER, "District nurse", "Community nursing"},
    {"hospital", 5, VOICE_OTHER, "Ward sister", "The hospital"},
    {"mental_health_team", 4, VOICE_OTHER, "Care coordinator", "Mental health team"},
    {"pharmacy", 2, VOICE_OTHER, "Pharmacist", "Sugarloaf Pharmacy"},
    {"nhs_other", 1, VOICE_OTHER, "Physiotherapist", "Physiotherapy"},
    {"adult_social_care", 4, VOICE_OTHER, "Social worker", "Adult social care"},
    {"housing_provider", 3, VOICE_OTHER, "Housing officer", "Tenterhook Homes"},
    {"jobcentre", 2, VOICE_OTHER, "Work coach", "Jobcentre"},
    {"fire_service", 1, VOICE_OTHER, "Safe and well officer", "Fire and rescue"},
    {"self", 6, VOICE_SELF, "", ""},
    {"family_friend", 2, VOICE_OTHER, "", ""},
    {"voluntary", 3, VOICE_OTHER, "Volunteer coordinator", "Five Loaves Pantries"},
};
/* clang-format on */
enum { SOURCES = sizeof sources / sizeof *sources };

static const struct source *draw_source(struct chance *c)
{
    int weights[SOURCES];
    for (size_t i = 0; i < SOURCES; i++)
        weights[i] = sources[i].weight;
    return &sources[chance_weighted(c, weights, SOURCES)];
}

static void referrer_name(const struct source *s, struct chance *c, char out[LINE_SIZE])
{
    const struct heritage *h = &heritages[chance_index(c, heritage_count)];
    size_t women = 0, families = 0;
    while (h->women[women])
        women++;
    while (h->families[families])
        families++;
    const char *given = h->women[chance_index(c, women)],
               *family = h->families[chance_index(c, families)];
    snprintf(out, LINE_SIZE, "%s %s", s->voice == VOICE_GP ? "Dr" : given, family);
}

static const struct lines *reasons_of(const struct scene *sc, enum voice v)
{
    return v == VOICE_GP ? &sc->words->gp : v == VOICE_SELF ? &sc->words->self : &sc->words->other;
}

static bool start(struct scene *sc, struct err *e)
{
    const struct source *s = draw_source(&sc->c);
    struct life *l = sc->l;
    char reason[NOTE_SIZE], name[LINE_SIZE] = "", note[LONG_SIZE] = "";
    bool is_self = s->voice == VOICE_SELF, gp = s->voice == VOICE_GP;
    const char *safe = l->twist == CONCERN || l->twist == CONCERN_SAFE ? "not_yet"
                       : chance_percent(&sc->c, 8)                     ? "not_yet"
                                                                       : "none";
    if (!is_self)
        referrer_name(s, &sc->c, name);
    return SCENE(
        sc, l->referral, e, "referral start", {"person", l->person}, {"source", s->code},
        {"referrer_name", name}, {"referrer_role", s->role},
        {"referrer_organisation", gp ? practice_places[l->practice].name : s->organisation},
        {"referrer_practice", gp ? practice_places[l->practice].code : ""},
        {"referrer_phone", is_self || gp ? "" : "0161 496 0410"},
        {"reason", scene_line(sc, reasons_of(sc, s->voice), l->needs[0], reason, sizeof reason)},
        {"urgent", chance_percent(&sc->c, 4) ? "yes" : "no"}, {"safeguarding", safe},
        {"safeguarding_note", note});
}

bool scene_referred(struct scene *sc, struct err *e)
{
    struct person p;
    struct life *l = sc->l;
    bool draft = story_of(l)->reach == TO_DRAFT;
    borough_person(sc->b, l, &p);
    borough_told(l, "", &sc->told);
    if (!scene_add_person(sc, &p, "Another date of birth and address", l->person, e) ||
        !ask_to_contact(sc, e) || !start(sc, e))
        return false;
    if (!SCENE(sc, NULL, e, "need add", {"referral", l->referral}, {"need", l->needs[0]},
               {"severity", DIGITS(chance_between(&sc->c, 2, 5))}, {"found", "presenting"},
               {"main", "yes"}))
        return false;
    sc->b->done++;
    return draft || SCENE(sc, NULL, e, "referral submit", {"referral", l->referral});
}

/* ---- taken on, or not */

static bool add_risks(struct scene *sc, struct err *e)
{
    /* clang-format off: a row a line */
    static const struct {
        const char *kind, *note;
        int weight;
    } risks[] = {
        {"none_known", "", 70},
        {"falls", "Two falls this year, uses a stick", 9},
        {"animals", "Large dog, ask for it to be shut in", 4},
        {"self_harm", "In the past, crisis plan with the practice", 4},
        {"home_condition", "Clutter in the hall, one way in", 3},
        {"substance_use", "Drinks in the afternoon, ring in the morning", 3},
        {"lone_visit", "See at the surgery, not at home", 2},
        {"financial_abuse", "A relative has the card", 2},
        {"domestic_violence", "Ring within the safe times only", 2},
        {"infection", "", 1},
    };
    /* clang-format on */
    enum { RISKS = sizeof risks / sizeof *risks };
    int weights[RISKS];
    for (size_t i = 0; i < RISKS; i++)
        weights[i] = risks[i].weight;
    size_t i = chance_weighted(&sc->c, weights, RISKS);
    return SCENE(sc, NULL, e, "risk add", {"person", sc->l->person}, {"kind", risks[i].kind},
                 {"note", risks[i].note});
}

static bool turn_away(struct scene *sc, const char *reason, struct err *e)
{
    static const char *const others[] = {"not_appropriate", "no_capacity", "transferred",
                                         "needs_met_elsewhere"};
    char note[LONG_SIZE];
    bool is_duplicate = strcmp(reason, "duplicate") == 0;
    return SCENE(sc, NULL, e, "referral turn-away", {"referral", sc->l->referral},
                 {"reason", is_duplicate ? reason : others[sc->b->turned_away++ % 4]},
                 {"note", is_duplicate
                              ? "Sent twice by the practice system"
                              : scene_line(sc, &turned_away_notes, "", note, sizeof note)});
}

bool scene_triage(struct scene *sc, struct err *e)
{
    const struct life *l = sc->l;
    const struct story *st = story_of(l);
    if (st->reach == TO_TRIAGED)
        return turn_away(sc, st->close, e);
    for (size_t i = 1; i < l->need_count; i++)
        if (!SCENE(sc, NULL, e, "need add", {"referral", l->referral}, {"need", l->needs[i]},
                   {"severity", DIGITS(chance_between(&sc->c, 1, 4))},
                   {"found", chance_percent(&sc->c, 40) ? "found" : "presenting"}))
            return false;
    return add_risks(sc, e) && SCENE(sc, NULL, e, "referral accept", {"referral", l->referral});
}

static bool is_owed(struct scene *sc, bool *owed, struct err *e)
{
    struct referral r;
    void *rows;
    size_t n;
    *owed = false;
    if (!scene_referral(sc, &r, e) ||
        !referral_children(sc->b->s->db, &answer_type, r.id, &rows, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        *owed = *owed || !*((const struct answer *)rows)[i].told_on;
    free(rows);
    return true;
}

bool scene_answered(struct scene *sc, struct err *e)
{
    static const char *const hows[] = {"letter", "e-mail", "telephone", "practice system",
                                       "practice system"};
    bool owed;
    if (!is_owed(sc, &owed, e))
        return false;
    return !owed || SCENE(sc, NULL, e, "referral told", {"referral", sc->l->referral},
                          {"told", hows[chance_index(&sc->c, 5)]});
}

bool scene_allocated(struct scene *sc, struct err *e)
{
    return ACT(sc->b, &sc->b->manager, NULL, e, "referral allocate", {"referral", sc->l->referral},
               {"worker", sc->me->login});
}

/* ---- tried for, talked to */

bool scene_try(struct scene *sc, struct err *e)
{
    /* clang-format off: a row a line */
    static const struct {
        const char *mode, *outcome;
        const struct lines *notes;
        int weight;
    } tries[] = {
        {"phone", "no_answer", &no_answer_notes, 40},
        {"phone", "message_left", &message_notes, 26},
        {"text", "message_left", &text_notes, 12},
        {"meeting", "did_not_attend", &missed_notes, 9},
        {"phone", "wrong_number", &wrong_number_notes, 4},
        {"phone", "other_person", &other_person_notes, 9},
    };
    /* clang-format on */
    enum { TRIES = sizeof tries / sizeof *tries };
    int weights[TRIES];
    char note[NOTE_SIZE];
    for (size_t i = 0; i < TRIES; i++)
        weights[i] = tries[i].weight;
    size_t i = chance_weighted(&sc->c, weights, TRIES);
    return SCENE(sc, NULL, e, "referral contact", {"referral", sc->l->referral},
                 {"mode", tries[i].mode}, {"outcome", tries[i].outcome},
                 {"minutes", DIGITS(chance_between(&sc->c, 1, 4))},
                 {"note", scene_line(sc, tries[i].notes, "", note, sizeof note)});
}

/* How a talk was held, where its note says so. */
static const char *mode_of(const char *note, struct chance *c)
{
    /* clang-format off: a row a line */
    static const char *const said[][2] = {
        {"Phone", "phone"},
        {"First call", "phone"},
        {"Call", "phone"},
        {"Short call", "phone"},
        {"Rang", "phone"},
        {"Chased", "phone"},
        {"Long first call", "phone"},
        {"Introduced myself", "phone"},
        {"Long call", "phone"},
        {"Ended by phone", "phone"},
        {"Final call", "phone"},
        {"Closing call", "phone"},
        {"Ten minutes by phone", "phone"},
        {"Visit", "visit"},
        {"First visit", "visit"},
        {"Home visit", "visit"},
        {"Popped in", "visit"},
        {"Met", "meeting"},
        {"First meeting", "meeting"},
        {"Saw", "meeting"},
        {"Went", "meeting"},
        {"Last session", "meeting"},
        {"Text", "text"},
        {"Last visit", "visit"},
        {"Let in", "visit"},
        {"Closed by text", "text"},
    };
    /* clang-format on */
    static const char *const modes[] = {"phone", "visit", "meeting", "video"};
    static const int weights[] = {58, 24, 14, 4};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (text_starts(note, said[i][0]))
            return said[i][1];
    return modes[chance_weighted(c, weights, 4)];
}

/* "Phone, 20 mins." took twenty minutes; where it is not said, some number of fives. */
static int minutes_of(const char *note, struct chance *c)
{
    const char *at = strstr(note, " min");
    int minutes = chance_between(c, 2, 11) * 5;
    if (!at)
        return minutes;
    while (at > note && at[-1] >= '0' && at[-1] <= '9')
        at--;
    return *at == ' ' ? minutes : atoi(at);
}

bool scene_talk(struct scene *sc, const struct lines *from, size_t turn, day_t call_back,
                struct err *e)
{
    char note[NOTE_SIZE];
    sc->l->talks++;
    scene_line_in_turn(sc, from, sc->l->needs[0], turn, note, sizeof note);
    return SCENE(sc, NULL, e, "referral contact", {"referral", sc->l->referral},
                 {"mode", mode_of(note, &sc->c)}, {"outcome", "reached"},
                 {"minutes", DIGITS(minutes_of(note, &sc->c))}, {"note", note},
                 {"call_back_on", call_back == DATE_NONE ? "" : ISO(call_back)});
}

static bool answer_safeguarding(struct scene *sc, struct err *e)
{
    struct referral r;
    char note[LONG_SIZE] = "";
    bool concern =
        sc->l->twist == CONCERN || sc->l->twist == CONCERN_SAFE || chance_percent(&sc->c, 6);
    if (!scene_referral(sc, &r, e))
        return false;
    if (strcmp(r.safeguarding, "not_yet") != 0)
        return true;
    if (concern && sc->l->twist != PLAIN)
        scene_line(sc, &concern_notes, "", note, sizeof note);
    return SCENE(sc, NULL, e, "referral safeguarding", {"referral", sc->l->referral},
                 {"answer", *note ? "concern" : "none"}, {"note", note});
}

bool scene_first(struct scene *sc, struct err *e)
{
    const char *ref = sc->l->referral;
    char note[LONG_SIZE];
    if (story_of(sc->l)->reach == TO_TALK)
        return SCENE(sc, NULL, e, "referral contact", {"referral", ref}, {"mode", "phone"},
                     {"outcome", "reached"}, {"minutes", DIGITS(chance_between(&sc->c, 3, 15))},
                     {"note", scene_line(sc, &close_declined_notes, "", note, sizeof note)}) &&
               SCENE(sc, NULL, e, "referral decline", {"referral", ref}, {"note", note});
    char action[LONG_SIZE];
    struct chance begins = life_chance(sc->b, sc->l, "first words");
    return scene_talk(sc, &sc->words->first, chance_index(&begins, 101), DATE_NONE, e) &&
           answer_safeguarding(sc, e) &&
           SCENE(sc, NULL, e, "referral begin", {"referral", ref}, {"agreed", "yes"}) &&
           (!chance_percent(&sc->c, 70) ||
            SCENE(sc, NULL, e, "referral edit", {"referral", ref},
                  {"gp_action", scene_line(sc, &gp_actions, "", action, sizeof action)}));
}
