/* SPDX-License-Identifier: MIT
 *
 * Field tables of the directory (organisations, their agreements, their
 * services) and of the house itself: neighbourhoods, consent wordings, users.
 * `code`, `login` and `name` are what people call these by, so they stand
 * where other records have their reference.
 */
#include "rows.h"

/* clang-format off: a field a line */

enum { OLDEST = 130, YEAR_DAYS = 366 };

static const struct field neighbourhood_rows[] = {
    ID_ROW(neighbourhood),
    {TEXT(neighbourhood, code), .label = "Code", .kind = FIELD_CODE, .flags = FIELD_REQUIRED},
    VERSION_ROW(neighbourhood),
    {TEXT(neighbourhood, name), .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = LINE_CHARS},
    {NUMBER(neighbourhood, active), .label = "In use", .kind = FIELD_FLAG},
};
const struct record_type neighbourhood_type = {
    .name = "neighbourhood", .label = "neighbourhood", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(neighbourhood, neighbourhood_rows),
};

static const struct field wording_rows[] = {
    ID_ROW(wording),
    {TEXT(wording, code), .label = "Code", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .help = "share-2026-1"},
    {TEXT(wording, purpose), .label = "Purpose", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = consent_purposes},
    {TEXT(wording, text), .label = "Words", .kind = FIELD_NOTE, .flags = FIELD_REQUIRED, .max = NOTE_CHARS, .help = "what the person hears or reads"},
    {NUMBER(wording, active), .label = "In use", .kind = FIELD_FLAG},
    MADE_AT_ROW(wording),
};
const struct record_type wording_type = {
    .name = "wording", .label = "consent wording", .id = 0, .ref = 1, .version = -1, .person = -1, RECORD_TYPE(wording, wording_rows),
};

