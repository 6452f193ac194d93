/* SPDX-License-Identifier: MIT
 *
 * The records of onward: plain structs that copy by assignment, one field
 * table each, fields in the order of the columns of schema.sql (which says
 * what each means). Text is UTF-8 in fixed arrays; sizes are bytes, limits in
 * characters stand in the field tables.
 */
#ifndef ONWARD_RECORDS_H
#define ONWARD_RECORDS_H

#include <stdint.h>

#include "onward/date.h"
#include "onward/field.h"
#include "onward/ident.h"

#define CODE_SIZE 64   /* one code */
#define CODES_SIZE 512 /* a comma-separated list of codes */
#define NAME_SIZE 141  /* 35 characters (Social Prescribing Information Standard) */
#define LINE_SIZE 281  /* 70 characters */
#define LONG_SIZE 601  /* 150 characters */
#define NOTE_SIZE 4001 /* 2,000 characters or 4,000 bytes, whichever comes first */

struct neighbourhood {
    int64_t id;
    char code[CODE_SIZE];
    int64_t version;
    char name[LINE_SIZE];
    int64_t active;
};

struct wording {
    int64_t id;
    char code[CODE_SIZE];
    char purpose[CODE_SIZE];
    char text[NOTE_SIZE];
    int64_t active, created_at;
};

struct user {
    int64_t id;
    char login[CODE_SIZE];
    int64_t version;
    char name[LINE_SIZE];
    char phone[36];
    char email[256];
    char os_account[CODE_SIZE];
    int64_t service, active;
    char roles[CODES_SIZE];
    char neighbourhoods[CODES_SIZE];
    char password[160];
    int64_t failed_tries, last_try_at, created_at;
};

struct person {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version;
    char given_name[NAME_SIZE], family_name[NAME_SIZE], preferred_name[LINE_SIZE];
    char title[NAME_SIZE], pronouns[CODE_SIZE];
    char date_of_birth[DATE_SIZE];
    char gender[CODE_SIZE], ethnicity[CODE_SIZE], sexual_orientation[CODE_SIZE];
    char nhs_number[11];
    char nhs_number_status[CODE_SIZE];
    char gp_practice[10];
    char phone[36];
    char email[256];
    char address[LONG_SIZE];
    char postcode[9];
    char neighbourhood[CODE_SIZE];
    char contact_method[CODE_SIZE];
    char contact_note[LONG_SIZE];
    int64_t voicemail_ok; /* FIELD_ABSENT: not asked */
    char safe_times[LONG_SIZE];
    char language[CODE_SIZE], interpreter_language[CODE_SIZE];
    char communication_needs[LONG_SIZE], adjustments[LONG_SIZE], impairment[LONG_SIZE], mobility[LONG_SIZE];
    char representative[LINE_SIZE], representative_relation[LINE_SIZE], representative_phone[36];
    char about_me[NOTE_SIZE];
    char accommodation[CODE_SIZE];
    char died_on[DATE_SIZE];
    int64_t restricted;
    int64_t merged_into; /* FIELD_ABSENT: not merged */
    int64_t created_at, created_by;
};

struct person_name {
    int64_t id, person_id;
    char kind[CODE_SIZE]; /* previous, alias, legal */
    char given_name[NAME_SIZE], family_name[NAME_SIZE];
    int64_t created_at;
};

struct person_identifier {
    int64_t id, person_id;
    char scheme[CODE_SIZE];
    char value[LINE_SIZE];
};

struct consent {
    int64_t id;
    char ref[REF_SIZE];
    int64_t person_id;
    char purpose[CODE_SIZE], decision[CODE_SIZE];
    char recipients[CODES_SIZE], needs[CODES_SIZE], categories[CODES_SIZE];
    char how[CODE_SIZE], wording[CODE_SIZE];
    char given_by[CODE_SIZE], given_by_name[LINE_SIZE], interpreter[LINE_SIZE];
    char capacity[CODE_SIZE], capacity_by[LINE_SIZE], capacity_on[DATE_SIZE];
    char reason[LONG_SIZE], decider[LINE_SIZE];
    char valid_from[DATE_SIZE], expires_on[DATE_SIZE], review_on[DATE_SIZE];
    int64_t recorded_at, recorded_by;
};

struct risk {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, person_id;
    char kind[CODE_SIZE];
    char note[LONG_SIZE];
    int64_t recorded_at, recorded_by;
    char ended_on[DATE_SIZE];
};

