/* SPDX-License-Identifier: MIT
 *
 * The columns of each record type, in the order of its fields and of
 * schema.sql. X_FIELDS is all but the key, which no update writes;
 * X_COLUMNS is all, for a select or insert with record_read or record_bind.
 */
#ifndef ONWARD_STORE_COLUMNS_H
#define ONWARD_STORE_COLUMNS_H

#define NEIGHBOURHOOD_FIELDS \
    "code, version, name, active"
#define NEIGHBOURHOOD_COLUMNS "id, " NEIGHBOURHOOD_FIELDS

#define WORDING_FIELDS \
    "code, purpose, text, active, created_at"
#define WORDING_COLUMNS "id, " WORDING_FIELDS

#define USER_FIELDS \
    "login, version, name, phone, email, os_account, service, active, roles, neighbourhoods, " \
    "password, failed_tries, last_try_at, created_at"
#define USER_COLUMNS "id, " USER_FIELDS

#define PERSON_FIELDS \
    "ref, version, given_name, family_name, preferred_name, title, pronouns, date_of_birth, " \
    "gender, ethnicity, sexual_orientation, nhs_number, nhs_number_status, gp_practice, " \
    "phone, email, address, postcode, neighbourhood, contact_method, contact_note, " \
    "voicemail_ok, safe_times, language, interpreter_language, communication_needs, " \
    "adjustments, impairment, mobility, representative, representative_relation, " \
    "representative_phone, about_me, accommodation, died_on, restricted, merged_into, " \
    "created_at, created_by"
#define PERSON_COLUMNS "id, " PERSON_FIELDS

#define PERSON_NAME_FIELDS \
    "person_id, kind, given_name, family_name, created_at"
#define PERSON_NAME_COLUMNS "id, " PERSON_NAME_FIELDS

#define PERSON_IDENTIFIER_FIELDS \
    "person_id, scheme, value"
#define PERSON_IDENTIFIER_COLUMNS "id, " PERSON_IDENTIFIER_FIELDS

#define CONSENT_FIELDS \
    "ref, person_id, purpose, decision, recipients, needs, categories, how, wording, " \
    "given_by, given_by_name, interpreter, capacity, capacity_by, capacity_on, reason, " \
    "decider, valid_from, expires_on, review_on, recorded_at, recorded_by"
#define CONSENT_COLUMNS "id, " CONSENT_FIELDS

#define RISK_FIELDS \
    "ref, version, person_id, kind, note, recorded_at, recorded_by, ended_on"
#define RISK_COLUMNS "id, " RISK_FIELDS

#define REFERRAL_FIELDS \
    "ref, version, person_id, state, state_before, state_at, received_on, source, " \
    "referrer_name, referrer_role, referrer_organisation, referrer_practice, referrer_phone, " \
    "referrer_email, reason, urgent, neighbourhood, worker_id, move_reason, second_reason, " \
    "safeguarding, safeguarding_note, safe_by, safe_why, safe_on, accepted_on, allocated_on, begun_on, " \
    "last_try_on, last_reached_on, call_back_on, pause_reason, paused_until, plan_agreed, " \
    "plan_review_on, gp_action, closed_on, close_reason, close_note, source_key, created_at, " \
    "created_by"
#define REFERRAL_COLUMNS "id, " REFERRAL_FIELDS

#define REFERRAL_SOURCE_FIELDS \
    "referral_id, received_on, source, referrer_name, referrer_organisation, " \
    "referrer_practice, reason, created_at"
#define REFERRAL_SOURCE_COLUMNS "id, " REFERRAL_SOURCE_FIELDS

#define ANSWER_FIELDS \
    "referral_id, version, event, owed_on, told_on, told, told_by, worker_id"
#define ANSWER_COLUMNS "id, " ANSWER_FIELDS

#define NEED_FIELDS \
    "version, referral_id, code, severity, found, is_main, note, outcome, outcome_on, " \
    "outcome_note, created_at, created_by"
