/* SPDX-License-Identifier: MIT
 *
 * A small world with somebody sitting in it (see sitting.h).
 */
#include "screens/support/sitting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct sitting sitting;

int sitting_begin(void **state)
{
    (void)state;
    sitting = (struct sitting){.s = world_open(), .login = "worker"};
    world_person(sitting.s, sitting.person);
    world_referral(sitting.s, sitting.person, sitting.referral);
    return 0;
}

int sitting_end(void **state)
{
    (void)state;
    if (sitting.seat)
        seat_close(sitting.seat);
    world_close(sitting.s);
    return 0;
}

void sitting_at(const struct screen_type *type, const struct open_args *args)
{
    struct session *s = world_as(sitting.login);
    if (sitting.seat)
        seat_close(sitting.seat);
    sitting.seat = seat_open(s, 24, 80);
    if (!desk_open(desk_top(seat_desk(sitting.seat)), type, args))
        fail_msg("%s did not open:\n%s", type->name, seat_text(sitting.seat));
    seat_keys(sitting.seat, "<C-l>"); /* away with what the start said */
}

void sitting_plan(void)
{
    world_must(sitting.s, LINE("handoff plan %s need=money_debt service=%s summary='Council tax arrears' goals='A plan to pay'", sitting.referral,
                               world_service()),
               sitting.handoff);
}

void sitting_is(const char *handoff_state)
{
    json_t *doc = world_show(sitting.s, LINE("handoff show %s", sitting.handoff));
    assert_string_equal(json_string_value(json_object_get(doc, "state")), handoff_state);
    json_decref(doc);
}
