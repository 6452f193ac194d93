/* SPDX-License-Identifier: MIT
 *
 * The directory of the borough: some forty organisations that do not exist,
 * what they offer, and where. An offer that is local is a service of its own
 * in every neighbourhood that its organisation covers.
 */
#include <string.h>

#include "demo/borough.h"

/* ---- what is offered */

struct offer {
    const char *key, *name, *needs;
    int min_age, max_age;
    bool local, remote;
    const char *description;
};
enum { ANY_AGE = -1 };
/* clang-format off: a row a line */
static const struct offer offers[] = {
    {"debt", "Debt advice", "money_debt", 18, ANY_AGE, true, false,
     "One to one, with or without papers. Bailiffs, council tax, doorstep loans."},
    {"benefits", "Benefits and form filling", "welfare_benefits,money_debt", 16, ANY_AGE, true,
     false, "Checks, forms, reconsiderations. Bring every letter."},
    {"appeals", "Help with appeals", "welfare_benefits,legal", 18, ANY_AGE, false, false,
     "To the tribunal and in the room."},
    {"moneyline", "Money line", "money_debt,welfare_benefits", 18, ANY_AGE, false, true,
     "By telephone, weekdays."},
    {"law", "Law clinic", "legal,immigration", 18, ANY_AGE, false, false,
     "Half an hour with a solicitor, Thursday evenings."},
    {"tenants", "Tenants' advice", "housing,legal", 16, ANY_AGE, true, false,
     "Repairs, notices, arrears."},
    {"homeless", "Somewhere to stay", "housing", 16, ANY_AGE, false, false,
     "Deposit scheme and emergency beds."},
    {"warm", "Warm homes visits", "fuel_poverty,housing", 18, ANY_AGE, true, false,
     "Draughts, boilers, meters, grants."},
    {"pantry", "Community pantry", "food", ANY_AGE, ANY_AGE, true, false,
     "A week's shop for a few pounds. Members help run it."},
    {"cook", "Cook and eat", "food,weight,isolation", 16, ANY_AGE, true, false,
     "Cook it, eat it, take some home."},
    {"handy", "Handyperson", "practical_help,falls", 50, ANY_AGE, true, false,
     "Rails, bulbs, key safes, small jobs."},
    {"garden-help", "Garden help", "practical_help", 60, ANY_AGE, true, false,
     "A team of volunteers and a wheelbarrow."},
    {"online", "Tablet and tea", "digital,isolation", 50, ANY_AGE, true, false,
     "Slow, friendly, one device at a time."},
    {"car", "Community cars", "transport", 18, ANY_AGE, true, false,
     "Volunteer drivers to clinics and clubs."},
    {"buddy-bus", "Bus buddies", "transport,mental_health", 16, ANY_AGE, false, false,
     "One stop at a time."},
    {"befriend", "Befriending", "isolation,bereavement", 50, ANY_AGE, true, false,
     "A visitor, weekly, matched by what you like."},
    {"phone-friend", "Telephone friends", "isolation", 18, ANY_AGE, false, true,
     "A call on the long days."},
    {"social", "Social club", "isolation,faith_culture", 55, ANY_AGE, true, false,
     "Dominoes, dinner, singing, a raffle."},
    {"grief", "Bereavement support", "bereavement", 18, ANY_AGE, true, false,
     "One to one or in a small circle."},
    {"grief-young", "Bereavement support for the young", "bereavement,parenting", 5, 17, false,
     false, "With a parent nearby."},
    {"paint", "Painting upstairs", "arts_nature,mental_health", 16, ANY_AGE, true, false,
     "No experience, no critics."},
    {"choir", "Come as you are choir", "arts_nature,isolation", 16, ANY_AGE, false, false,
     "Cannot sing? Neither can we."},
    {"growing", "Growing together", "arts_nature,physical_activity", 16, ANY_AGE, true, false,
     "Raised beds, waist high."},
    {"shed", "The shed", "mental_health,isolation", 18, ANY_AGE, true, false,
     "Make, mend, brew up."},
    {"volunteer", "Ways to volunteer", "volunteering", 16, ANY_AGE, true, false,
     "Two hours or two days. References given."},
    {"faith", "Faith and friendship", "faith_culture,isolation", 16, ANY_AGE, true, false,
     "All welcome, and lunch."},
    {"peer", "Peer support group", "mental_health,emotional_health", 18, ANY_AGE, true, false,
     "Small groups run by people who have been there."},
    {"walk-talk", "Walk and talk", "mental_health,physical_activity", 16, ANY_AGE, true, false,
     "Side by side is easier."},
    {"calm", "Calm course", "emotional_health,mental_health", 18, ANY_AGE, true, false,
     "Six weeks of sitting still, sort of."},
    {"listen", "Someone to listen", "emotional_health,mental_health", 18, ANY_AGE, false, true,
     "By telephone or video, evenings too."},
    {"safe", "Safe and on", "domestic_abuse", 16, ANY_AGE, false, false,
     "Programme, locks, company to court. Childcare there."},
    {"dry", "Cutting down", "alcohol", 18, ANY_AGE, true, false, "You need not say your name."},
    {"recovery", "Recovery Saturdays", "substance_use,alcohol", 18, ANY_AGE, true, false,
     "Breakfast, football, nobody under the influence."},
    {"move", "Gentle exercise", "physical_activity,falls", 18, ANY_AGE, true, false,
     "Chairs welcome."},
    {"walks", "Health walks", "physical_activity,long_term_condition", 16, ANY_AGE, true, false,
     "As fast as the slowest."},
    {"balance", "Strength and balance", "falls,physical_activity", 60, ANY_AGE, true, false,
     "Twelve weeks on your feet."},
    {"weight", "Healthy weight", "weight,physical_activity", 18, ANY_AGE, true, false,
     "No weighing in front of anyone."},
    {"condition", "Living with it", "long_term_condition", 18, ANY_AGE, true, false,
     "Groups by condition, run by members."},
    {"breath", "Breathe easier", "long_term_condition,smoking", 40, ANY_AGE, true, false,
     "Singing and stopping, chest conditions."},
    {"smoke", "Stop smoking", "smoking", 12, ANY_AGE, false, true, "Patches, plans and texts."},
    {"sexual", "Straight talking", "sexual_health,emotional_health", 13, ANY_AGE, false, false,
     "Confidential. Drop in or by text."},
    {"carers", "Carers' breaks and groups", "caring", 18, ANY_AGE, true, false,
     "Assessment, sitters, company."},
    {"young-carers", "Young carers", "caring,emotional_health,isolation", 7, 18, true, false,
     "Fun first."},
    {"memory", "Memory cafe", "dementia,caring", 50, ANY_AGE, true, false, "For both of you."},
    {"advocate", "Planning ahead", "dementia,legal", 18, ANY_AGE, true, false,
     "Powers of attorney, in plain English."},
    {"declutter", "One bag at a time", "self_neglect,practical_help", 18, ANY_AGE, true, false,
     "The same two people, no photographs."},
    {"family", "Stay and play", "parenting,isolation", 16, ANY_AGE, true, false,
     "Under fives and whoever comes with them."},
    {"parents", "Parents' evenings off", "parenting,emotional_health", 16, ANY_AGE, true, false,
     "Saturday mornings, in fact."},
    {"youth", "Youth club", "isolation,emotional_health,mental_health,physical_activity", 9, 17,
     true, false, "Art room, pool table, quiet corner."},
    {"young-mind", "Young minds group", "mental_health,emotional_health,weight,parenting", 8, 17,
     true, false, "Small, gentle, parents welcome."},
    {"work", "Into work", "employment,learning", 16, 68, true, false,
     "CVs, trials, interviews, nerves."},
    {"read", "Reading one to one", "learning", 16, ANY_AGE, true, false,
     "Side door, private room."},
    {"esol", "English together", "learning,immigration", 16, ANY_AGE, true, false,
     "Classes with a creche."},
    {"arrive", "New neighbours", "immigration,housing", ANY_AGE, ANY_AGE, true, false,
     "Move-on, school places, finding your way."},
    {"curious", "Only to look", "other,arts_nature,volunteering", 16, ANY_AGE, true, false,
     "Bees, boats, local history."},
};
/* clang-format on */

