/* SPDX-License-Identifier: MIT
 *
 * Field tables of what goes to organisations and comes back from them:
 * handoffs, the batches that carry them, replies. Nearly all of a handoff is
 * set by its verbs; a reply is as the organisation gave it.
 */
#include "rows.h"

/* clang-format off: a field a line */

static const struct choice reply_verdicts[] = {
    {"applied", "Applied"}, {"history", "Kept as history"},      {"same", "Already known"},
    {"refused", "Refused"}, {"unmatched", "Matches no handoff"}, {NULL, NULL},
};

static const struct field handoff_rows[] = {
    ID_ROW(handoff),
    REF_ROW(handoff),
    VERSION_ROW(handoff),
    {NUMBER(handoff, revision), .label = "Revision", .kind = FIELD_INT, .flags = FIELD_AUTO},
    PARENT_ROW(handoff, referral_id, "Referral"),
    PARENT_ROW(handoff, person_id, "Person"),
    {TEXT(handoff, need), .label = "Need", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .set = "need"},
    PARENT_ROW(handoff, service_id, "Service"),
    PARENT_ROW(handoff, organisation_id, "Organisation"),
    PARENT_ROW(handoff, previous_id, "Follows"),
    {TEXT(handoff, state), .label = "State", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = handoff_states},
    {TEXT(handoff, state_before), .label = "State before", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = handoff_states},
    {NUMBER(handoff, state_at), .label = "In this state since", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(handoff, urgent), .label = "Urgent", .kind = FIELD_FLAG},
    {TEXT(handoff, rung_on), .label = "Rung on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(handoff, summary), .label = "Summary", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS, .help = "what they need to know, no more"},
    {TEXT(handoff, goals), .label = "Goals", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "what the person hopes for"},
    {TEXT(handoff, asked_again_on), .label = "Still wanted on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {NUMBER(handoff, update_due), .label = "Update goes next", .kind = FIELD_FLAG, .flags = FIELD_AUTO},
    {NUMBER(handoff, queued_at), .label = "Queued at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(handoff, exported_at), .label = "Written at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(handoff, delivered_at), .label = "Sent at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {TEXT(handoff, reply_by), .label = "Reply by", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(handoff, last_reply_on), .label = "Last reply", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(handoff, last_reply_key), .label = "Order of the last reply", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(handoff, expected_on), .label = "Expected on", .kind = FIELD_DATE},
    {TEXT(handoff, declined_by), .label = "Declined by", .kind = FIELD_CHOICE, .choices = decliners},
    {TEXT(handoff, reason), .label = "Reason", .kind = FIELD_CODE, .set = "decline_reason", .help = "of a failed one: fail_reason"},
    {TEXT(handoff, outcome), .label = "Outcome", .kind = FIELD_CODE, .set = "handoff_outcome"},
    {TEXT(handoff, outcome_on), .label = "Outcome on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(handoff, their_reference), .label = "Their reference", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(handoff, their_worker), .label = "Their worker", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(handoff, reviewed_on), .label = "Reviewed on", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {NUMBER(handoff, reviewed_by), .label = "Reviewed by", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    {NUMBER(handoff, worker_told), .label = "Worker told", .kind = FIELD_FLAG, .flags = FIELD_AUTO},
    {TEXT(handoff, stop_reason), .label = "Why stopped", .kind = FIELD_CHOICE, .choices = stop_reasons},
    {NUMBER(handoff, stop_owed_at), .label = "Stop owed since", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(handoff, stop_batch_id), .label = "Stop went in", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    {TEXT(handoff, stop_confirmed_on), .label = "Stop confirmed on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(handoff, stop_confirmed_how), .label = "Stop confirmed how", .kind = FIELD_CHOICE, .choices = reply_hows},
    {TEXT(handoff, stop_confirmed_note), .label = "Stop confirmed: by whom, to whom", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    MADE_AT_ROW(handoff),
    MADE_BY_ROW(handoff),
};
const struct record_type handoff_type = {
    .name = "handoff", .label = "handoff", .prefix = "HO", .id = 0, .ref = 1, .version = 2, .person = 5, RECORD_TYPE(handoff, handoff_rows),
};

static const struct field batch_rows[] = {
    ID_ROW(batch),
    {TEXT(batch, name), .label = "Batch", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    VERSION_ROW(batch),
    PARENT_ROW(batch, organisation_id, "Organisation"),
    {TEXT(batch, run_on), .label = "Run of", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(batch, state), .label = "State", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = batch_states},
    {NUMBER(batch, row_count), .label = "Rows", .kind = FIELD_INT, .flags = FIELD_AUTO},
    {TEXT(batch, sha256), .label = "SHA-256", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(batch, previous), .label = "Batch before", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(batch, profile), .label = "Profile", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = profiles},
    {NUMBER(batch, bom), .label = "Byte-order mark", .kind = FIELD_FLAG, .flags = FIELD_AUTO},
    MADE_AT_ROW(batch),
    {NUMBER(batch, published_at), .label = "Published at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(batch, delivered_at), .label = "Sent at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {TEXT(batch, delivered_how), .label = "Sent how", .kind = FIELD_TEXT, .max = LINE_CHARS},
    {TEXT(batch, delivered_by), .label = "Sent by", .kind = FIELD_TEXT, .max = LINE_CHARS},
    {TEXT(batch, void_reason), .label = "Why void", .kind = FIELD_TEXT, .max = LONG_CHARS},
};
const struct record_type batch_type = {
    .name = "batch", .label = "batch", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(batch, batch_rows),
};

static const struct field reply_rows[] = {
    ID_ROW(reply),
    PARENT_ROW(reply, organisation_id, "Organisation"),
    PARENT_ROW(reply, file_id, "File"),
    {NUMBER(reply, line), .label = "Line", .kind = FIELD_INT, .flags = FIELD_AUTO},
    {TEXT(reply, row_id), .label = "Row", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    PARENT_ROW(reply, handoff_id, "Handoff"),
    {TEXT(reply, status), .label = "Status", .kind = FIELD_CHOICE, .choices = reply_statuses},
    {TEXT(reply, on_date), .label = "Date", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(reply, declined_by), .label = "Declined by", .kind = FIELD_CHOICE, .choices = decliners},
    {TEXT(reply, reason), .label = "Reason", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(reply, outcome), .label = "Outcome", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(reply, note), .label = "Note", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS},
    {TEXT(reply, their_reference), .label = "Their reference", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(reply, their_worker), .label = "Their worker", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(reply, how), .label = "How", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = reply_hows},
    {TEXT(reply, said_by), .label = "Said by", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(reply, verdict), .label = "What became of it", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = reply_verdicts},
    {TEXT(reply, why), .label = "Why", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(reply, settled_on), .label = "Settled on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    MADE_AT_ROW(reply),
    MADE_BY_ROW(reply),
};
const struct record_type reply_type = {
    .name = "reply", .label = "reply", .id = 0, .ref = -1, .version = -1, .person = -1, RECORD_TYPE(reply, reply_rows),
};
