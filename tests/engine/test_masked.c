/* SPDX-License-Identifier: MIT
 *
 * What a representative is shown: states, times and references of their own
 * neighbourhoods; no name, no free text, nothing that describes a person.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/sent.h"

/* Words that stand nowhere but in what is typed of the person below. */
static const char *const secrets[] = {"Zorro",   "Quux",    "1931", "960113", "M27 9",  "hostel",
                                      "suicide", "Suicide", "pl\"", "bsl",    "Mallow", "mallow"};

static struct subjects {
    char person[64], referral[64], sent[64], held[64];
} it;

/* A person of swinton with something typed into every free text. */
static void make_subjects(struct session *s)
{
    sent_delivered(s, it.person, it.referral, it.sent);
    const char *p = it.person, *r = it.referral;
    world_must(
        s,
        LINE("person edit %s given_name=Zorro family_name=Quux preferred_name=Mallow "
             "date_of_birth=1931-05-06 phone='01632 960113' "
             "email=mallow@example.org address='1 Mallow Way' postcode='M27 9ZZ' about_me=Mallow "
             "accommodation=hostel "
             "language=pl interpreter_language=bsl representative=Mallow contact_note=Mallow "
             "safe_times=Mallow "
             "communication_needs=Mallow adjustments=Mallow impairment=Mallow mobility=Mallow",
             p),
        NULL);
    world_must(s,
               LINE("referral edit %s reason=Mallow referrer_name=Mallow referrer_role=Mallow "
                    "referrer_organisation=Mallow "
                    "second_reason=Mallow gp_action=Mallow",
                    r),
               NULL);
    world_must(s,
               LINE("referral source %s source=self referrer_name=Mallow "
                    "referrer_organisation=Mallow reason=Mallow",
                    r),
               NULL);
    world_must(s, LINE("referral told %s told='rang Mallow'", r), NULL);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached note=Mallow", r), NULL);
    world_must(s, LINE("flag %s message=Mallow due=2026-11-23", r), NULL);
    world_must(s, LINE("risk add %s kind=suicide note=Mallow", p), NULL);
    world_must(s, LINE("plan add %s kind=goal text=Mallow who=Mallow", r), NULL);
    world_must(s, LINE("signpost %s to=Mallow contact=Mallow reason=Mallow", r), NULL);
    world_must(s, LINE("need add %s need=housing note=Mallow", r), NULL);
    world_must(s, LINE("service edit %s min_age=18 max_age=30", world_service()), NULL);
    world_must(s,
               LINE("handoff plan %s need=housing service=%s summary=Mallow goals=Mallow", r,
                    world_service()),
               it.held);
    world_must(s, LINE("handoff send %s", it.held), NULL);
    sent_is(s, it.held, "held");
    world_must(s,
               LINE("handoff reply %s status=declined declined_by=provider reason=not_eligible "
                    "how=phone by=Mallow note=Mallow "
                    "reference=Mallow worker=Mallow",
                    it.sent),
               NULL);
    world_must(s, LINE("handoff review %s final=no note=Mallow", it.sent), NULL);
    world_must(s, LINE("referral safeguarding %s answer=concern note=Mallow", r), NULL);
    world_must(s, LINE("referral safe %s by=Mallow why=Mallow", r), NULL);
}

static void assert_tells_nothing(const char *line, json_t *shown)
{
    char *text = json_dumps(shown, JSON_COMPACT | JSON_SORT_KEYS);
    assert_non_null(strstr(text, it.person)); /* it does speak of them */
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (strstr(text, secrets[i]))
            fail_msg("%s tells \"%s\": %s", line, secrets[i],
                     strstr(text, secrets[i]) - 60 > text ? strstr(text, secrets[i]) - 60 : text);
    free(text);
    json_decref(shown);
}

