/* SPDX-License-Identifier: MIT
 *
 * The verbs and lists on people, in the order of the manual. Each stands in a
 * file of its subject: person_edit.c (recording), person_parts.c (further
 * names), person_show.c, person_list.c and person_like.c (finding),
 * person_likeness.c (duplicates), person_merge.c, person_died.c, person_access.c.
 */
#include "engine/people.h"

const struct verb *const person_verbs[] = {
    &person_add,       &person_edit,    &person_show,      &person_name_add, &person_identifier_add, &person_different, &person_merge,
    &person_unmerge,   &person_died,    &person_restrict,  &person_unrestrict, &person_unmask,       NULL,
};
const struct list *const person_lists[] = {&person_find, &person_list, &person_like, &person_duplicates, &person_unmasked, NULL};
