/* SPDX-License-Identifier: MIT
 *
 * Field tables of people, of what they decided about their data, and of the
 * risks to or from them. Sizes are those of the Social Prescribing
 * Information Standard.
 */
#include "rows.h"

/* clang-format off: a field a line */

static const struct field person_rows[] = {
    ID_ROW(person),
    REF_ROW(person),
    VERSION_ROW(person),
    {TEXT(person, given_name), .label = "Given name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = NAME_CHARS},
    {TEXT(person, family_name), .label = "Family name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = NAME_CHARS},
    {TEXT(person, preferred_name), .label = "Likes to be called", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(person, title), .label = "Title", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = NAME_CHARS, .help = "Mrs, Mr, Mx, Dr"},
    {TEXT(person, pronouns), .label = "Pronouns", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = NAME_CHARS, .help = "only if the person wants them recorded"},
    {TEXT(person, date_of_birth), .label = "Date of birth", .kind = FIELD_DATE, .flags = FIELD_PERSONAL | FIELD_PAST, .min = BORN_FROM, .help = "28/02/1970"},
    {TEXT(person, gender), .label = "Gender", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "gender", .help = "in the person's own words"},
    {TEXT(person, ethnicity), .label = "Ethnicity", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "ethnicity"},
    {TEXT(person, sexual_orientation), .label = "Sexual orientation", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "sexual_orientation"},
    {TEXT(person, nhs_number), .label = "NHS number", .kind = FIELD_NHS, .flags = FIELD_PERSONAL, .help = "ten digits"},
    {TEXT(person, nhs_number_status), .label = "NHS number status", .kind = FIELD_CODE, .set = "nhs_number_status"},
    {TEXT(person, gp_practice), .label = "GP practice", .kind = FIELD_ODS, .set = "practice", .help = "its ODS code, like P87003"},
    {TEXT(person, phone), .label = "Telephone", .kind = FIELD_PHONE, .flags = FIELD_PERSONAL},
    {TEXT(person, email), .label = "E-mail", .kind = FIELD_EMAIL, .flags = FIELD_PERSONAL},
    {TEXT(person, address), .label = "Address", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = ADDRESS_CHARS},
    {TEXT(person, postcode), .label = "Postcode", .kind = FIELD_POSTCODE, .flags = FIELD_PERSONAL, .help = "M6 5FW; ZZ99 3VZ for no fixed abode"},
    {TEXT(person, neighbourhood), .label = "Neighbourhood", .kind = FIELD_CODE, .set = "neighbourhood"},
    {TEXT(person, contact_method), .label = "Preferred contact", .kind = FIELD_CHOICE, .choices = contact_methods},
    {TEXT(person, contact_note), .label = "About contact", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "what must not be done, who else may answer"},
    {NUMBER(person, voicemail_ok), .label = "Voicemail allowed", .kind = FIELD_FLAG, .flags = FIELD_UNASKED, .help = "empty: not asked"},
    {TEXT(person, safe_times), .label = "Safe times", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "when it is safe to ring or call"},
    {TEXT(person, language), .label = "Language", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "language"},
    {TEXT(person, interpreter_language), .label = "Interpreter for", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "language"},
    {TEXT(person, communication_needs), .label = "Communication needs", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "large print, sign language, easy read (Accessible Information Standard)"},
    {TEXT(person, adjustments), .label = "Reasonable adjustments", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS, .help = "Equality Act 2010"},
    {TEXT(person, impairment), .label = "Impairment", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(person, mobility), .label = "Mobility", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(person, representative), .label = "Representative", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS, .help = "who speaks for the person"},
    {TEXT(person, representative_relation), .label = "Their relation", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(person, representative_phone), .label = "Their telephone", .kind = FIELD_PHONE, .flags = FIELD_PERSONAL},
    {TEXT(person, about_me), .label = "About me", .kind = FIELD_NOTE, .flags = FIELD_PERSONAL, .max = NOTE_CHARS, .help = "what matters to the person, in their words"},
    {TEXT(person, accommodation), .label = "Accommodation", .kind = FIELD_CODE, .flags = FIELD_PERSONAL, .set = "accommodation"},
    {TEXT(person, died_on), .label = "Died on", .kind = FIELD_DATE, .flags = FIELD_PAST, .min = BORN_FROM},
    {NUMBER(person, restricted), .label = "Restricted", .kind = FIELD_FLAG, .help = "only named users may know of this record"},
    {NUMBER(person, merged_into), .label = "Merged into", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    MADE_AT_ROW(person),
    MADE_BY_ROW(person),
};
const struct record_type person_type = {
    .name = "person", .label = "person", .prefix = "PE", .id = 0, .ref = 1, .version = 2, .person = -1, RECORD_TYPE(person, person_rows),
};

static const struct field person_name_rows[] = {
    ID_ROW(person_name),
    PARENT_ROW(person_name, person_id, "Person"),
    {TEXT(person_name, kind), .label = "Kind", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = person_name_kinds},
    {TEXT(person_name, given_name), .label = "Given name", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = NAME_CHARS},
    {TEXT(person_name, family_name), .label = "Family name", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = NAME_CHARS},
    MADE_AT_ROW(person_name),
};
const struct record_type person_name_type = {
    .name = "person_name", .label = "name", .id = 0, .ref = -1, .version = -1, .person = 1, RECORD_TYPE(person_name, person_name_rows),
};

static const struct field person_identifier_rows[] = {
    ID_ROW(person_identifier),
    PARENT_ROW(person_identifier, person_id, "Person"),
    {TEXT(person_identifier, scheme), .label = "Scheme", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .help = "whose number it is: housing, spreadsheet-2024"},
    {TEXT(person_identifier, value), .label = "Number", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_PERSONAL, .max = LINE_CHARS},
};
const struct record_type person_identifier_type = {
    .name = "person_identifier", .label = "identifier", .id = 0, .ref = -1, .version = -1, .person = 1, RECORD_TYPE(person_identifier, person_identifier_rows),
};

static const struct field consent_rows[] = {
    ID_ROW(consent),
    REF_ROW(consent),
    PARENT_ROW(consent, person_id, "Person"),
    {TEXT(consent, purpose), .label = "Purpose", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = consent_purposes},
    {TEXT(consent, decision), .label = "Decision", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = consent_decisions},
    {TEXT(consent, recipients), .label = "Organisations", .kind = FIELD_CODES, .set = "organisation", .help = "empty: all, which only a refusal or withdrawal may say"},
    {TEXT(consent, needs), .label = "Needs", .kind = FIELD_CODES, .set = "need", .help = "empty: all"},
    {TEXT(consent, categories), .label = "What may be shared", .kind = FIELD_CHOICES, .flags = FIELD_REQUIRED, .choices = data_categories},
    {TEXT(consent, how), .label = "How", .kind = FIELD_CHOICE, .choices = consent_hows},
    {TEXT(consent, wording), .label = "Wording", .kind = FIELD_CODE, .set = "wording", .help = "the words that the person heard or saw"},
    {TEXT(consent, given_by), .label = "Given by", .kind = FIELD_CHOICE, .choices = consent_givers},
    {TEXT(consent, given_by_name), .label = "Their name", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS, .help = "where it was not the person"},
    {TEXT(consent, interpreter), .label = "Interpreter", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(consent, capacity), .label = "Capacity", .kind = FIELD_CHOICE, .choices = capacity_answers, .help = "for this decision"},
    {TEXT(consent, capacity_by), .label = "Assessed by", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS},
    {TEXT(consent, capacity_on), .label = "Assessed on", .kind = FIELD_DATE, .flags = FIELD_PAST},
    {TEXT(consent, reason), .label = "Reason", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {TEXT(consent, decider), .label = "Decided by", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LINE_CHARS, .help = "best interests: who decided"},
    {TEXT(consent, valid_from), .label = "Valid from", .kind = FIELD_DATE, .flags = FIELD_REQUIRED},
    {TEXT(consent, expires_on), .label = "Expires on", .kind = FIELD_DATE},
    {TEXT(consent, review_on), .label = "Review on", .kind = FIELD_DATE},
    {NUMBER(consent, recorded_at), .label = "Recorded at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(consent, recorded_by), .label = "Recorded by", .kind = FIELD_KEY, .flags = FIELD_AUTO},
};
const struct record_type consent_type = {
    .name = "consent", .label = "consent decision", .prefix = "CO", .id = 0, .ref = 1, .version = -1, .person = 2, RECORD_TYPE(consent, consent_rows),
};

static const struct field risk_rows[] = {
    ID_ROW(risk),
    REF_ROW(risk),
    VERSION_ROW(risk),
    PARENT_ROW(risk, person_id, "Person"),
    {TEXT(risk, kind), .label = "Risk", .kind = FIELD_CODE, .flags = FIELD_REQUIRED, .set = "risk", .help = "none_known is an answer"},
    {TEXT(risk, note), .label = "Note", .kind = FIELD_TEXT, .flags = FIELD_PERSONAL, .max = LONG_CHARS},
    {NUMBER(risk, recorded_at), .label = "Recorded at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO},
    {NUMBER(risk, recorded_by), .label = "Recorded by", .kind = FIELD_KEY, .flags = FIELD_AUTO},
    {TEXT(risk, ended_on), .label = "Ended on", .kind = FIELD_DATE, .flags = FIELD_PAST},
};
const struct record_type risk_type = {
    .name = "risk", .label = "risk", .prefix = "RK", .id = 0, .ref = 1, .version = 2, .person = 3, RECORD_TYPE(risk, risk_rows),
};
