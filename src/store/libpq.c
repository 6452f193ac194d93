/* SPDX-License-Identifier: MIT
 *
 * Loading PostgreSQL's library (see libpq.h).
 */
#include "store/libpq.h"

#include <dlfcn.h>
#include <stddef.h>

struct libpq pq;

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define LIBPQ_FUNCTION(name) {#name, offsetof(struct libpq, name)},
    LIBPQ_FUNCTIONS(LIBPQ_FUNCTION)
#undef LIBPQ_FUNCTION
};

bool libpq_load(struct err *e)
{
    struct libpq found;
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return err_set(e, ERR_STORE,
                       "A PostgreSQL store needs PostgreSQL's client library (libpq.so.5), which is "
                       "not installed here. On Debian: apt install libpq5.");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *address = dlsym(library, functions[i].name);
        if (!address)
            return err_set(e, ERR_STORE,
                           "PostgreSQL's client library (libpq.so.5) is too old: it lacks %s.",
                           functions[i].name);
        *(void **)(void *)((char *)&found + functions[i].offset) = address;
    }
    pq = found;
    return true;
}