/* ---- who offers it */

struct organisation_row {
    const char *code, *name,
        *areas; /* letters of the neighbourhoods: b e o s w; "*" the whole borough */
    const char *offers;
    const char *languages;
    enum agreement_kind agreement;
    bool machine, slow_mail;
    const char *end; /* a service that shut: its key, "" for none */
};
/* clang-format off: a row a line */
static const struct organisation_row rows[] = {
    {"quayline-advice", "Quayline Advice", "*", "debt,benefits,appeals,moneyline", "en,pl,ur",
     AGREED, false, false, ""},
    {"tenterhook-debt", "Tenterhook Debt Centre", "bo", "debt,benefits", "en,yi", AGREED, false,
     false, ""},
    {"irwell-law", "Irwell Bend Law Project", "*", "law,appeals,tenants", "en,ar,fa", AGREED, true,
     false, ""},
    {"lockgate-housing", "Lockgate Housing Aid", "*", "tenants,homeless", "en,pl,ro", AGREED, false,
     false, ""},
    {"warmhearth", "Warmhearth Salford", "*", "warm", "en", AGREED, false, true, ""},
    {"five-loaves", "Five Loaves Pantries", "*", "pantry,cook", "en,pt,so", AGREED, false, false,
     ""},
    {"steady-hands", "Steady Hands Handyperson Trust", "*", "handy,garden-help", "en",
     AGREED_ENDING, false, false, ""},
    {"plug-in", "Plug In and Brew Up", "*", "online", "en,ur,gu", AGREED, false, false, ""},
    {"lapwing-wheels", "Lapwing Wheels", "*", "car,buddy-bus", "en", AGREED, false, false, ""},
    {"next-door", "Next Door Befrienders", "*", "befriend,phone-friend", "en,pl,yi", AGREED, false,
     false, ""},
    {"cadisfield-club", "Cadisfield Social Club", "e", "social,choir", "en", AGREED, false, false,
     ""},
    {"seven-capstans", "Seven Capstans Community Hall", "o", "social,cook,move", "en,ar,so", AGREED,
     false, false, ""},
    {"pendlebell", "Pendlebell Neighbours", "s", "social,growing,walks", "en", AGREED_ENDING, false,
     false, ""},
    {"hultonbank", "Hultonbank Together", "w", "social,pantry,family,shed", "en,pl", AGREED, false,
     false, ""},
    {"ropery-hub", "The Ropery Hub", "b", "social,cook,family,walks", "en,yi,pl", AGREED, false,
     false, ""},
    {"lantern-grief", "Lantern Bereavement Circle", "*", "grief,grief-young", "en", AGREED, true,
     false, ""},
    {"daub", "Daub and Daughters Art Rooms", "*", "paint,curious", "en", AGREED, false, false, ""},
    {"mossdraine-growers", "Mossdraine Growers", "ew", "growing", "en", AGREED, false, false, ""},
    {"saltpan-growers", "Saltpan Rooftop Growers", "bo", "growing,volunteer", "en,so", AGREED,
     false, false, ""},
    {"bench-and-vice", "Bench and Vice Sheds", "bes", "shed", "en", AGREED, false, true, ""},
    {"hand-up", "Hand Up Volunteering", "*", "volunteer", "en", AGREED, false, false, ""},
    {"many-tables", "Many Tables Faith Network", "*", "faith,social", "en,ar,ur,yi,yo", AGREED,
     false, false, ""},
    {"second-wind", "Second Wind Mental Health", "*", "peer,walk-talk,calm", "en,ur", AGREED, true,
     false, ""},
    {"earshot", "Earshot Listening Service", "*", "listen,phone-friend", "en,zh,pl,bsl", AGREED,
     false, false, ""},
    {"quiet-corner", "The Quiet Corner", "ow", "peer,calm,paint", "en", AGREED, false, false,
     "calm"},
    {"yellow-curtains", "Yellow Curtains Women's Project", "*", "safe", "en,ur,ar,ro", AGREED,
     false, false, ""},
    {"squash-and-radio", "Squash and Radio", "*", "dry", "en", AGREED, false, false, ""},
    {"saturday-kick", "Saturday Kick Recovery", "*", "recovery", "en", AGREED_ENDED, false, false,
     ""},
    {"wall-walkers", "Sit On The Wall Walkers", "*", "walks", "en", AGREED, false, false, ""},
    {"oakum-leisure", "Oakum Leisure Trust", "*", "move,weight,balance", "en", AGREED, true, false,
     ""},
    {"upright", "Upright Falls Project", "ew", "balance,handy", "en", AGREED_ENDING, false, false,
     ""},
    {"alongside-conditions", "Alongside Conditions Network", "*", "condition,breath", "en,gu,ur",
     AGREED, false, false, ""},
    {"last-one", "Last One Stop Smoking", "*", "smoke", "en,pl", AGREED, false, false, ""},
    {"plain-speaking", "Plain Speaking Sexual Health", "*", "sexual", "en", AGREED, false, false,
     ""},
    {"two-hours", "Two Hours Carers' Centre", "*", "carers,young-carers", "en,ur", AGREED, false,
     false, ""},
    {"still-do", "Still Do Dementia Friends", "*", "memory,advocate", "en,yi", AGREED, false, false,
     ""},
    {"parquet", "Parquet Declutter Support", "*", "declutter", "en", AGREED, false, false, ""},
    {"porch", "The Porch Family Centre", "*", "family,parents", "en,pl,ar,so", AGREED, false, false,
     ""},
    {"paintbox-youth", "Paintbox Youth", "*", "youth,young-mind", "en", AGREED, false, false, ""},
    {"halfcrane-work", "Halfcrane Works", "*", "work,read", "en,ro", AGREED, true, false, ""},
    {"open-door-english", "Open Door English", "*", "esol,read", "en,ar,fa,ti,uk", AGREED, false,
     false, ""},
    {"lapwing-arrivals", "Lapwing Arrivals", "*", "arrive,law", "en,ar,ku,ti,fa", AGREED, false,
     false, ""},
    {"tubboat-history", "Tubboat History and Bees", "w", "curious,growing", "en", NOT_AGREED, false,
     false, ""},
    {"big-pan", "The Big Pan", "s", "cook,pantry", "en,bn", AGREED, false, false, ""},
};
/* clang-format on */

