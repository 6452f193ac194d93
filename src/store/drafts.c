/* SPDX-License-Identifier: MIT
 *
 * Statements of drafts (see drafts.h).
 */
#include "store/drafts.h"

/* `about` may be "", which is a key like any other here, not NULL. */
static struct stmt *with_key(struct db *db, const char *sql, const char *login, const char *form,
                             const char *about, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text_raw(s, 1, login);
    stmt_text_raw(s, 2, form);
    stmt_text_raw(s, 3, about);
    return s;
}

bool draft_row_put(struct db *db, const char *login, const char *form, const char *about,
                   const char *title, int64_t saved_at, const char *text, struct err *e)
{
    static const char sql[] =
        "INSERT INTO draft (login, form, about, title, saved_at, text) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login, form, about) DO UPDATE "
        "SET title = excluded.title, saved_at = excluded.saved_at, text = excluded.text";
    struct stmt *s = with_key(db, sql, login, form, about, e);
    if (!s)
        return false;
    stmt_text_raw(s, 4, title);
    stmt_int(s, 5, saved_at);
    stmt_text_raw(s, 6, text);
    return stmt_run(s, e) >= 0;
}

struct stmt *draft_row(struct db *db, const char *login, const char *form, const char *about,
                       struct err *e)
{
    static const char sql[] = "SELECT form, about, title, saved_at, text FROM draft "
                              "WHERE login = $1 AND form = $2 AND about = $3";
    return with_key(db, sql, login, form, about, e);
}

struct stmt *draft_rows(struct db *db, const char *login, struct err *e)
{
    static const char sql[] = "SELECT form, about, title, saved_at, text FROM draft "
                              "WHERE login = $1 ORDER BY saved_at DESC, form, about /*sort*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_text_raw(s, 1, login);
    return s;
}

bool draft_row_delete(struct db *db, const char *login, const char *form, const char *about,
                      struct err *e)
{
    static const char sql[] = "DELETE FROM draft WHERE login = $1 AND form = $2 AND about = $3";
    struct stmt *s = with_key(db, sql, login, form, about, e);
    return s && stmt_run(s, e) >= 0;
}
