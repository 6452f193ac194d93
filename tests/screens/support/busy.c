/* SPDX-License-Identifier: MIT
 *
 * See busy.h.
 */
#include "screens/support/busy.h"

#include "support/episode.h"
#include "support/night.h"
#include "support/sent.h"

struct busy busy;

static void plan(int who, char handoff[64])
{
    world_must(busy.s, LINE("handoff plan %s need=money_debt service=%s summary='Council tax arrears' goals='A plan to pay'", busy.referral[who],
                            world_service()),
               handoff);
}

static void directory(void)
{
    static const char *const lines[] = {
        "organisation add code=the-shed name='The Shed (made up)'",
        "service add the-shed name='Bills evening' needs=money_debt capacity=capacity verified_on=2026-11-01",
        "service add salford-advice name='Debt line' needs=money_debt capacity=waitlist verified_on=2026-01-01",
        "organisation add code=gone name='Gone Away (made up)'",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        world_must(busy.s, lines[i], NULL);
}

/* Names that are wide, combined, read from the right; a record that may be a double. */
static void names(void)
{
    world_must(busy.s, LINE("person edit %s given_name='e\xcc\x81lodie' family_name='Nguye\xcc\x82\xcc\x83n'", busy.person[BUSY_HELD]), NULL);
    world_must(busy.s, LINE("person edit %s given_name='فاطمة' family_name='الزهراء'", busy.person[BUSY_ACTIVE]), NULL);
    world_must(busy.s, LINE("person edit %s given_name='小明' family_name='王' communication_needs='Large print; 手話'", busy.person[BUSY_SENT]), NULL);
    world_must(busy.s, "person add given_name=Elizabeth family_name=Wetherlam date_of_birth=1951-03-07 postcode='M27 4ZZ' neighbourhood=swinton",
               busy.twin);
    world_must(busy.s, "person add given_name=Lizzie family_name=Wetherlam date_of_birth=1951-03-07 postcode='M27 4ZZ' neighbourhood=swinton "
                       "new=yes new_reason='made for a test'",
               NULL);
}

/* A night that sent two; one was answered in a word that nobody knows. */
static void last_night(void)
{
    char other[64];
    const char *spool = night_spool();
    sent_queued(busy.s, NULL, NULL, busy.news);
    sent_queued(busy.s, NULL, NULL, other);
    night_must(busy.s, spool, NIGHTLY_DONE);
    world_day(1);
    night_reply(spool, "reply.csv", LINE("row_id,status,date,note\n%s-1,accepted,23/11/2026,Will ring her\n%s-1,Maybe,23/11/2026,\n"
                                         "HO-0000-0000-1,accepted,23/11/2026,\n", busy.news, other));
    night_must(busy.s, spool, NIGHTLY_PARTLY);
    night_spool_drop(spool);
}

static void urgent(void)
{
    char person[64], referral[64];
    world_person(busy.s, person);
    world_referral(busy.s, person, referral);
    world_consent(busy.s, person);
    world_must(busy.s, LINE("handoff plan %s need=money_debt service=%s urgent=yes summary='Bailiffs on Friday'", referral, world_service()),
               busy.urgent);
    world_must(busy.s, LINE("handoff send %s", busy.urgent), NULL);
}

static void handoffs(void)
{
    char other[64];
    urgent();
    plan(BUSY_PLANNED, busy.planned);
    plan(BUSY_HELD, busy.held);
    world_must(busy.s, LINE("handoff send %s", busy.held), NULL);
    sent_queued(busy.s, busy.person[BUSY_QUEUED], busy.referral[BUSY_QUEUED], busy.queued);
    sent_delivered(busy.s, busy.person[BUSY_SENT], busy.referral[BUSY_SENT], busy.sent);
    sent_delivered(busy.s, busy.person[BUSY_ANSWERED], busy.referral[BUSY_ANSWERED], busy.answered);
    world_must(busy.s, LINE("handoff reply %s status=declined declined_by=provider by='Ms Example' how=phone reason=no_capacity note='No room before March'", busy.answered),
               NULL);
    sent_queued(busy.s, NULL, NULL, other);
    sent_export(busy.s, other, "new", other);
    sent_delivered(busy.s, NULL, NULL, busy.stopped);
    world_must(busy.s, LINE("handoff withdraw %s reason=no_longer_needed", busy.stopped), NULL);
}

static void referrals(void)
{
    for (int i = BUSY_ACTIVE; i <= BUSY_CLOSED; i++)
        world_referral(busy.s, busy.person[i], busy.referral[i]);
    world_must(busy.s, LINE("need add %s need=housing severity=2 found=found note='Damp in both rooms'", busy.referral[BUSY_ACTIVE]), NULL);
    world_must(busy.s, LINE("flag %s message='Ring the landlord' due=2026-11-24", busy.referral[BUSY_ACTIVE]), NULL);
    world_must(busy.s, LINE("plan add %s kind=goal text='To open the letters'", busy.referral[BUSY_ACTIVE]), NULL);
    world_must(busy.s, LINE("signpost %s to='Debt line' contact='0161 496 0300' reason='Out of hours'", busy.referral[BUSY_ACTIVE]), NULL);
    world_must(busy.s, LINE("referral pause %s until=2026-12-20 reason='In hospital'", busy.referral[BUSY_PAUSED]), NULL);
    world_must(busy.s, LINE("referral decline %s note='Does not want it now'", busy.referral[BUSY_CLOSED]), NULL);
    episode_allocated(busy.s, busy.person[BUSY_ALLOCATED], busy.referral[BUSY_ALLOCATED]);
    episode_waiting(busy.s, busy.person[BUSY_WAITING], busy.referral[BUSY_WAITING]);
    episode_received(busy.s, busy.person[BUSY_RECEIVED], busy.referral[BUSY_RECEIVED]);
    world_must(busy.s, LINE("referral start %s source=self reason='Lonely' safeguarding=none", busy.person[BUSY_DRAFT]), busy.referral[BUSY_DRAFT]);
}

void busy_open(void)
{
    busy = (struct busy){.s = world_open()};
    directory();
    last_night();
    for (int i = 0; i < BUSY_PEOPLE; i++)
        if (i < BUSY_QUEUED || i > BUSY_ANSWERED)
            world_person(busy.s, busy.person[i]);
    world_referral(busy.s, busy.person[BUSY_PLANNED], busy.referral[BUSY_PLANNED]);
    world_referral(busy.s, busy.person[BUSY_HELD], busy.referral[BUSY_HELD]);
    handoffs();
    referrals();
    names();
}
