/* SPDX-License-Identifier: MIT
 *
 * See fit.h.
 */
#include "fit.h"

#include <ctype.h>
#include <string.h>

#include "words.h"

/* A label as it stands within a sentence. */
static const char *lowered(const char *label, char out[64])
{
    words_say(out, 64, "%s", label);
    out[0] = (char)tolower((unsigned char)out[0]);
    return out;
}

bool fit_organisation(const struct fit_question *q, char why[FIT_WHY])
{
    char status[64];
    if (strcmp(q->organisation->status, "active") == 0)
        return true;
    words_say(why, FIT_WHY, "%s is %s; choose another organisation, or have its entry put right.", q->organisation->code,
              lowered(choice_label(organisation_statuses, q->organisation->status), status));
    return false;
}

bool fit_agreement(const struct fit_question *q, char why[FIT_WHY])
{
    const char *code = q->organisation->code;
    char day[WORDS_DAY];
    if (!q->agreement) {
        words_say(why, FIT_WHY, "No data-sharing agreement with %s is recorded; a manager can record one.", code);
        return false;
    }
    day_t starts = date_parse(q->agreement->starts_on), ends = date_parse(q->agreement->ends_on);
    if (starts == DATE_NONE || starts > q->on)
        words_say(why, FIT_WHY, "The data-sharing agreement with %s begins on %s.", code, words_day(starts, day));
    else if (ends == DATE_NONE || ends < q->on)
        words_say(why, FIT_WHY, "The data-sharing agreement with %s ended on %s; a manager can renew it.", code, words_day(ends, day));
    else
        return true;
    return false;
}

bool fit_status(const struct fit_question *q, char why[FIT_WHY])
{
    char status[64];
    if (strcmp(q->service->status, "active") == 0)
        return true;
    words_say(why, FIT_WHY, "The service is %s; choose another.", lowered(choice_label(service_statuses, q->service->status), status));
    return false;
}

bool fit_need(const struct fit_question *q, char why[FIT_WHY])
{
    if (codes_have(q->service->needs, q->need))
        return true;
    words_say(why, FIT_WHY, "The service does not list this need (%s); choose another, or have its entry put right.", q->need_label);
    return false;
}

bool fit_area(const struct fit_question *q, char why[FIT_WHY])
{
    if (q->service->remote == 1 || !*q->service->areas || codes_have(q->service->areas, q->neighbourhood))
        return true;
    if (*q->neighbourhood)
        words_say(why, FIT_WHY, "The service does not cover %s.", q->neighbourhood);
    else
        words_say(why, FIT_WHY, "The service covers certain neighbourhoods, and theirs is not recorded; record it.");
    return false;
}

/* "from 18", "up to 25", "from 18 to 25". */
static void say_ages(const struct service *s, char out[32])
{
    *out = '\0';
    if (s->min_age != FIELD_ABSENT)
        words_say(out, 32, "from %lld", (long long)s->min_age);
    if (s->max_age != FIELD_ABSENT)
        words_add(out, 32, " ", "%s %lld", s->min_age != FIELD_ABSENT ? "to" : "up to", (long long)s->max_age);
}

bool fit_age(const struct fit_question *q, char why[FIT_WHY])
{
    const struct service *s = q->service;
    char ages[32];
    if (s->min_age == FIELD_ABSENT && s->max_age == FIELD_ABSENT)
        return true;
    say_ages(s, ages);
    day_t born = date_parse(q->date_of_birth);
    if (born == DATE_NONE) {
        words_say(why, FIT_WHY, "The service is for people %s, and their date of birth is not recorded; record it.", ages);
        return false;
    }
    int64_t age = date_age(born, q->on);
    if ((s->min_age == FIELD_ABSENT || age >= s->min_age) && (s->max_age == FIELD_ABSENT || age <= s->max_age))
        return true;
    words_say(why, FIT_WHY, "The service is for people %s, and their age is outside that.", ages); /* not which: a rep reads this too */
    return false;
}

bool fit_capacity(const struct fit_question *q, char why[FIT_WHY])
{
    if (strcmp(q->service->capacity, "no_capacity") != 0)
        return true;
    words_say(why, FIT_WHY, "The service has no room; choose another, or have its entry changed when there is.");
    return false;
}
