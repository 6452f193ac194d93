/* SPDX-License-Identifier: MIT
 *
 * The watch over query plans: a statement that reads a whole table or sorts
 * in memory says so in its text, or the test build (ONWARD_PLAN_CHECK) ends.
 * Scans of what is never a stored table are no one's worry: constant rows,
 * virtual tables (the batch), subqueries, and common table expressions whose
 * name or alias begins with "cte_".
 */
#include <stdio.h>
#include <string.h>

#include "store/sqlite.h"

static bool is_stored_table(const char *name)
{
    static const char *const others[] = {"CONSTANT ROW", "(subquery", "cte_"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_starts(name, others[i]))
            return false;
    /* "2 CONSTANT ROWS", "b VIRTUAL TABLE INDEX 0:" */
    return !strstr(name, " CONSTANT ROW") && !strstr(name, " VIRTUAL TABLE ");
}

static bool row_is_admitted(const char *row, bool may_scan, bool may_sort)
{
    static const char scan[] = "SCAN ", search[] = "SEARCH ", sort[] = "USE TEMP B-TREE";
    if (text_starts(row, sort))
        return may_sort;
    if (text_starts(row, scan))
        return may_scan || !is_stored_table(row + strlen(scan));
    /* An index made for this one statement reads the whole table first. */
    if (text_starts(row, search) && strstr(row, " USING AUTOMATIC "))
        return may_scan || !is_stored_table(row + strlen(search));
    return true;
}

bool sqlite_plan_is_admitted(sqlite3 *handle, const char *sql, char row[256])
{
    struct buf explain = {0};
    sqlite3_stmt *st = NULL;
    bool may_scan = strstr(sql, "/*scan*/"), may_sort = strstr(sql, "/*sort*/"), admitted = true;
    buf_fmt(&explain, "EXPLAIN QUERY PLAN %s", sql);
    if (sqlite3_prepare_v2(handle, explain.data, -1, &st, NULL) != SQLITE_OK)
        die("cannot explain: %s: %s", sqlite3_errmsg(handle), sql);
    buf_free(&explain);
    while (admitted && sqlite3_step(st) == SQLITE_ROW) {
        snprintf(row, 256, "%s", (const char *)sqlite3_column_text(st, 3));
        admitted = row_is_admitted(row, may_scan, may_sort);
    }
    sqlite3_finalize(st);
    return admitted;
}