static void a_representative_reads_states_and_no_words_about_the_person(void **state)
{
    struct session *s = world_open(), *rep;
    (void)state;
    make_subjects(s);
    rep = world_as("rep");
    const char *const shows[] = {"person show", "referral show", "handoff show", "handoff show"};
    const char *const of[] = {it.person, it.referral, it.sent, it.held};
    for (size_t i = 0; i < 4; i++)
        assert_tells_nothing(shows[i], world_show(rep, LINE("%s %s", shows[i], of[i])));
    const char *const lists[] = {"person list", "referral list", "handoff list",
                                 "handoff list held=yes"};
    for (size_t i = 0; i < 4; i++)
        assert_tells_nothing(lists[i], world_list(rep, lists[i]));
    world_close(rep);
    world_close(s);
}

static void why_a_handoff_is_held_tells_no_age(void **state)
{
    struct session *s = world_open(), *rep;
    struct outcome o = {0};
    struct err e = {0};
    (void)state;
    make_subjects(s);
    rep = world_as("rep");
    assert_true(world_do(rep, LINE("handoff why %s", it.held), &o, &e));
    assert_non_null(strstr(buf_text(&o.text), "from 18 to 30"));
    assert_null(strstr(buf_text(&o.text), "95"));
    outcome_free(&o);
    world_close(rep);
    world_close(s);
}

/* The nightly run's role is for its own user: beside another it shows no more. */
static void a_representative_who_also_runs_the_night_is_masked(void **state)
{
    struct session *s = world_open(), *both;
    (void)state;
    make_subjects(s);
    world_must(s, "user add login=both name='Both' roles=rep,nightly neighbourhoods=swinton", NULL);
    both = world_as("both");
    assert_tells_nothing("person show", world_show(both, LINE("person show %s", it.person)));
    assert_tells_nothing("person list", world_list(both, "person list"));
    assert_tells_nothing("handoff list", world_list(both, "handoff list"));
    assert_tells_nothing("referral list", world_list(both, "referral list"));
    world_close(both);
    world_close(s);
}

/* What the role keeps out altogether, and what only a look behind the mask shows. */
static void a_look_behind_the_mask_shows_one_record_for_a_while(void **state)
{
    struct session *s = world_open(), *rep;
    (void)state;
    make_subjects(s);
    rep = world_as("rep");
    world_must(rep,
               LINE("person unmask %s reason='Asked by the team to check an address'", it.person),
               NULL);
    json_t *doc = world_show(rep, LINE("referral show %s", it.referral));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(doc, "header"), "given_name")), "Zorro");
    assert_int_equal(json_array_size(json_object_get(doc, "risks")), 2);
    json_decref(doc);
    world_day(1);
    assert_tells_nothing("referral show", world_show(rep, LINE("referral show %s", it.referral)));
    world_no(rep, LINE("match %s need=housing", it.referral), ERR_DENIED, NULL);
    world_no(rep, LINE("consent show %s", it.person), ERR_DENIED, NULL);
    world_no(rep, LINE("handoff withdraw %s reason=no_longer_needed", it.held), ERR_DENIED, NULL);
    world_close(rep);
    world_close(s);
}

/* The reason of such a look is a worker's free text: an auditor sees that it was, of whom and when.
 */
static void an_auditor_reads_no_free_text(void **state)
{
    struct session *s = world_open(), *rep, *auditor;
    (void)state;
    make_subjects(s);
    rep = world_as("rep");
    world_must(rep, LINE("person unmask %s reason='Mallow asked'", it.person), NULL);
    auditor = world_as("auditor");
    assert_tells_nothing("person unmasked", world_list(auditor, "person unmasked"));
    assert_tells_nothing("audit", world_list(auditor, "audit"));
    json_t *rows = world_list(s, "person unmasked");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "reason")),
                        "Mallow asked");
    json_decref(rows);
    world_close(auditor);
    world_close(rep);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_representative_reads_states_and_no_words_about_the_person),
        cmocka_unit_test(why_a_handoff_is_held_tells_no_age),
        cmocka_unit_test(a_representative_who_also_runs_the_night_is_masked),
        cmocka_unit_test(a_look_behind_the_mask_shows_one_record_for_a_while),
        cmocka_unit_test(an_auditor_reads_no_free_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
