/* SPDX-License-Identifier: MIT
 *
 * Statements of the summary. SUMMARY_FACTS is the one definition of every
 * measure as a query over the facts; engine/summary.c keeps the same counts
 * change by change, and `onward verify` compares the two.
 */
#include "store/summary.h"

/* Drafts and errors count nowhere. The month is that of receipt, or of closing. */
#define COUNTED "state NOT IN ('draft', 'error')"
#define SUMMARY_FACTS                                                                                          \
    "SELECT 'referral_received' AS measure, coalesce(substr(received_on, 1, 7), '') AS month, "               \
    "coalesce(neighbourhood, '') AS neighbourhood, coalesce(source, '') AS code, count(*) AS n "              \
    "FROM referral WHERE " COUNTED " GROUP BY 1, 2, 3, 4 "                                                    \
    "UNION ALL SELECT 'referral_state', '', coalesce(neighbourhood, ''), state, count(*) "                    \
    "FROM referral GROUP BY 1, 2, 3, 4 "                                                                      \
    "UNION ALL SELECT 'referral_closed', coalesce(substr(closed_on, 1, 7), ''), coalesce(neighbourhood, ''), " \
    "coalesce(close_reason, ''), count(*) FROM referral WHERE state = 'closed' GROUP BY 1, 2, 3, 4 "          \
    "UNION ALL SELECT 'need', coalesce(substr(r.received_on, 1, 7), ''), coalesce(r.neighbourhood, ''), "     \
    "n.code, count(*) FROM need n JOIN referral r ON r.id = n.referral_id "                                   \
    "WHERE r.state NOT IN ('draft', 'error') GROUP BY 1, 2, 3, 4 "                                            \
    "UNION ALL SELECT 'handoff_state', '', '', state, count(*) FROM handoff GROUP BY 1, 2, 3, 4"

bool summary_add(struct db *db, const char *measure, const char *month, const char *neighbourhood, const char *code,
                 int64_t delta, struct err *e)
{
    static const char sql[] = "INSERT INTO summary (measure, month, neighbourhood, code, count) VALUES ($1, $2, $3, $4, $5) "
                              "ON CONFLICT (measure, month, neighbourhood, code) "
                              "DO UPDATE SET count = summary.count + excluded.count";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text_raw(s, 1, measure);
    stmt_text_raw(s, 2, month);
    stmt_text_raw(s, 3, neighbourhood);
    stmt_text_raw(s, 4, code);
    stmt_int(s, 5, delta);
    return stmt_run(s, e) >= 0;
}

struct stmt *summary_needs_of(struct db *db, int64_t referral_id, struct err *e)
{
    static const char sql[] = "SELECT code FROM need WHERE referral_id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, referral_id);
    return s;
}

struct stmt *summary_differences(struct db *db, struct err *e)
{
    static const char sql[] =
        "SELECT measure, month, neighbourhood, code, CAST(sum(kept) AS BIGINT), CAST(sum(n) AS BIGINT) FROM ("
        "SELECT measure, month, neighbourhood, code, count AS kept, 0 AS n FROM summary "
        "UNION ALL SELECT f.measure, f.month, f.neighbourhood, f.code, 0, f.n FROM (" SUMMARY_FACTS ") f) both_counts "
        "GROUP BY measure, month, neighbourhood, code HAVING sum(kept) <> sum(n) /*scan*/ /*sort*/";
    return db_prepare(db, sql, e);
}

bool summary_rebuild(struct db *db, struct err *e)
{
    static const char empty[] = "DELETE FROM summary /*scan*/";
    static const char fill[] = "INSERT INTO summary (measure, month, neighbourhood, code, count) " SUMMARY_FACTS " /*scan*/ /*sort*/";
    struct stmt *s = db_prepare(db, empty, e);
    if (!s || stmt_run(s, e) < 0)
        return false;
    s = db_prepare(db, fill, e);
    return s && stmt_run(s, e) >= 0;
}
