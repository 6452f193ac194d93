/* SPDX-License-Identifier: MIT
 *
 * Field tables of a person's episode with the service and of what belongs to
 * it: needs, contacts, the plan, signposts, flags, answers to the referrer.
 */
#include "rows.h"

/* clang-format off: a field a line */

static const struct choice yes_or_no[] = {{"yes", "Yes"}, {"no", "No"}, {NULL, NULL}};

static const struct field referral_rows[] = {
    ID_ROW(referral),
    REF_ROW(referral),
    VERSION_ROW(referral),
    PARENT_ROW(referral, person_id, "Person"),
    {TEXT(referral, state), .label = "State", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = referral_states},
    {TEXT(referral, state_before), .label = "State before", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = referral_states},
    {NUMBER(referral, state_at), .label = "In this state since", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {TEXT(referral, received_on), .label = "Received on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, source), .label = "Source", .kind = FIELD_CODE, .set = "source"},
    {TEXT(referral, referrer_name), .label = "Referrer", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral, referrer_role), .label = "Their role", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral, referrer_organisation), .label = "Their organisation", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral, referrer_practice), .label = "Their practice", .kind = FIELD_ODS, .set = "practice", .help = "its ODS code, like P87003"},
    {TEXT(referral, referrer_phone), .label = "Their telephone", .kind = FIELD_PHONE, .flags = FIELD_PERSONAL},
    {TEXT(referral, referrer_email), .label = "Their e-mail", .kind = FIELD_EMAIL, .flags = FIELD_PERSONAL},
    {TEXT(referral, reason), .label = "Reason", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS, .help = "what was asked for, in the referrer's words"},
    {NUMBER(referral, urgent), .label = "Urgent", .kind = FIELD_FLAG},
    {TEXT(referral, neighbourhood), .label = "Neighbourhood", .kind = FIELD_CODE, .set = "neighbourhood"},
    {NUMBER(referral, worker_id), .label = "Worker", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    {TEXT(referral, move_reason), .label = "Why moved", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "reallocated, returned, reopened or marked as error"},
    {TEXT(referral, second_reason), .label = "Why a second one", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "why a second open referral for one person"},
    {TEXT(referral, safeguarding), .label = "Safeguarding", .kind = FIELD_CHOICE, .choices = safeguarding_answers},
    {TEXT(referral, safeguarding_note), .label = "Safeguarding note", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(referral, safe_by), .label = "Safe to hand on: who says so", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral, safe_why), .label = "Safe to hand on: why", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(referral, safe_on), .label = "Safe to hand on: since", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, accepted_on), .label = "Accepted on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, allocated_on), .label = "Allocated on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, begun_on), .label = "Begun on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, last_try_on), .label = "Last try", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(referral, last_reached_on), .label = "Last reached", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(referral, call_back_on), .label = "Call back on", .kind = FIELD_DATE},
    {TEXT(referral, pause_reason), .label = "Why paused", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(referral, paused_until), .label = "Paused until", .kind = FIELD_DATE},
    {TEXT(referral, plan_agreed), .label = "Plan agreed", .kind = FIELD_CHOICE, .choices = yes_or_no, .help = "with the person or who speaks for them"},
    {TEXT(referral, plan_review_on), .label = "Plan review on", .kind = FIELD_DATE},
    {TEXT(referral, gp_action), .label = "Action for the GP", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "none is an answer"},
    {TEXT(referral, closed_on), .label = "Closed on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(referral, close_reason), .label = "Why closed", .kind = FIELD_CHOICE, .choices = close_reasons},
    {TEXT(referral, close_note), .label = "Closing note", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(referral, source_key), .label = "Key in the imported file", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL},
    MADE_AT_ROW(referral),
    MADE_BY_ROW(referral),
};
const struct record_type referral_type = {
    .name = "referral", .label = "referral", .prefix = "SP", .id = 0, .ref = 1, .version = 2, .person = 3, RECORD_TYPE(referral, referral_rows),
};

static const struct field referral_source_rows[] = {
    ID_ROW(referral_source),
    PARENT_ROW(referral_source, referral_id, "Referral"),
    {TEXT(referral_source, received_on), .label = "Received on", .kind = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_PAST},
    {TEXT(referral_source, source), .label = "Source", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .set = "source"},
    {TEXT(referral_source, referrer_name), .label = "Referrer", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral_source, referrer_organisation), .label = "Their organisation", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(referral_source, referrer_practice), .label = "Their practice", .kind = FIELD_ODS, .set = "practice", .help = "its ODS code, like P87003"},
    {TEXT(referral_source, reason), .label = "Reason", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS},
    MADE_AT_ROW(referral_source),
};
const struct record_type referral_source_type = {
    .name = "referral_source", .label = "source", .id = 0, .ref = -1, .version = -1, .person = -1, RECORD_TYPE(referral_source, referral_source_rows),
};

