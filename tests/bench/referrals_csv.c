/* SPDX-License-Identifier: MIT
 *
 * referrals_csv ROWS WORKERS [SEED]
 *
 * Prints a file of referrals as a team would bring it along: CSV with the
 * columns of `onward import referrals`, the oldest first, the same bytes for
 * the same arguments. Three rows in ten are about somebody who was referred
 * before; every row has three needs; every second reason runs over several
 * lines and holds commas and quotes. All but the newest referrals are closed;
 * each worker (w001, w002, ..) has some forty under way. Nobody in it exists:
 * NHS numbers are of the 999 test range while those last, telephone numbers
 * of the ranges kept for drama.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/date.h"
#include "onward/err.h"

enum { OPEN_PER_WORKER = 40, WAITING_IN = 5 /* one open referral in so many has no worker yet */ };

#define LAST_DAY DATE_OF(2026, 11, 22)
#define FIRST_DAY DATE_OF(2019, 1, 2)
#define OPEN_SINCE DATE_OF(2026, 7, 1)

static const char *const given_names[] = {
    "Amara",       "Bilal",    "Cerys",   "Dougal",    "Efua",      "Farrukh",    "Gráinne",
    "Hollis",      "Inés",     "Jarek",   "Kiera",     "Łukasz",    "Małgorzata", "Niamh",
    "Ọláyínká",    "Priya",    "Quentin", "Renée",     "Siobhán",   "Tomáš",      "Ursula",
    "Věra",        "Winifred", "Xiomara", "Yusuf",     "Zoë",       "Mary-Ann",   "Jean",
    "Kenneth",     "Maureen",  "Brian",   "Sheila",    "Derek",     "Dorothy",    "Stanley",
    "Beryl",       "Reginald", "Ethel",   "Agnieszka", "Thị Hương", "Đặng",       "Ngũgĩ",
    "Chukwuemeka", "Harpreet", "Gurdeep", "Fatima",    "François",  "Anaïs",      "Søren",
    "Björn",       "Željko",   "İbrahim", "Ольга",     "Дмитро",    "عمر",        "فاطمة",
    "李",          "美玲",     "Ἰωάννης", "Ελένη",     "প্রিয়া",     "ਹਰਪ੍ਰੀਤ",     "שרה",
    "Llinos"};
/* clang-format off */
static const char *const family_names[] = {
    "Quillfeather", "Obanye", "Thistlewood", "Zarecki", "Umber", "Vantongeren", "Lockwood-Pye",
    "Marchbanks", "O'Hanrahan", "D'Almeida", "MacAlasdair", "Ó Súilleabháin", "Ní Dhomhnaill",
    "Featherstonehaugh", "Wiśniewska", "Nowak-Zielińska", "Nguyễn", "Trần", "Großmann", "Müller",
    "Fernández", "Gonçalves", "Şahin", "Öztürk", "Jørgensen", "Dvořák", "Čapek", "Иванова",
    "Шевченко", "王", "陳", "Popescu", "Kovács", "Tóth", "Smith", "Taylor", "Ashworth", "Entwistle",
    "Kershaw", "Ramsbottom", "Hargreaves", "Butterworth", "Schofield", "Greenhalgh", "Openshaw",
    "Pilkington", "Khan", "Hussain", "Begum", "Patel", "Singh", "Kaur", "Okonkwo", "Adeyemi",
    "Mensah", "Ali", "Ahmed", "Cohen", "حسن", "Παπαδόπουλος", "দাস", "ਸਿੰਘ", "לוי", "Hughes",
    "Pritchard", "Llewellyn", "Brzęczyszczykiewicz", "Abernathy", "Birtwhistle", "Cattermole",
    "Duckworth", "Eckersley", "Fothergill", "Grimshaw", "Higginbotham", "Illingworth", "Jowett",
    "Kettlewell", "Longbottom", "Micklethwaite", "Nuttall", "Ogden", "Pickersgill", "Rawcliffe",
    "Sidebottom", "Tattersall", "Unsworth", "Varley", "Wolstenholme", "Yarwood",
};
/* clang-format on */
static const char *const streets[] = {
    "Tanner Row",  "Bobbin Street", "Loom Lane",   "Weaver's Court",   "Old Canal Walk",
    "Sluice Road", "Heron Close",   "Chapel Brow", "Station Approach", "St. Ambrose Terrace"};
static const char *const areas[] = {"broughton", "eccles-irlam", "ordsall-claremont", "swinton",
                                    "walkden-little-hulton"};
