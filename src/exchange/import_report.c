/* SPDX-License-Identifier: MIT
 *
 * What came of an import: counts, reasons, and the fate of rows, as the JSON
 * that programs read and the words that people read. Neither holds a name:
 * rows are called by their line, records by their reference.
 */
#include <string.h>

#include "exchange/import.h"

const char *const fate_names[FATES] = {"added", "changed", "unchanged", "refused"};

void report_fate(struct import_report *r, size_t line, enum fate fate, const char *ref, const char *why)
{
    r->fate[fate]++;
    if (!*why && !r->every_row)
        return;
    r->fates_told++;
    if (!r->fates)
        r->fates = json_array();
    if (json_array_size(r->fates) < FATES_KEPT)
        json_array_append_new(r->fates, json_pack("{s:I, s:s, s:s, s:s}", "line", (json_int_t)line, "fate", fate_names[fate], "ref", ref,
                                                  "why", why));
}

void report_reason(struct import_report *r, const char *reason, bool refused)
{
    size_t i = 0, most = sizeof r->reasons / sizeof *r->reasons;
    while (i < r->reason_count && strcmp(r->reasons[i].reason, reason) != 0)
        i++;
    if (i == r->reason_count) {
        if (i == most)
            return;
        text_put(r->reasons[i].reason, sizeof r->reasons[i].reason, reason);
        r->reason_count++;
    }
    if (refused)
        r->reasons[i].refused++;
    else
        r->reasons[i].warned++;
}

/* ---- words */

static int64_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static void count_words(struct buf *out, int64_t n, const char *one, const char *many)
{
    if (n)
        buf_fmt(out, ", %lld %s", (long long)n, n == 1 ? one : many);
}

static void never_asked_words(const json_t *report, struct buf *out)
{
    const json_t *never = json_object_get(report, "never_asked");
    int64_t safeguarding = number(never, "safeguarding"), consent = number(never, "consent"), risk = number(never, "risk");
    if (!never)
        return;
    if (safeguarding || consent || risk)
        buf_fmt(out,
                "Never asked by the old system, and lines on the worklist now: safeguarding %lld, consent to be contacted %lld, "
                "risk %lld.\n",
                (long long)safeguarding, (long long)consent, (long long)risk);
    buf_str(out, "No consent to share is taken from a file: nothing goes to an organisation until the person was asked.\n");
}

static void fates_words(const json_t *report, struct buf *out)
{
    size_t i;
    json_t *f;
    const json_t *fates = json_object_get(report, "fates");
    json_array_foreach (fates, i, f) {
        const char *ref = json_string_value(json_object_get(f, "ref")), *why = json_string_value(json_object_get(f, "why"));
        buf_fmt(out, "Line %lld %s%s%s%s%s\n", (long long)number(f, "line"), json_string_value(json_object_get(f, "fate")),
                *ref ? " " : "", ref, *why ? ": " : "", why);
    }
    if (number(report, "fates_left_out"))
        buf_fmt(out, "and %lld more lines; the counts above are of all of them.\n", (long long)number(report, "fates_left_out"));
}

void import_words(const json_t *report, struct buf *out)
{
    bool again = json_is_true(json_object_get(report, "again")), dry = json_is_true(json_object_get(report, "dry_run"));
    buf_fmt(out, "%s: ", json_string_value(json_object_get(report, "file")));
    if (again) {
        buf_str(out, "this very file was imported before. Nothing was done.\n");
        return;
    }
    buf_fmt(out, "%lld %s, %lld added", (long long)number(report, "rows"), number(report, "rows") == 1 ? "row" : "rows",
            (long long)number(report, "added"));
    count_words(out, number(report, "people"), "person new", "people new");
    count_words(out, number(report, "changed"), "changed", "changed");
    count_words(out, number(report, "unchanged"), "known already and left as it is", "known already and left as they are");
    count_words(out, number(report, "refused"), "refused", "refused");
    count_words(out, number(report, "warnings"), "warning", "warnings");
    count_words(out, number(report, "duplicates"), "perhaps known already (onward person duplicates)",
                "perhaps known already (onward person duplicates)");
    buf_str(out, dry ? ". A dry run: nothing was written.\n" : ".\n");
    const char *note = json_string_value(json_object_get(report, "note"));
    if (note)
        buf_fmt(out, "%s\n", note);
    never_asked_words(report, out);
    fates_words(report, out);
}
