/* SPDX-License-Identifier: MIT
 *
 * What the verbs of an episode do with their arguments (see args.h).
 */
#include <string.h>

#include "engine/args.h"

void args_take(const struct field *args, size_t count, uint64_t given, const struct record_type *t,
               void *to, const void *from)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *f = given & UINT64_C(1) << i ? field_find(t->fields, t->count, args[i].key) : NULL;
        if (f && f - t->fields != t->version) /* of the version is asked, it is never taken */
            field_copy(f, to, from);
    }
}

void today_text(struct session *s, char out[DATE_SIZE])
{
    date_format(session_today(s), out);
}

bool only_in_future(struct session *s, const char *field, const char *date, struct err *e)
{
    if (!*date || date_parse(date) > session_today(s))
        return true;
    return err_field(e, field, "%s has passed; give a day after today.", date);
}