static const char *const districts[] = {"M7", "M30", "M6", "M27", "M28"};
static const char *const genders[] = {"female", "male", "female", "male", "non_binary"};
static const char *const sources[] = {"gp_practice",      "gp_practice", "gp_practice",
                                      "community_health", "hospital",    "mental_health_team",
                                      "pharmacy"};
static const char *const close_reasons[] = {"completed",  "completed",  "completed",
                                            "disengaged", "moved_away", "needs_met_elsewhere"};
static const char *const needs[] = {"housing",
                                    "welfare_benefits",
                                    "money_debt",
                                    "physical_activity",
                                    "emotional_health",
                                    "weight",
                                    "isolation",
                                    "mental_health",
                                    "fuel_poverty",
                                    "falls",
                                    "caring",
                                    "food",
                                    "bereavement",
                                    "digital",
                                    "transport",
                                    "legal",
                                    "long_term_condition",
                                    "dementia",
                                    "arts_nature",
                                    "practical_help"};
static const char *const openings[] = {"Lives alone, low in mood since her sister died",
                                       "Letters about money lie unopened on the table",
                                       "Struggling with the stairs; wants to move",
                                       "Home from hospital last week, nobody to shop for him",
                                       "Looks after his wife, who has dementia, and is worn out",
                                       "Anxious, has not left the flat since spring",
                                       "Damp in the bedroom, landlord does not answer",
                                       "New here, knows nobody"};
static const char *const details[] = {"Said \"I don't want to be a bother\", twice.",
                                      "Prefers mornings, not Tuesdays.",
                                      "Has a dog, friendly.",
                                      "Large print, please.",
                                      "Daughter in Leeds, rings on Sundays.",
                                      "Would like company, and a hot meal.",
                                      "\"Fine now\", says the voicemail; not sure.",
                                      "Tried the lunch club, liked it.",
                                      "Heating broken since Friday, voucher given.",
                                      "Walks with a frame, no lift in the building."};

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PICK(r, a) (a)[below(r, COUNT(a))]

/* ---- chance, the same every time */

static uint64_t seed;

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static uint64_t below(uint64_t *state, uint64_t n)
{
    *state = mix(*state);
    return (*state >> 16) % n;
}

/* ---- NHS numbers */

enum { TEST_NUMBERS = 1000000 };

/* The check digit of 999 and six more digits (modulus 11); 10 where there is none. */
static unsigned check_digit(unsigned six)
{
    unsigned sum = 9 * (10 + 9 + 8);
    for (unsigned weight = 2; weight <= 7; weight++, six /= 10)
        sum += weight * (six % 10);
    unsigned check = 11 - sum % 11;
    return check == 11 ? 0 : check;
}

/* Valid ones, in an order that has nothing to do with that of the people. */
static size_t make_numbers(uint32_t *numbers)
{
    size_t n = 0;
    for (uint64_t i = 0; i < TEST_NUMBERS; i++) {
        unsigned six = (unsigned)(i * 618033 % TEST_NUMBERS);
        if (check_digit(six) < 10)
            numbers[n++] = six;
    }
    return n;
}

/* ---- rows */