static const struct field answer_rows[] = {
    ID_ROW(answer),
    PARENT_ROW(answer, referral_id, "Referral"),
    VERSION_ROW(answer),
    {TEXT(answer, event), .label = "About", .kind = FIELD_CHOICE, .flags = FIELD_AUTO, .choices = answer_events},
    {TEXT(answer, owed_on), .label = "Owed since", .kind = FIELD_DATE, .flags = FIELD_AUTO},
    {TEXT(answer, told_on), .label = "Told on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(answer, told), .label = "Told how", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS, .help = "letter, e-mail, telephone"},
    {NUMBER(answer, told_by), .label = "Told by", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    PARENT_ROW(answer, worker_id, "Worker"),
};
const struct record_type answer_type = {
    .name = "answer", .label = "answer to the referrer", .id = 0, .ref = -1, .version = 2, .person = -1, RECORD_TYPE(answer, answer_rows),
};

static const struct field need_rows[] = {
    ID_ROW(need),
    VERSION_ROW(need),
    PARENT_ROW(need, referral_id, "Referral"),
    {TEXT(need, code), .label = "Need", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .set = "need"},
    {NUMBER(need, severity), .label = "How bad", .kind = FIELD_INT, .min = 1, .max = 5, .help = "1 slight, 5 a crisis"},
    {TEXT(need, found), .label = "Found", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = need_founds},
    {NUMBER(need, is_main), .label = "Main need", .kind = FIELD_FLAG},
    {TEXT(need, note), .label = "Note", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(need, outcome), .label = "Outcome", .kind = FIELD_CODE, .set = "need_outcome"},
    {TEXT(need, outcome_on), .label = "Outcome on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(need, outcome_note), .label = "Outcome note", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    MADE_AT_ROW(need),
    MADE_BY_ROW(need),
};
const struct record_type need_type = {
    .name = "need", .label = "need", .id = 0, .ref = -1, .version = 1, .person = -1, RECORD_TYPE(need, need_rows),
};

static const struct field contact_rows[] = {
    ID_ROW(contact),
    REF_ROW(contact),
    VERSION_ROW(contact),
    PARENT_ROW(contact, referral_id, "Referral"),
    {TEXT(contact, on_date), .label = "Date", .kind = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_PAST},
    {TEXT(contact, at_time), .label = "Time", .kind = FIELD_TIME, .help = "14:05"},
    {TEXT(contact, mode), .label = "How", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = contact_modes},
    {TEXT(contact, outcome), .label = "What came of it", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = contact_outcomes},
    {NUMBER(contact, minutes), .label = "Minutes", .kind = FIELD_INT, .min = 0, .max = 1440, .unit = "minutes"},
    {TEXT(contact, note), .label = "Note", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS},
    {TEXT(contact, call_back_on), .label = "Call back on", .kind = FIELD_DATE},
    MADE_AT_ROW(contact),
    MADE_BY_ROW(contact),
};
const struct record_type contact_type = {
    .name = "contact", .label = "contact", .prefix = "CT", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(contact, contact_rows),
};

static const struct field plan_item_rows[] = {
    ID_ROW(plan_item),
    REF_ROW(plan_item),
    VERSION_ROW(plan_item),
    PARENT_ROW(plan_item, referral_id, "Referral"),
    {TEXT(plan_item, kind), .label = "Kind", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = plan_kinds},
    PARENT_ROW(plan_item, parent_id, "Part of"),
    {TEXT(plan_item, text), .label = "Text", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = LONG_CHARS, .help = "in the person's own words"},
    {TEXT(plan_item, code), .label = "Need", .kind = FIELD_CODE, .set = "need"},
    {NUMBER(plan_item, importance), .label = "Importance", .kind = FIELD_INT, .min = 1, .max = 10, .help = "of a goal, 1 to 10"},
    {NUMBER(plan_item, confidence), .label = "Confidence", .kind = FIELD_INT, .min = 1, .max = 10, .help = "that an action will be done, 1 to 10"},
    {TEXT(plan_item, who), .label = "Who", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS, .help = "who does it"},
    {TEXT(plan_item, due), .label = "When", .kind = FIELD_PARTIAL, .help = "a day, a month or a year"},
    {TEXT(plan_item, status), .label = "Status", .kind = FIELD_CHOICE, .choices = plan_statuses},
    {TEXT(plan_item, outcome), .label = "Outcome", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    MADE_AT_ROW(plan_item),
    MADE_BY_ROW(plan_item),
};
const struct record_type plan_item_type = {
    .name = "plan_item", .label = "plan item", .prefix = "PL", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(plan_item, plan_item_rows),
};

static const struct field signpost_rows[] = {
    ID_ROW(signpost),
    PARENT_ROW(signpost, referral_id, "Referral"),
    {TEXT(signpost, on_date), .label = "Date", .kind = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_PAST},
    {NUMBER(signpost, service_id), .label = "Service", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    {TEXT(signpost, to_name), .label = "Signposted to", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(signpost, contact), .label = "Contact given", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(signpost, reason), .label = "Reason", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    MADE_AT_ROW(signpost),
    MADE_BY_ROW(signpost),
};
const struct record_type signpost_type = {
    .name = "signpost", .label = "signpost", .id = 0, .ref = -1, .version = -1, .person = -1, RECORD_TYPE(signpost, signpost_rows),
};

static const struct field flag_rows[] = {
    ID_ROW(flag),
    REF_ROW(flag),
    VERSION_ROW(flag),
    PARENT_ROW(flag, referral_id, "Referral"),
    {TEXT(flag, message), .label = "Message", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(flag, due_on), .label = "On", .kind = FIELD_DATE, .flags = FIELD_REQUIRED},
    MADE_AT_ROW(flag),
    MADE_BY_ROW(flag),
    {TEXT(flag, resolved_on), .label = "Resolved on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(flag, resolved_note), .label = "How resolved", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
};
const struct record_type flag_type = {
    .name = "flag", .label = "flag", .prefix = "FL", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(flag, flag_rows),
};
