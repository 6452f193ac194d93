/* SPDX-License-Identifier: MIT
 *
 * See taking_in.h.
 */
#include "screens/support/taking_in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct session *lead, *worker;
struct seat *seat;

int sit_down(void **state)
{
    (void)state;
    lead = world_open();
    worker = world_as("worker"); /* the seat's from here on */
    seat = seat_open(worker, 24, 80);
    seat_keys(seat, "i");
    seat_has(seat, "risk of harm now");
    return 0;
}

int get_up(void **state)
{
    (void)state;
    seat_close(seat);
    world_close(lead);
    return 0;
}

size_t rows_of(const char *line)
{
    json_t *rows = world_list(lead, line);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

/* A text in a document, by keys and indexes joined with dots; "" when it is not there. */
static const char *text_at(const json_t *o, const char *path)
{
    char part[128];
    while (o && *path) {
        size_t n = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)n, path);
        o = json_is_array(o) ? json_array_get(o, (size_t)atoi(part)) : json_object_get(o, part);
        path += n + (path[n] == '.');
    }
    static char number[32];
    if (json_is_integer(o)) {
        snprintf(number, sizeof number, "%d", (int)json_integer_value(o));
        return number;
    }
    return json_is_boolean(o) ? json_is_true(o) ? "yes" : "no" : json_is_string(o) ? json_string_value(o) : "";
}

/* The newest referral, whole. */
json_t *newest(void)
{
    char line[96];
    json_t *rows = world_list(lead, "referral list");
    snprintf(line, sizeof line, "referral show %s", text_at(rows, "0.referral"));
    json_decref(rows);
    return world_show(lead, line);
}

void is_at(const json_t *doc, const char *path, const char *text)
{
    if (strcmp(text_at(doc, path), text) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", path, text_at(doc, path), text);
}

int keys_used, text_typed;

/* Text for a field, and the keys that are none. */
void type(const char *text)
{
    text_typed += seat_keys(seat, text);
}
void press(const char *keys)
{
    keys_used += seat_keys(seat, keys);
}
void field(const char *text)
{
    type(text);
    press("<Enter>");
}

/* ---- the common way */

void ottoline(void)
{
    field("Ottoline");
    field("Pembrick");
    field("2/4/1961");
    field("07700 900512");
    field("M27 4AB");
    field("swinton");
    press("<Enter><Enter><Enter>"); /* NHS number, address, practice */
}

void agreed_by_phone(void)
{
    press("y<Enter>");                             /* agreed, by telephone */
    press("<Enter><Enter><Enter><Enter><Enter><Enter>"); /* nothing special about reaching them */
}

void asked_by_self(const char *reason)
{
    field("self");
    field(reason);
    press("<Enter><Enter>"); /* not urgent, today */
}

void known_person(char person[64])
{
    world_must(lead, "person add given_name=Elizabeth family_name=Wetherlam date_of_birth=1951-03-07 phone='07700 900321' "
                     "postcode='M27 4ZZ' neighbourhood=swinton contact_method=sms", person);
}
