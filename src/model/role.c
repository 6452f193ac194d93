/* SPDX-License-Identifier: MIT
 *
 * Roles as bits, and whom they may see. What a role may do is said by the
 * verbs and the workflow tables; here is what it may know. Whatever is not
 * granted is denied.
 */
#include <string.h>

#include "onward/field.h"
#include "onward/role.h"

static const struct {
    const char *code;
    enum role role;
} role_bits[] = {
    {"worker", ROLE_WORKER}, {"rep", ROLE_REP},         {"manager", ROLE_MANAGER},
    {"admin", ROLE_ADMIN},   {"auditor", ROLE_AUDITOR}, {"nightly", ROLE_NIGHTLY},
};
enum { ROLE_COUNT = sizeof role_bits / sizeof *role_bits };

unsigned roles_parse(const char *codes)
{
    unsigned roles = 0;
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (codes_have(codes, role_bits[i].code))
            roles |= role_bits[i].role;
    return roles;
}

const char *roles_words(unsigned roles, char out[128])
{
    char *end = out;
    *end = '\0';
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (!(roles & role_bits[i].role))
            continue;
        if (end > out)
            end = stpcpy(end, ", ");
        end = stpcpy(end, role_bits[i].code);
    }
    return out;
}

enum sight role_sight(unsigned roles, const char *own, const char *neighbourhood)
{
    if (roles & ROLE_CARE)
        return SIGHT_FULL;
    if ((roles & ROLE_REP) && *neighbourhood && codes_have(own, neighbourhood))
        return SIGHT_MASKED;
    return SIGHT_NONE;
}

/* A case whose neighbourhood is not known yet is any worker's to find out. */
bool role_covers(unsigned roles, const char *own, const char *neighbourhood)
{
    if (!(roles & ROLE_WORKER))
        return false;
    return !*own || !*neighbourhood || codes_have(own, neighbourhood);
}
