/* SPDX-License-Identifier: MIT
 *
 * Errors. Every function that can fail returns bool (or a pointer) and takes
 * a last `struct err *e`. On false (or NULL) `e` is filled, outputs are
 * untouched and the store is as before. There are few codes because each one
 * asks for a different reaction; the text is for the person at the keyboard
 * and says what is wrong and what would be right. Texts carry references,
 * never names.
 */
#ifndef ONWARD_ERR_H
#define ONWARD_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

enum err_code {
    ERR_NONE,
    ERR_INVALID,   /* ask again; `field` names what to mend */
    ERR_NOT_FOUND, /* no such record, or none that this user may see */
    ERR_CONFLICT,  /* someone else changed it in the meantime */
    ERR_REFUSED,   /* a rule said no; `rule` is its code, `text` its words */
    ERR_DENIED,    /* not yours to do or see */
    ERR_BUSY,      /* another run or desk holds the lock; try again */
    ERR_STORE,     /* disk, database, spool or connection */
};

struct err {
    enum err_code code;
    char field[64]; /* key of the field at fault, or "" */
    char rule[48];  /* code of the rule that refused, or "" */
    char text[768]; /* one or more sentences, UTF-8, no newline at the end */
};

/* Fills `e` (when not NULL) and returns false, so that a caller can write
 * `return err_set(e, ...)`. Text over the limit is clipped at a character
 * boundary: an error text is never data. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* As err_set with ERR_INVALID, naming the field. */
bool err_field(struct err *e, const char *field, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* As err_set with ERR_REFUSED, naming the rule (for example "R09", "gate.consent"). */
bool err_rule(struct err *e, const char *rule, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Puts "what: " in front of the text that `e` has (for line numbers and the like). Returns false. */
bool err_prefix(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Empties `e`. */
void err_clear(struct err *e);

/* A short stable word for a code: "invalid", "not_found", "conflict",
 * "refused", "denied", "busy", "store", or "none". */
const char *err_name(enum err_code code);

/* Ends the program on what cannot be continued from (out of memory, a broken
 * invariant): runs the hook (which restores the terminal), prints the text to
 * stderr and aborts. */
_Noreturn void die(const char *fmt, ...) PRINTF_LIKE(1, 2);
void die_hook(void (*restore)(void));

/* malloc, calloc, realloc and strdup that end the program when memory is out. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
/* What printf would write; the caller's to free. */
char *xvformat(const char *fmt, va_list args) PRINTF_LIKE(1, 0);

#endif