struct referral {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, person_id;
    char state[CODE_SIZE], state_before[CODE_SIZE];
    int64_t state_at;
    char received_on[DATE_SIZE];
    char source[CODE_SIZE];
    char referrer_name[LINE_SIZE], referrer_role[LINE_SIZE], referrer_organisation[LINE_SIZE];
    char referrer_practice[10];
    char referrer_phone[36];
    char referrer_email[256];
    char reason[NOTE_SIZE];
    int64_t urgent;
    char neighbourhood[CODE_SIZE];
    int64_t worker_id; /* FIELD_ABSENT: none */
    char move_reason[LONG_SIZE];
    char second_reason[LONG_SIZE];
    char safeguarding[CODE_SIZE], safeguarding_note[LONG_SIZE];
    char safe_by[LINE_SIZE], safe_why[LONG_SIZE], safe_on[DATE_SIZE];
    char accepted_on[DATE_SIZE], allocated_on[DATE_SIZE], begun_on[DATE_SIZE];
    char last_try_on[DATE_SIZE], last_reached_on[DATE_SIZE], call_back_on[DATE_SIZE];
    char pause_reason[LONG_SIZE], paused_until[DATE_SIZE];
    char plan_agreed[CODE_SIZE], plan_review_on[DATE_SIZE], gp_action[LONG_SIZE];
    char closed_on[DATE_SIZE], close_reason[CODE_SIZE], close_note[LONG_SIZE];
    char source_key[CODE_SIZE];
    int64_t created_at, created_by;
};

struct referral_source {
    int64_t id, referral_id;
    char received_on[DATE_SIZE];
    char source[CODE_SIZE];
    char referrer_name[LINE_SIZE], referrer_organisation[LINE_SIZE];
    char referrer_practice[10];
    char reason[NOTE_SIZE];
    int64_t created_at;
};

struct answer {
    int64_t id, referral_id, version;
    char event[CODE_SIZE];
    char owed_on[DATE_SIZE], told_on[DATE_SIZE];
    char told[LINE_SIZE];
    int64_t told_by, worker_id;
};

struct need {
    int64_t id, version, referral_id;
    char code[CODE_SIZE];
    int64_t severity;
    char found[CODE_SIZE];
    int64_t is_main;
    char note[LONG_SIZE];
    char outcome[CODE_SIZE], outcome_on[DATE_SIZE], outcome_note[LONG_SIZE];
    int64_t created_at, created_by;
};

struct contact {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, referral_id;
    char on_date[DATE_SIZE], at_time[6];
    char mode[CODE_SIZE], outcome[CODE_SIZE];
    int64_t minutes;
    char note[NOTE_SIZE];
    char call_back_on[DATE_SIZE];
    int64_t created_at, created_by;
};

struct plan_item {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, referral_id;
    char kind[CODE_SIZE];
    int64_t parent_id;
    char text[LONG_SIZE], code[CODE_SIZE];
    int64_t importance, confidence;
    char who[LINE_SIZE], due[DATE_SIZE], status[CODE_SIZE], outcome[LONG_SIZE];
    int64_t created_at, created_by;
};

struct signpost {
    int64_t id, referral_id;
    char on_date[DATE_SIZE];
    int64_t service_id;
    char to_name[LINE_SIZE], contact[LONG_SIZE], reason[LONG_SIZE];
    int64_t created_at, created_by;
};

struct flag {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, referral_id;
    char message[LONG_SIZE];
    char due_on[DATE_SIZE];
    int64_t created_at, created_by;
    char resolved_on[DATE_SIZE], resolved_note[LONG_SIZE];
};

struct organisation {
    int64_t id;
    char code[CODE_SIZE];
    int64_t version;
    char name[LONG_SIZE];
    char status[CODE_SIZE];
    char phone[36];
    char email[256];
    char website[256];
    char address[LONG_SIZE];
    char postcode[9];
    char profile[CODE_SIZE];
    int64_t bom;
    char delivery[CODE_SIZE];
    int64_t weekly_list;
    char feed[CODE_SIZE];
    char source_key[LINE_SIZE];
    char verified_on[DATE_SIZE];
    char fold_name[LONG_SIZE];
    int64_t created_at;
};

struct agreement {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, organisation_id;
    char starts_on[DATE_SIZE], ends_on[DATE_SIZE];
    char categories[CODES_SIZE];
    int64_t nhs_number, risk_note, summary, death;
    char signed_by[LINE_SIZE];
    int64_t created_at;
};

