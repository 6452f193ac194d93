/* SPDX-License-Identifier: MIT
 *
 * Records in and out of the store. A field table says in which order columns
 * stand and where their values lie; the SQL of each type is one row here. The
 * key is always $1 and never written by an update: other tables point at it,
 * so SQLite would look for them all. An update's last parameter is the version
 * that the row must still have.
 */
#include <string.h>

#include "store/record.h"

/* Parameters $2 .. $n. */
#define TO_4 "$2, $3, $4"
#define TO_5 TO_4 ", $5"
#define TO_6 TO_5 ", $6"
#define TO_8 TO_6 ", $7, $8"
#define TO_9 TO_8 ", $9"
#define TO_10 TO_9 ", $10"
#define TO_13 TO_10 ", $11, $12, $13"
#define TO_15 TO_13 ", $14, $15"
#define TO_16 TO_15 ", $16"
#define TO_17 TO_16 ", $17"
#define TO_19 TO_17 ", $18, $19"
#define TO_21 TO_19 ", $20, $21"
#define TO_23 TO_21 ", $22, $23"
#define TO_29 TO_23 ", $24, $25, $26, $27, $28, $29"
#define TO_34 TO_29 ", $30, $31, $32, $33, $34"
#define TO_40 TO_29 ", $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40"
#define TO_43 TO_40 ", $41, $42, $43"

#define RECORD_SQL(table, fields, values, where_version)                                           \
    .insert = "INSERT INTO " table " (id, " fields ") VALUES ($1, " values ")",                    \
    .update = "UPDATE " table " SET (" fields ") = (" values ") WHERE id = $1" where_version,      \
    .load = "SELECT id, " fields " FROM " table " WHERE id = $1"
/* The few that may be taken away again: a draft, a note made by mistake. All others stay for ever. */
#define GOES(table) .remove = "DELETE FROM " table " WHERE id = $1"
/* How people name one: by `key`, which is unique. */
#define BY(table, fields, key) .load_ref = "SELECT id, " fields " FROM " table " WHERE " key " = $1"

static const struct record_sql {
    const struct record_type *type;
    const char *insert, *update, *update_own, *load, *load_ref, *remove;
} records[] = {
    {&person_type, RECORD_SQL("person", PERSON_FIELDS, TO_40, " AND version = $41"),
     BY("person", PERSON_FIELDS, "ref")},
    {&person_name_type, RECORD_SQL("person_name", PERSON_NAME_FIELDS, TO_6, ""), GOES("person_name")},
    {&person_identifier_type, RECORD_SQL("person_identifier", PERSON_IDENTIFIER_FIELDS, TO_4, ""), GOES("person_identifier")},
    {&consent_type, RECORD_SQL("consent", CONSENT_FIELDS, TO_23, ""),
     BY("consent", CONSENT_FIELDS, "ref")},
    {&risk_type, RECORD_SQL("risk", RISK_FIELDS, TO_9, " AND version = $10"), GOES("risk"),
     BY("risk", RISK_FIELDS, "ref")},
    {&referral_type, RECORD_SQL("referral", REFERRAL_FIELDS, TO_43, " AND version = $44"), GOES("referral"),
     BY("referral", REFERRAL_FIELDS, "ref")},
    {&referral_source_type, RECORD_SQL("referral_source", REFERRAL_SOURCE_FIELDS, TO_9, ""), GOES("referral_source")},
    {&answer_type, RECORD_SQL("answer", ANSWER_FIELDS, TO_9, " AND version = $10"), GOES("answer")},
    {&need_type, RECORD_SQL("need", NEED_FIELDS, TO_13, " AND version = $14"), GOES("need")},
    {&contact_type, RECORD_SQL("contact", CONTACT_FIELDS, TO_13, " AND version = $14"), GOES("contact"),
     BY("contact", CONTACT_FIELDS, "ref")},
    {&plan_item_type, RECORD_SQL("plan_item", PLAN_ITEM_FIELDS, TO_16, " AND version = $17"), GOES("plan_item"),
     BY("plan_item", PLAN_ITEM_FIELDS, "ref")},
    {&signpost_type, RECORD_SQL("signpost", SIGNPOST_FIELDS, TO_9, ""), GOES("signpost")},
    {&flag_type, RECORD_SQL("flag", FLAG_FIELDS, TO_10, " AND version = $11"), GOES("flag"),
     BY("flag", FLAG_FIELDS, "ref")},
    {&organisation_type,
     RECORD_SQL("organisation", ORGANISATION_FIELDS, TO_19, " AND version = $20"),
     BY("organisation", ORGANISATION_FIELDS, "code")},
    {&agreement_type, RECORD_SQL("agreement", AGREEMENT_FIELDS, TO_13, " AND version = $14"),
     BY("agreement", AGREEMENT_FIELDS, "ref")},
    {&service_type, RECORD_SQL("service", SERVICE_FIELDS, TO_29, " AND version = $30"),
     BY("service", SERVICE_FIELDS, "ref")},
    {&handoff_type, RECORD_SQL("handoff", HANDOFF_FIELDS, TO_43, " AND version = $44"),
     BY("handoff", HANDOFF_FIELDS, "ref"),
     .update_own = "UPDATE handoff SET (" HANDOFF_OWN_FIELDS ") = (" TO_34 ") WHERE id = $1 AND version = $35"},
    {&reply_type, RECORD_SQL("reply", REPLY_FIELDS, TO_21, "")},
    {&neighbourhood_type,
     RECORD_SQL("neighbourhood", NEIGHBOURHOOD_FIELDS, TO_5, " AND version = $6"),
     BY("neighbourhood", NEIGHBOURHOOD_FIELDS, "code")},
    {&wording_type, RECORD_SQL("wording", WORDING_FIELDS, TO_6, ""),
     BY("wording", WORDING_FIELDS, "code")},
    {&user_type, RECORD_SQL("app_user", USER_FIELDS, TO_15, " AND version = $16"),
     BY("app_user", USER_FIELDS, "login")},
    /* What a batch says of its files is long and comes after. */
    {&batch_type,
     .insert = "INSERT INTO batch (id, " BATCH_FIELDS ", replies_sha256, manifest) "
               "VALUES ($1, " TO_17 ", '', '')",
     .update = "UPDATE batch SET (" BATCH_FIELDS ") = (" TO_17 ") WHERE id = $1 AND version = $18",
     .load = "SELECT " BATCH_COLUMNS " FROM batch WHERE id = $1",
     .load_ref = "SELECT " BATCH_COLUMNS " FROM batch WHERE name = $1"},
};

