/* SPDX-License-Identifier: MIT
 *
 * What the verbs of the directory share among themselves.
 */
#ifndef ONWARD_ENGINE_DIRECTORY_H
#define ONWARD_ENGINE_DIRECTORY_H

#include "engine/args.h"
#include "engine/handoffs.h"

/* Who keeps the directory. A worker may say what a telephone call tells: room, and that an entry
 * was checked. */
#define KEEPERS (ROLE_ADMIN | ROLE_MANAGER)

#define ARG_ORGANISATION(type)                                                                     \
    {                                                                                              \
        "organisation", "Organisation", FIELD_CODE, FIELD_POSITIONAL | FIELD_REQUIRED,             \
            FIELD_TEXT_AT(type, organisation), .help = "its code"                                  \
    }

/* The search form of a name, cut at a whole character where it outgrows its field. */
void directory_fold(const char *name, char out[LONG_SIZE]);
/* Says what came of asking the gates again. */
void directory_say_recheck(struct outcome *o, const struct recheck_counts *c);

extern const struct verb organisation_add, organisation_edit, organisation_show, service_add,
    service_edit, service_show, agreement_add, agreement_edit, agreement_show, neighbourhood_add,
    neighbourhood_edit;
extern const struct list organisation_list, service_list, agreement_list, neighbourhood_list;

#endif