static const struct offer *offer_find(const char *key)
{
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
        if (strcmp(offers[i].key, key) == 0)
            return &offers[i];
    die("nobody offers %s", key);
}

/* ---- into the store */

static const char *area_of_letter(char letter)
{
    for (size_t i = 0; i < NEIGHBOURHOODS; i++)
        if (places[i].code[0] == letter)
            return places[i].code;
    die("%c is the letter of no neighbourhood", letter);
}

static int number_of_area(const char *code)
{
    int i = 0;
    while (strcmp(places[i].code, code) != 0)
        i++;
    return i;
}

static bool add_agreement(struct borough *b, const struct demo_organisation *g, struct chance *c,
                          struct err *e)
{
    if (g->agreement == NOT_AGREED)
        return true;
    day_t starts = b->first - chance_between(c, 10, 300);
    day_t ends = g->agreement == AGREED_ENDED    ? b->today - chance_between(c, 12, 26)
                 : g->agreement == AGREED_ENDING ? b->today + chance_between(c, 9, 55)
                                                 : b->today + chance_between(c, 120, 700);
    bool health = chance_percent(c, 60), notes = chance_percent(c, 80);
    struct buf categories = {0};
    buf_fmt(&categories, "identity,needs%s%s%s", chance_percent(c, 70) ? ",risks" : "",
            health ? ",health" : "", notes ? ",notes" : "");
    bool ok =
        ACT(b, &b->manager, NULL, e, "agreement add", {"organisation", g->code},
            {"starts_on", ISO(starts)}, {"ends_on", ISO(ends)}, {"categories", categories.data},
            {"nhs_number", chance_percent(c, 10) ? "yes" : "no"},
            {"risk_note", chance_percent(c, 60) ? "yes" : "no"}, {"summary", notes ? "yes" : "no"},
            {"death", chance_percent(c, 75) ? "yes" : "no"}, {"signed_by", b->manager.name});
    buf_free(&categories);
    return ok;
}