#define NEED_COLUMNS "id, " NEED_FIELDS

#define CONTACT_FIELDS \
    "ref, version, referral_id, on_date, at_time, mode, outcome, minutes, note, " \
    "call_back_on, created_at, created_by"
#define CONTACT_COLUMNS "id, " CONTACT_FIELDS

#define PLAN_ITEM_FIELDS \
    "ref, version, referral_id, kind, parent_id, text, code, importance, confidence, who, " \
    "due, status, outcome, created_at, created_by"
#define PLAN_ITEM_COLUMNS "id, " PLAN_ITEM_FIELDS

#define SIGNPOST_FIELDS \
    "referral_id, on_date, service_id, to_name, contact, reason, created_at, created_by"
#define SIGNPOST_COLUMNS "id, " SIGNPOST_FIELDS

#define FLAG_FIELDS \
    "ref, version, referral_id, message, due_on, created_at, created_by, resolved_on, " \
    "resolved_note"
#define FLAG_COLUMNS "id, " FLAG_FIELDS

#define ORGANISATION_FIELDS \
    "code, version, name, status, phone, email, website, address, postcode, profile, bom, " \
    "delivery, weekly_list, feed, source_key, verified_on, fold_name, created_at"
#define ORGANISATION_COLUMNS "id, " ORGANISATION_FIELDS

#define AGREEMENT_FIELDS \
    "ref, version, organisation_id, starts_on, ends_on, categories, nhs_number, risk_note, " \
    "summary, death, signed_by, created_at"
#define AGREEMENT_COLUMNS "id, " AGREEMENT_FIELDS

#define SERVICE_FIELDS \
    "ref, version, organisation_id, name, description, status, needs, areas, min_age, " \
    "max_age, capacity, capacity_note, remote, postcode, languages, access, reply_days, " \
    "phone, email, url, fees, feed, source_key, source_modified, assured_on, verified_on, " \
    "fold_name, created_at"
#define SERVICE_COLUMNS "id, " SERVICE_FIELDS

#define HANDOFF_FIELDS \
    "ref, version, revision, referral_id, person_id, need, service_id, organisation_id, " \
    "previous_id, state, state_before, state_at, urgent, rung_on, summary, goals, " \
    "asked_again_on, update_due, queued_at, exported_at, delivered_at, reply_by, " \
    "last_reply_on, last_reply_key, expected_on, declined_by, reason, outcome, outcome_on, " \
    "their_reference, their_worker, reviewed_on, reviewed_by, worker_told, stop_reason, " \
    "stop_owed_at, stop_batch_id, stop_confirmed_on, stop_confirmed_how, " \
    "stop_confirmed_note, created_at, created_by"
#define HANDOFF_COLUMNS "id, " HANDOFF_FIELDS
/* Without its reference and the keys of other records. */
#define HANDOFF_OWN_FIELDS \
    "version, revision, need, state, state_before, state_at, urgent, rung_on, summary, goals, " \
    "asked_again_on, update_due, queued_at, exported_at, delivered_at, reply_by, last_reply_on, " \
    "last_reply_key, expected_on, declined_by, reason, outcome, outcome_on, their_reference, " \
    "their_worker, reviewed_on, worker_told, stop_reason, stop_owed_at, stop_confirmed_on, " \
    "stop_confirmed_how, stop_confirmed_note, created_at"

#define BATCH_FIELDS \
    "name, version, organisation_id, run_on, state, row_count, sha256, previous, profile, " \
    "bom, created_at, published_at, delivered_at, delivered_how, delivered_by, void_reason"
#define BATCH_COLUMNS "id, " BATCH_FIELDS

#define REPLY_FIELDS \
    "organisation_id, file_id, line, row_id, handoff_id, status, on_date, declined_by, " \
    "reason, outcome, note, their_reference, their_worker, how, said_by, verdict, why, " \
    "settled_on, created_at, created_by"
#define REPLY_COLUMNS "id, " REPLY_FIELDS

#endif
