/* SPDX-License-Identifier: MIT
 *
 * Corrections at night: those that go by themselves while a handoff runs, and
 * those that a worker decides on after an answer has ended it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/night.h"
#include "support/sent.h"

#define FIRST "salford-advice-20261123-001"
#define SECOND "salford-advice-20261123-002"

static void after_an_answer_only_a_workers_decision_sends_a_correction(void **state)
{
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    const char *spool = night_spool();
    struct buf row = {0};
    (void)state;
    sent_queued(s, person, referral, handoff);
    night_must(s, spool, NIGHTLY_DONE);
    world_must(s, LINE("batch delivered " FIRST " by='Sam Link' how='secure mail'"), NULL);
    world_must(s,
               LINE("handoff reply %s status=completed outcome=need_met how=phone by='Their desk'",
                    handoff),
               NULL);
    world_must(s, LINE("person edit %s phone='0161 496 0444'", person), NULL);
    night_must(s, spool, NIGHTLY_DONE);
    assert_false(night_has(spool, "out/salford-advice/" SECOND)); /* not by itself */
    world_must(s, LINE("handoff update %s goals='Keep the new number'", handoff), NULL);
    night_must(s, spool, NIGHTLY_DONE);
    night_row(spool, SECOND, handoff, &row);
    assert_non_null(strstr(buf_text(&row), "update"));
    assert_non_null(strstr(buf_text(&row), "0161 496 0444"));
    sent_is(s, handoff, "completed");
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    buf_free(&row);
    night_spool_drop(spool);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_an_answer_only_a_workers_decision_sends_a_correction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