static const char *access_words(struct chance *c)
{
    static const char *const words[] = {
        "Step-free",          "Step-free, hearing loop",      "One step, ramp on request",
        "Lift when it works", "Step-free, accessible toilet", "Ground floor, quiet room"};
    return words[chance_index(c, sizeof words / sizeof *words)];
}

static bool add_service(struct borough *b, const struct organisation_row *row,
                        const struct offer *f, const char *area, struct chance *c, struct err *e)
{
    static const char *const capacities_dealt[] = {"capacity", "waitlist", "unknown"};
    static const int weights[] = {62, 24, 14};
    if (b->service_count == SERVICES_MOST)
        die("the directory of the demonstration is full");
    struct demo_service *v = &b->services[b->service_count];
    int where = *area ? number_of_area(area) : (int)chance_index(c, NEIGHBOURHOODS);
    char name[LONG_SIZE], postcode[9];
    *v = (struct demo_service){.organisation = b->organisation_count - 1,
                               .needs = f->needs,
                               .areas = area,
                               .min_age = f->min_age,
                               .max_age = f->max_age,
                               .full = b->service_count % 23 == 17};
    snprintf(name, sizeof name, "%s%s%s", f->name, *area ? ", " : "",
             *area ? places[where].name : "");
    place_postcode(c, where, postcode);
    const char *capacity =
        v->full ? "no_capacity" : capacities_dealt[chance_weighted(c, weights, 3)];
    b->service_count++;
    return ACT(b, &b->manager, v->ref, e, "service add", {"organisation", row->code},
               {"name", name}, {"description", f->description}, {"needs", f->needs},
               {"areas", area}, {"min_age", f->min_age < 0 ? "" : DIGITS(f->min_age)},
               {"max_age", f->max_age < 0 ? "" : DIGITS(f->max_age)}, {"capacity", capacity},
               {"capacity_note", v->full                             ? "Full until the spring"
                                 : strcmp(capacity, "waitlist") == 0 ? "About six weeks"
                                                                     : ""},
               {"remote", f->remote ? "yes" : "no"}, {"postcode", f->remote ? "" : postcode},
               {"languages", row->languages}, {"access", f->remote ? "" : access_words(c)},
               {"reply_days", chance_percent(c, 15) ? DIGITS(INT64_C(7) * chance_between(c, 3, 4)) : ""},
               {"phone", b->organisations[v->organisation].phone},
               {"fees", chance_percent(c, 20) ? "Two pounds for the tea" : "Free"},
               {"verified_on", ISO(instant_day(b->now))});
}