static const struct record_sql *sql_of(const struct record_type *t)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        if (records[i].type == t)
            return &records[i];
    die("no SQL for records of type %s", t->name);
}

void record_read(struct stmt *s, int first, const struct record_type *t, void *out)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        int column = first + (int)i;
        char *place = (char *)out + f->offset;
        if (field_is_number(f))
            *(int64_t *)(void *)place = col_null(s, column) ? FIELD_ABSENT : col_int(s, column);
        else if (!text_copy(place, f->size, col_text(s, column)))
            die("the store holds a longer %s.%s than any that onward writes", t->name, f->key);
    }
}

static void bind_field(struct stmt *s, int n, const struct field *f, const void *record)
{
    if (field_is_number(f))
        stmt_int_or_null(s, n, field_int(f, record), FIELD_ABSENT);
    else
        stmt_text(s, n, field_text(f, record));
}

void record_bind(struct stmt *s, int n, const struct record_type *t, const void *record)
{
    for (size_t i = 0; i < t->count; i++)
        bind_field(s, n + (int)i, &t->fields[i], record);
}

/* Reads the one row of a bound statement. */
static bool load_one(struct stmt *s, const struct record_type *t, const char *ref, void *out,
                     struct err *e)
{
    switch (stmt_step(s, e)) {
    case STEP_ROW:
        record_read(s, 0, t, out);
        stmt_done(s);
        return true;
    case STEP_DONE:
        return err_set(e, ERR_NOT_FOUND, "There is no %s%s%s.", *ref ? t->label : "such ",
                       *ref ? " " : t->label, ref);
    default:
        return false;
    }
}

bool record_load(struct db *db, const struct record_type *t, int64_t id, void *out, struct err *e)
{
    struct stmt *s = db_prepare(db, sql_of(t)->load, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    return load_one(s, t, "", out, e);
}

bool record_load_ref(struct db *db, const struct record_type *t, const char *ref, void *out,
                     struct err *e)
{
    const char *sql = sql_of(t)->load_ref;
    if (!sql)
        die("records of type %s have no reference", t->name);
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    return load_one(s, t, ref, out, e);
}

bool record_insert(struct db *db, const struct record_type *t, const void *record, struct err *e)
{
    struct stmt *s = db_prepare(db, sql_of(t)->insert, e);
    if (!s)
        return false;
    record_bind(s, 1, t, record);
    return stmt_run(s, e) >= 0;
}

/* No row was changed: someone else was there first. */
static bool lost(const struct record_type *t, const void *record, struct err *e)
{
    const char *ref = t->ref >= 0 ? field_text(&t->fields[t->ref], record) : "";
    return err_set(e, ERR_CONFLICT,
                   "This %s%s%s was changed by someone else in the meantime; open it again.",
                   t->label, *ref ? " " : "", ref);
}

bool record_update(struct db *db, const struct record_type *t, const void *record, int64_t was,
                   struct err *e)
{
    struct stmt *s = db_prepare(db, sql_of(t)->update, e);
    if (!s)
        return false;
    record_bind(s, 1, t, record);
    if (t->version >= 0)
        stmt_int(s, (int)t->count + 1, was);
    int64_t changed = stmt_run(s, e);
    return changed > 0 || (changed == 0 && lost(t, record, e));
}

/* What update_own leaves alone. */
static bool names_another(const struct record_type *t, size_t i)
{
    return (int)i != t->id && ((int)i == t->ref || t->fields[i].kind == FIELD_KEY);
}

bool record_update_from(struct db *db, const struct record_type *t, const void *before,
                        const void *record, int64_t was, struct err *e)
{
    const char *sql = sql_of(t)->update_own;
    for (size_t i = 0; sql && i < t->count; i++)
        if (names_another(t, i) && !field_equal(&t->fields[i], before, record))
            sql = NULL;
    if (!sql)
        return record_update(db, t, record, was, e);
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    int n = 1;
    for (size_t i = 0; i < t->count; i++)
        if (!names_another(t, i))
            bind_field(s, n++, &t->fields[i], record);
    stmt_int(s, n, was);
    int64_t changed = stmt_run(s, e);
    return changed > 0 || (changed == 0 && lost(t, record, e));
}

bool record_may_go(const struct record_type *t)
{
    return sql_of(t)->remove != NULL;
}

bool record_delete(struct db *db, const struct record_type *t, int64_t id, struct err *e)
{
    const char *sql = sql_of(t)->remove;
    if (!sql)
        die("a %s is never taken away", t->label);
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    int64_t gone = stmt_run(s, e);
    return gone > 0 || (gone == 0 && err_set(e, ERR_NOT_FOUND, "There is no such %s.", t->label));
}
