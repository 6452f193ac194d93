/* SPDX-License-Identifier: MIT
 *
 * Ranking services for one need of one person. Hard conditions exclude, the
 * first that fails naming the reason; what is left starts at an even score
 * and gains or loses by what a worker would weigh, each with its reason. The
 * weights are small numbers in one place; they only order what a person then
 * chooses from.
 */
#include "onward/match.h"

#include <string.h>

#include "fit.h"
#include "onward/check.h"
#include "words.h"

enum {
    EVEN = 50,
    HAS_ROOM = 20, WAITING_LIST = -5,
    REPLIES_SOON = 10, REPLIES_IN_TIME = 5, REPLIES_LATE = -10, /* median within a week, a fortnight; over that */
    SHARE_ACCEPTED = 15,                   /* of all that were asked, at best; as much the other way */
    LANGUAGE = 10, NO_LANGUAGE = -10,
    ACCESS = 5, NO_ACCESS = -5,
    SAME_DISTRICT = 10, REMOTE = 5, OTHER_AREA = -5,
    VERIFIED = 5, UNVERIFIED = -10,
    SOON_DAYS = 7, LATE_DAYS = 14,
    ASKED_ENOUGH = 3, /* fewer handoffs say nothing about an organisation */
};

/* ---- hard conditions */

typedef bool fit_fn(const struct fit_question *q, char why[FIT_WHY]);

static bool exclude(const struct match_question *q, struct match_result *out)
{
    static const struct {
        const char *gate;
        fit_fn *ask;
    } gates[] = {
        {"status", fit_organisation}, {"status", fit_status},       {"need", fit_need},         {"area", fit_area},
        {"age", fit_age},             {"agreement", fit_agreement}, {"capacity", fit_capacity},
    };
    struct fit_question fit = {
        .organisation = q->organisation,
        .agreement = q->agreement,
        .service = q->service,
        .need = q->need,
        .need_label = q->need,
        .date_of_birth = q->person->date_of_birth,
        .neighbourhood = q->person->neighbourhood,
        .on = q->on,
    };
    char why[FIT_WHY];
    for (size_t i = 0; i < sizeof gates / sizeof *gates; i++) {
        if (gates[i].ask(&fit, why))
            continue;
        out->excluded = true;
        text_put(out->gate, sizeof out->gate, gates[i].gate);
        words_say(out->why, sizeof out->why, "%s", why);
        return true;
    }
    return false;
}

/* ---- soft ones */

#define REASON sizeof(((struct match_result *)0)->reasons_for[0])

/* Adds a reason that counts `points`; at 0 it counts for nothing and is said against. */
#define WEIGH(out, points, ...) words_say(weigh(out, points), REASON, __VA_ARGS__)

static char *weigh(struct match_result *out, int points)
{
    out->score += points;
    if (points > 0)
        return out->reasons_for[out->n_for++];
    return out->reasons_against[out->n_against++];
}

static void weigh_capacity(const struct service *s, struct match_result *out)
{
    if (strcmp(s->capacity, "capacity") == 0)
        WEIGH(out, HAS_ROOM, "Has room");
    else if (strcmp(s->capacity, "waitlist") == 0)
        WEIGH(out, WAITING_LIST, "Has a waiting list");
    else
        WEIGH(out, 0, "Whether they have room is not known");
}

static void weigh_record(const struct match_facts *f, struct match_result *out)
{
    long long days = f->median_reply_days;
    if (days != FIELD_ABSENT)
        WEIGH(out, days <= SOON_DAYS ? REPLIES_SOON : days <= LATE_DAYS ? REPLIES_IN_TIME : REPLIES_LATE, "Usually replies in %lld day%s", days,
              days == 1 ? "" : "s");
    if (f->asked < ASKED_ENOUGH)
        return;
    int points = (int)((2 * f->accepted - f->asked) * SHARE_ACCEPTED / f->asked);
    WEIGH(out, points, "Accepted %lld of %lld", (long long)f->accepted, (long long)f->asked);
}