static bool add_offers(struct borough *b, const struct organisation_row *row, struct chance *c,
                       struct err *e)
{
    char key[CODE_SIZE];
    for (const char *at = row->offers; (at = codes_next(at, key)) && *key;) {
        const struct offer *f = offer_find(key);
        const char *letters = *row->areas == '*' ? "beosw" : row->areas;
        bool everywhere = *row->areas == '*' && !f->local;
        if (everywhere) {
            if (!add_service(b, row, f, "", c, e))
                return false;
            continue;
        }
        for (; *letters; letters++)
            if (!add_service(b, row, f, area_of_letter(*letters), c, e))
                return false;
    }
    return true;
}

static bool add_organisation(struct borough *b, const struct organisation_row *row, struct err *e)
{
    size_t i = b->organisation_count++;
    struct demo_organisation *g = &b->organisations[i];
    struct chance c = chance_of(b->seed, row->code, i);
    char mail[128], web[128];
    struct address address;
    place_address(&c,
                  *row->areas == '*' ? (int)chance_index(&c, NEIGHBOURHOODS)
                                     : number_of_area(area_of_letter(*row->areas)),
                  &address);
    *g = (struct demo_organisation){.name = row->name,
                                    .agreement = row->agreement,
                                    .slow_mail = row->slow_mail,
                                    .first = b->service_count};
    text_put(g->code, sizeof g->code, row->code);
    snprintf(g->phone, sizeof g->phone, "0161 496 0%03zu", 500 + i * 3);
    snprintf(mail, sizeof mail, "hello@%s.example", row->code);
    snprintf(web, sizeof web, "https://%s.example", row->code);
    bool ok =
        ACT(b, &b->manager, NULL, e, "organisation add", {"code", row->code}, {"name", row->name},
            {"phone", g->phone}, {"email", mail}, {"website", web}, {"address", address.lines},
            {"postcode", address.postcode}, {"profile", row->machine ? "machine" : "spreadsheet"},
            {"bom", !row->machine && chance_percent(&c, 60) ? "yes" : "no"},
            {"weekly_list", i % 14 == 3 ? "yes" : "no"},
            {"verified_on", ISO(instant_day(b->now))}) &&
        add_agreement(b, g, &c, e) && add_offers(b, row, &c, e);
    g->services = b->service_count - g->first;
    return ok;
}