static void quoted(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

static void date(day_t day)
{
    char iso[DATE_SIZE];
    date_format(day, iso);
    printf("%s,", iso);
}

/* What is the same each time somebody is referred. All are grown up, and no two share name and
 * birthday, so that nobody looks like a duplicate. */
static void person(uint64_t p, const uint32_t *numbers, size_t number_count)
{
    const uint64_t names = COUNT(given_names) * COUNT(family_names);
    uint64_t r = mix(seed ^ mix(p)), name = p * 4051 % names, age = p / names,
             area = below(&r, COUNT(areas));
    printf("P%07" PRIu64 ",", p + 1);
    if (p < number_count)
        printf("999%06u%u", numbers[p], check_digit(numbers[p]));
    printf(",%s,%s,", given_names[name % COUNT(given_names)],
           family_names[name / COUNT(given_names)]);
    date(DATE_OF(1931, 1, 1) + (day_t)((age * 7919 + name) % 25000));
    printf("%s,07700 900%03u,", PICK(&r, genders), (unsigned)below(&r, 1000));
    printf("\"%u %s, Salford\",", (unsigned)below(&r, 180) + 1, PICK(&r, streets));
    printf("%s %u%c%c,%s,P87%03u,", districts[area], (unsigned)below(&r, 9) + 1,
           "ABDEFGHJLN"[below(&r, 10)], "PQRSTUWXYZ"[below(&r, 10)], areas[area],
           (unsigned)below(&r, 60) + 1);
}

static void reason(uint64_t *r)
{
    char text[512];
    size_t lines = below(r, 4);
    const char *separator = below(r, 2) ? "\n" : " ";
    int n = snprintf(text, sizeof text, "%s.", PICK(r, openings));
    for (size_t i = 0; i < lines; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%s%s", separator, PICK(r, details));
    quoted(text);
}

static void three_needs(uint64_t *r)
{
    uint64_t first = below(r, COUNT(needs)), second = (first + 1 + below(r, 9)) % COUNT(needs);
    uint64_t third = (second + 1 + below(r, 9)) % COUNT(needs);
    printf("%s;%s;%s,", needs[first], needs[second], needs[third]);
}

static void date_by_today(day_t day)
{
    date(day < LAST_DAY ? day : LAST_DAY);
}

/* How far it has come: state, worker and dates. */
static void course(uint64_t *r, day_t received, bool is_open, uint64_t workers)
{
    day_t accepted = received + (day_t)below(r, 3), begun = accepted + 3 + (day_t)below(r, 10);
    if (is_open && below(r, WAITING_IN) == 0) {
        fputs("waiting,,", stdout);
        date_by_today(accepted);
        puts(",,,");
        return;
    }
    printf("%s,w%03u,", is_open ? "active" : "closed", (unsigned)below(r, workers) + 1);
    date_by_today(accepted);
    date_by_today(accepted + 1);
    date_by_today(begun);
    if (is_open) {
        puts(",");
        return;
    }
    date_by_today(begun + 30 + (day_t)below(r, 60));
    puts(PICK(r, close_reasons));
}

/* The rows of one stretch of time, evenly spread. */
struct stretch {
    uint64_t first, count;
    day_t from, to;
    bool is_open;
};

struct file {
    uint64_t rows, workers;
    uint32_t numbers[TEST_NUMBERS];
    size_t number_count;
    uint64_t known, back; /* people so far; of those, how many came back with a case that is open */
    day_t *last;          /* when each was referred last */
};

/* Seven rows in ten are about somebody new. Nobody comes twice on one day, and nobody has two cases
 * open: those come back in turn. */
static uint64_t whose(struct file *f, uint64_t i, bool is_open, day_t day, uint64_t *r)
{
    uint64_t p = f->known;
    if (f->known * 10 > i * 7)
        p = is_open ? f->back++ : below(r, f->known);
    if (p < f->known && f->last[p] == day)
        p = f->known;
    f->known += p == f->known;
    f->last[p] = day;
    return p;
}

static void stretch(struct file *f, const struct stretch *s)
{
    for (uint64_t i = s->first; i < s->first + s->count; i++) {
        uint64_t r = mix(seed ^ mix(i + (UINT64_C(1) << 40)));
        day_t received = s->from + (day_t)((i - s->first) * (uint64_t)(s->to - s->from) / s->count);
        printf("R%08" PRIu64 ",", i + 1);
        person(whose(f, i, s->is_open, received, &r), f->numbers, f->number_count);
        date(received);
        printf("%s,Dr %s,P87%03u,", PICK(&r, sources), PICK(&r, family_names),
               (unsigned)below(&r, 60) + 1);
        reason(&r);
        printf(",%s,none,none_known,given,phone,", below(&r, 20) ? "no" : "yes");
        three_needs(&r);
        course(&r, received, s->is_open, f->workers);
    }
}

int main(int argc, char **argv)
{
    static struct file f;
    f.rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    f.workers = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (!f.rows || !f.workers) {
        fputs("referrals_csv ROWS WORKERS [SEED]\n", stderr);
        return 2;
    }
    uint64_t open = f.workers * OPEN_PER_WORKER * WAITING_IN / (WAITING_IN - 1);
    open = open < f.rows / 2 ? open : f.rows / 2;
    f.number_count = make_numbers(f.numbers);
    f.last = xcalloc(f.rows, sizeof *f.last);
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    puts("source_key,person_key,nhs_number,given_name,family_name,date_of_birth,gender,phone,"
         "address,postcode,neighbourhood,gp_practice,"
         "received_on,source,referrer_name,referrer_practice,reason,urgent,safeguarding,risks,"
         "contact_consent,contact_consent_how,needs,state,worker,accepted_on,"
         "allocated_on,begun_on,closed_on,close_reason");
    stretch(&f, &(struct stretch){0, f.rows - open, FIRST_DAY, OPEN_SINCE - 120, false});
    stretch(&f, &(struct stretch){f.rows - open, open, OPEN_SINCE, LAST_DAY, true});
    free(f.last);
    return fflush(stdout) != 0 || ferror(stdout);
}