/* A person who needs an interpreter is best served in their language; others just better. */
static void weigh_language(const struct person *p, const struct service *s, struct match_result *out)
{
    const char *wanted = *p->interpreter_language ? p->interpreter_language : p->language;
    if (!*wanted || strcmp(wanted, "english") == 0 || strcmp(wanted, "en") == 0)
        return;
    if (codes_have(s->languages, wanted))
        WEIGH(out, LANGUAGE, "Speaks their language (%s)", wanted);
    else if (*p->interpreter_language)
        WEIGH(out, NO_LANGUAGE, "Not known to speak their language (%s): an interpreter is needed", wanted);
}

/* Needs and offers are both free text: what is offered is shown, a person judges. */
static void weigh_access(const struct person *p, const struct service *s, struct match_result *out)
{
    if (!*p->adjustments && !*p->mobility && !*p->impairment)
        return;
    if (*s->access)
        WEIGH(out, ACCESS, "Access: %s", s->access);
    else
        WEIGH(out, NO_ACCESS, "Says nothing about access: ask");
}

/* The letters that a district begins with: M of M6, OL of OL4. */
static size_t area_length(const char *district)
{
    return strcspn(district, "0123456789");
}

static void weigh_distance(const struct person *p, const struct service *s, struct match_result *out)
{
    char theirs[5], ours[5];
    postcode_district(s->postcode, theirs);
    postcode_district(p->postcode, ours);
    if (s->remote == 1)
        WEIGH(out, REMOTE, "By telephone or online");
    if (!*theirs || !*ours)
        return;
    if (strcmp(theirs, ours) == 0)
        WEIGH(out, SAME_DISTRICT, "In their district (%s)", theirs);
    else if (s->remote != 1 && (area_length(theirs) != area_length(ours) || strncmp(theirs, ours, area_length(ours)) != 0))
        WEIGH(out, OTHER_AREA, "Further away (%s)", theirs);
}

static void weigh_freshness(const struct match_question *q, struct match_result *out)
{
    char day[WORDS_DAY];
    day_t verified = date_parse(q->service->verified_on);
    if (verified == DATE_NONE)
        WEIGH(out, UNVERIFIED, "Its entry was never verified: ring before you send");
    else if (q->on - verified > q->verify_days)
        WEIGH(out, UNVERIFIED, "Its entry was last verified on %s: ring before you send", words_day(verified, day));
    else
        WEIGH(out, VERIFIED, "Its entry was verified on %s", words_day(verified, day));
}

void match_service(const struct match_question *q, struct match_result *out)
{
    *out = (struct match_result){.score = EVEN, .median_reply_days = q->facts.median_reply_days};
    if (exclude(q, out)) {
        out->score = 0;
        return;
    }
    weigh_capacity(q->service, out);
    weigh_record(&q->facts, out);
    weigh_language(q->person, q->service, out);
    weigh_access(q->person, q->service, out);
    weigh_distance(q->person, q->service, out);
    weigh_freshness(q, out);
    if (out->score > 100)
        out->score = 100;
    if (out->score < 0)
        out->score = 0;
}

/* No replies yet come after every number of days. */
static int64_t reply_rank(const struct match_result *r)
{
    return r->median_reply_days == FIELD_ABSENT ? INT64_MAX : r->median_reply_days;
}

int match_compare(const struct match_result *a, const struct service *sa, const struct match_result *b, const struct service *sb)
{
    if (a->excluded != b->excluded)
        return a->excluded ? 1 : -1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (reply_rank(a) != reply_rank(b))
        return reply_rank(a) < reply_rank(b) ? -1 : 1;
    int by_verified = strcmp(sb->verified_on, sa->verified_on);
    return by_verified ? by_verified : strcmp(sa->ref, sb->ref);
}