struct service {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, organisation_id;
    char name[LONG_SIZE];
    char description[NOTE_SIZE];
    char status[CODE_SIZE];
    char needs[CODES_SIZE], areas[CODES_SIZE];
    int64_t min_age, max_age;
    char capacity[CODE_SIZE], capacity_note[LONG_SIZE];
    int64_t remote;
    char postcode[9];
    char languages[CODES_SIZE], access[LONG_SIZE];
    int64_t reply_days;
    char phone[36];
    char email[256];
    char url[256];
    char fees[LONG_SIZE];
    char feed[CODE_SIZE];
    char source_key[LINE_SIZE];
    char source_modified[INSTANT_SIZE];
    char assured_on[DATE_SIZE], verified_on[DATE_SIZE];
    char fold_name[LONG_SIZE];
    int64_t created_at;
};

struct handoff {
    int64_t id;
    char ref[REF_SIZE];
    int64_t version, revision;
    int64_t referral_id, person_id;
    char need[CODE_SIZE];
    int64_t service_id, organisation_id, previous_id;
    char state[CODE_SIZE], state_before[CODE_SIZE];
    int64_t state_at;
    int64_t urgent;
    char rung_on[DATE_SIZE];
    char summary[NOTE_SIZE], goals[LONG_SIZE];
    char asked_again_on[DATE_SIZE];
    int64_t update_due;
    int64_t queued_at, exported_at, delivered_at;
    char reply_by[DATE_SIZE], last_reply_on[DATE_SIZE], last_reply_key[LINE_SIZE];
    char expected_on[DATE_SIZE];
    char declined_by[CODE_SIZE], reason[CODE_SIZE];
    char outcome[CODE_SIZE], outcome_on[DATE_SIZE];
    char their_reference[LINE_SIZE], their_worker[LINE_SIZE];
    char reviewed_on[DATE_SIZE];
    int64_t reviewed_by, worker_told;
    char stop_reason[CODE_SIZE];
    int64_t stop_owed_at, stop_batch_id;
    char stop_confirmed_on[DATE_SIZE], stop_confirmed_how[CODE_SIZE], stop_confirmed_note[LONG_SIZE];
    int64_t created_at, created_by;
};

struct batch {
    int64_t id;
    char name[CODE_SIZE];
    int64_t version, organisation_id;
    char run_on[DATE_SIZE];
    char state[CODE_SIZE];
    int64_t row_count;
    char sha256[SHA256_HEX];
    char previous[CODE_SIZE];
    char profile[CODE_SIZE];
    int64_t bom;
    /* replies, replies_sha256 and manifest are read apart: they can be long */
    int64_t created_at, published_at, delivered_at;
    char delivered_how[LINE_SIZE], delivered_by[LINE_SIZE], void_reason[LONG_SIZE];
};

struct reply {
    int64_t id, organisation_id, file_id, line;
    char row_id[CODE_SIZE];
    int64_t handoff_id;
    char status[CODE_SIZE];
    char on_date[DATE_SIZE];
    char declined_by[CODE_SIZE];
    char reason[LONG_SIZE], outcome[LONG_SIZE], note[NOTE_SIZE];
    char their_reference[LINE_SIZE], their_worker[LINE_SIZE];
    char how[CODE_SIZE], said_by[LINE_SIZE];
    char verdict[CODE_SIZE], why[LONG_SIZE];
    char settled_on[DATE_SIZE];
    int64_t created_at, created_by;
};

extern const struct record_type neighbourhood_type, wording_type, user_type, person_type,
    person_name_type, person_identifier_type, consent_type,
    risk_type, referral_type, referral_source_type, answer_type, need_type, contact_type, plan_item_type, signpost_type,
    flag_type, organisation_type, agreement_type, service_type, handoff_type, batch_type, reply_type;

/* Closed lists that rules depend on (src/model/choices.c). Labels are the words on screen. */
extern const struct choice referral_states[], handoff_states[], batch_states[], close_reasons[],
    safeguarding_answers[], contact_modes[], contact_outcomes[], consent_purposes[],
    consent_decisions[], consent_hows[], person_name_kinds[], consent_givers[], capacity_answers[], data_categories[],
    reply_statuses[], decliners[], stop_reasons[], organisation_statuses[], service_statuses[],
    capacities[], profiles[], user_roles[], plan_kinds[], plan_statuses[], need_founds[], answer_events[],
    contact_methods[], reply_hows[];

#endif