static const struct field user_rows[] = {
    ID_ROW(user),
    {TEXT(user, login), .label = "Login", .kind = FIELD_CODE, .flags = FIELD_REQUIRED},
    VERSION_ROW(user),
    {TEXT(user, name), .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = LINE_CHARS},
    {TEXT(user, phone), .label = "Telephone", .kind = FIELD_PHONE},
    {TEXT(user, email), .label = "E-mail", .kind = FIELD_EMAIL},
    {TEXT(user, os_account), .label = "Account", .kind = FIELD_TEXT, .help = "of the operating system"},
    {NUMBER(user, service), .label = "Service account", .kind = FIELD_FLAG, .help = "may act as another user"},
    {NUMBER(user, active), .label = "Active", .kind = FIELD_FLAG},
    {TEXT(user, roles), .label = "Roles", .kind = FIELD_CHOICES, .flags = FIELD_REQUIRED, .choices = user_roles},
    {TEXT(user, neighbourhoods), .label = "Neighbourhoods", .kind = FIELD_CODES, .set = "neighbourhood", .help = "what a worker covers, what a representative sees"},
    {TEXT(user, password), .label = "Password", .kind = FIELD_TEXT, .flags = FIELD_AUTO | FIELD_SECRET},
    {NUMBER(user, failed_tries), .label = "Failed tries", .kind = FIELD_INT, .flags = FIELD_AUTO},
    {NUMBER(user, last_try_at), .label = "Last try at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    MADE_AT_ROW(user),
};
const struct record_type user_type = {
    .name = "user", .label = "user", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(user, user_rows),
};

static const struct field organisation_rows[] = {
    ID_ROW(organisation),
    {TEXT(organisation, code), .label = "Code", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .help = "names its folder, like salford-advice"},
    VERSION_ROW(organisation),
    {TEXT(organisation, name), .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = LONG_CHARS},
    {TEXT(organisation, status), .label = "Status", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = organisation_statuses},
    {TEXT(organisation, phone), .label = "Telephone", .kind = FIELD_PHONE},
    {TEXT(organisation, email), .label = "E-mail", .kind = FIELD_EMAIL},
    {TEXT(organisation, website), .label = "Website", .kind = FIELD_TEXT},
    {TEXT(organisation, address), .label = "Address", .kind = FIELD_NOTE, .max = ADDRESS_CHARS},
    {TEXT(organisation, postcode), .label = "Postcode", .kind = FIELD_POSTCODE},
    {TEXT(organisation, profile), .label = "File profile", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = profiles},
    {NUMBER(organisation, bom), .label = "Byte-order mark", .kind = FIELD_FLAG, .help = "start files for spreadsheets with one"},
    {TEXT(organisation, delivery), .label = "Delivery command", .kind = FIELD_CODE, .help = "empty: sent by hand"},
    {NUMBER(organisation, weekly_list), .label = "Weekly reply list", .kind = FIELD_FLAG, .help = "even when nothing is new"},
    {TEXT(organisation, feed), .label = "Feed", .kind = FIELD_CODE, .flags = FIELD_AUTO},
    {TEXT(organisation, source_key), .label = "Key in the feed", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(organisation, verified_on), .label = "Verified on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(organisation, fold_name), .label = "Search name", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    MADE_AT_ROW(organisation),
};
const struct record_type organisation_type = {
    .name = "organisation", .label = "organisation", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(organisation, organisation_rows),
};

static const struct field agreement_rows[] = {
    ID_ROW(agreement),
    REF_ROW(agreement),
    VERSION_ROW(agreement),
    PARENT_ROW(agreement, organisation_id, "Organisation"),
    {TEXT(agreement, starts_on), .label = "Starts on", .kind = FIELD_DATE, .flags = FIELD_REQUIRED},
    {TEXT(agreement, ends_on), .label = "Ends on", .kind = FIELD_DATE, .flags = FIELD_REQUIRED},
    {TEXT(agreement, categories), .label = "What may be shared", .kind = FIELD_CHOICES, .flags = FIELD_REQUIRED, .choices = data_categories},
    {NUMBER(agreement, nhs_number), .label = "NHS number too", .kind = FIELD_FLAG},
    {NUMBER(agreement, risk_note), .label = "Risk note too", .kind = FIELD_FLAG},
    {NUMBER(agreement, summary), .label = "Summary too", .kind = FIELD_FLAG},
    {NUMBER(agreement, death), .label = "A death may be said", .kind = FIELD_FLAG, .help = "as the reason of a stop"},
    {TEXT(agreement, signed_by), .label = "Signed by", .kind = FIELD_TEXT, .max = LINE_CHARS},
    MADE_AT_ROW(agreement),
};
const struct record_type agreement_type = {
    .name = "agreement", .label = "data-sharing agreement", .prefix = "AG", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(agreement, agreement_rows),
};

static const struct field service_rows[] = {
    ID_ROW(service),
    REF_ROW(service),
    VERSION_ROW(service),
    PARENT_ROW(service, organisation_id, "Organisation"),
    {TEXT(service, name), .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = LONG_CHARS},
    {TEXT(service, description), .label = "Description", .kind = FIELD_NOTE, .max = NOTE_CHARS},
    {TEXT(service, status), .label = "Status", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = service_statuses},
    {TEXT(service, needs), .label = "Needs", .kind = FIELD_CODES, .set = "need", .help = "that it answers"},
    {TEXT(service, areas), .label = "Neighbourhoods", .kind = FIELD_CODES, .set = "neighbourhood", .help = "empty: the whole borough"},
    {NUMBER(service, min_age), .label = "Youngest", .kind = FIELD_INT, .min = 0, .max = OLDEST, .unit = "years"},
    {NUMBER(service, max_age), .label = "Oldest", .kind = FIELD_INT, .min = 0, .max = OLDEST, .unit = "years"},
    {TEXT(service, capacity), .label = "Capacity", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = capacities},
    {TEXT(service, capacity_note), .label = "About capacity", .kind = FIELD_TEXT, .max = LONG_CHARS},
    {NUMBER(service, remote), .label = "Remote", .kind = FIELD_FLAG, .help = "by telephone or online, wherever the person lives"},
    {TEXT(service, postcode), .label = "Postcode", .kind = FIELD_POSTCODE},
    {TEXT(service, languages), .label = "Languages", .kind = FIELD_CODES, .set = "language"},
    {TEXT(service, access), .label = "Access", .kind = FIELD_TEXT, .max = LONG_CHARS, .help = "step-free, hearing loop"},
    {NUMBER(service, reply_days), .label = "Days to reply", .kind = FIELD_INT, .min = 1, .max = YEAR_DAYS, .unit = "days"},
    {TEXT(service, phone), .label = "Telephone", .kind = FIELD_PHONE},
    {TEXT(service, email), .label = "E-mail", .kind = FIELD_EMAIL},
    {TEXT(service, url), .label = "Web page", .kind = FIELD_TEXT},
    {TEXT(service, fees), .label = "Cost", .kind = FIELD_TEXT, .max = LONG_CHARS},
    {TEXT(service, feed), .label = "Feed", .kind = FIELD_CODE, .flags = FIELD_AUTO},
    {TEXT(service, source_key), .label = "Key in the feed", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(service, source_modified), .label = "Changed in the feed", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    {TEXT(service, assured_on), .label = "Assured on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(service, verified_on), .label = "Verified on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(service, fold_name), .label = "Search name", .kind = FIELD_TEXT, .flags = FIELD_AUTO},
    MADE_AT_ROW(service),
};
const struct record_type service_type = {
    .name = "service", .label = "service", .prefix = "SV", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(service, service_rows),
};