bool borough_directory(struct borough *b, struct err *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!add_organisation(b, &rows[i], e))
            return false;
    return true;
}

/* ---- kept up to date */

bool borough_verify_directory(struct borough *b, int round, struct err *e)
{
    for (size_t i = 0; i < b->service_count; i++) {
        struct chance c = chance_of(b->seed, "verify", i * 8 + (size_t)round);
        if (!chance_percent(&c, 68))
            continue;
        if (!ACT(b, &b->workers[i % WORKERS], NULL, e, "service edit",
                 {"service", b->services[i].ref}, {"verified", ISO(instant_day(b->now))}))
            return false;
    }
    for (size_t i = 0; round == DIRECTORY_ROUNDS - 1 && i < b->organisation_count; i++) {
        const struct demo_organisation *g = &b->organisations[i];
        const char *end = rows[i].end;
        for (size_t k = 0; *end && k < g->services; k++)
            if (strcmp(b->services[g->first + k].needs, offer_find(end)->needs) == 0 &&
                !ACT(b, &b->manager, NULL, e, "service edit",
                     {"service", b->services[g->first + k].ref}, {"status", "temporarily_closed"}))
                return false;
    }
    return true;
}

/* ---- finding one */

static bool covers(const struct borough *b, const struct demo_service *v, const struct life *l,
                   const char *need)
{
    const char *area = places[l->neighbourhood].code;
    return codes_have(v->needs, need) && (!*v->areas || codes_have(v->areas, area)) &&
           (v->min_age < 0 || l->age >= v->min_age) && (v->max_age < 0 || l->age < v->max_age) &&
           !*rows[v->organisation].end && b->organisations[v->organisation].agreement != NOT_AGREED;
}

size_t borough_service(const struct borough *b, const struct life *l, const char *need, int turn)
{
    size_t fits[SERVICES_MOST], n = 0;
    for (size_t i = 0; i < b->service_count; i++)
        if (!b->services[i].full &&
            b->organisations[b->services[i].organisation].agreement <= AGREED_ENDING &&
            covers(b, &b->services[i], l, need))
            fits[n++] = i;
    struct chance c = chance_of(b->seed, need, l->number);
    return n ? fits[(chance_index(&c, n) + (size_t)turn) % n] : SIZE_MAX;
}

size_t borough_odd_service(const struct borough *b, enum agreement_kind kind, bool full)
{
    for (size_t i = 0; i < b->service_count; i++)
        if (full ? b->services[i].full &&
                       b->organisations[b->services[i].organisation].agreement == AGREED
                 : b->organisations[b->services[i].organisation].agreement == kind)
            return i;
    return SIZE_MAX;
}
