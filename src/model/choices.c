/* SPDX-License-Identifier: MIT
 *
 * The closed lists that rules depend on, with the words on screen. Lists that
 * a service may extend are rows of code_value (schema.sql).
 */
#include "onward/records.h"

/* clang-format off: a choice a line */

/* ---- the two machines; where a screen has more to say (a reason, a date) it adds it */

const struct choice referral_states[] = {
    {"draft", "Draft"},
    {"received", "Waiting for triage"},
    {"waiting", "On the waiting list"},
    {"allocated", "With a worker, not yet reached"},
    {"active", "Working together"},
    {"paused", "Paused"},
    {"closed", "Closed"},
    {"error", "Entered in error"},
    {NULL, NULL},
};
const struct choice close_reasons[] = {
    {"completed", "Completed"},
    {"person_declined", "Person declined"},
    {"disengaged", "Person no longer in touch"},
    {"unable_to_contact", "Unable to contact"},
    {"moved_away", "Moved away"},
    {"died", "Died"},
    {"transferred", "Transferred to another service"},
    {"not_appropriate", "Not appropriate for this service"},
    {"no_capacity", "No capacity"},
    {"needs_met_elsewhere", "Needs met elsewhere"},
    {"duplicate", "Duplicate of another referral"},
    {NULL, NULL},
};
const struct choice answer_events[] = {
    {"accepted", "Accepted"},
    {"turned_away", "Turned away"},
    {"declined", "Declined by the person"},
    {"closed", "Closed"},
    {NULL, NULL},
};
const struct choice handoff_states[] = {
    {"draft", "Planned"},
    {"held", "Held"},
    {"queued", "Goes tonight"},
    {"exported", "Ready to send"},
    {"delivered", "Sent"},
    {"acknowledged", "Received"},
    {"waitlisted", "On their waiting list"},
    {"accepted", "Accepted"},
    {"declined", "Declined"},
    {"no_response", "No reply"},
    {"in_progress", "Started"},
    {"on_hold", "Paused by them"},
    {"completed", "Completed"},
    {"failed", "Could not be completed"},
    {"withdrawing", "Stop sent, not yet confirmed"},
    {"withdrawn", "Withdrawn"},
    {"error", "Entered in error"},
    {NULL, NULL},
};
const struct choice batch_states[] = {
    {"frozen", "Being written"},
    {"published", "Ready to send"},
    {"delivered", "Sent"},
    {"void", "Void"},
    {NULL, NULL},
};

/* ---- the person */

/* UK Core preferred contact method. */
const struct choice contact_methods[] = {
    {"letter", "Letter"},
    {"visit", "Visit"},
    {"telephone", "Telephone"},
    {"email", "E-mail"},
    {"minicom", "Minicom (textphone)"},
    {"telephone_proxy", "Telephone, through someone else"},
    {"sign_language", "Sign language"},
    {"no_telephone", "No telephone contact"},
    {"sms", "Text message"},
    {NULL, NULL},
};
const struct choice safeguarding_answers[] = {
    {"none", "No concern"},
    {"concern", "Concern open"},
    {"not_yet", "Not yet known: ask at first contact"},
    {"not_asked", "Not asked (imported)"},
    {NULL, NULL},
};

/* ---- consent */

const struct choice person_name_kinds[] = {
    {"previous", "Previous name"},
    {"alias", "Also known as"},
    {"legal", "Legal name"},
    {NULL, NULL},
};
const struct choice consent_purposes[] = {
    {"contact", "To be contacted"},
    {"share", "To be referred, and details shared"},
    {"evaluation", "To take part in evaluation"},
    {NULL, NULL},
};
const struct choice consent_decisions[] = {
    {"given", "Given"},
    {"refused", "Refused"},
    {"withdrawn", "Withdrawn"},
    {"not_sought", "Not sought"},
    {"best_interests", "Best interests decision"},
    {"legal_duty", "Legal duty"},
    {NULL, NULL},
};
const struct choice consent_hows[] = {
    {"in_person", "In person"},
    {"phone", "By telephone"},
    {"video", "By video call"},
    {"writing", "In writing"},
    {"electronic", "Electronically"},
    {NULL, NULL},
};
const struct choice consent_givers[] = {
    {"person", "The person"},
    {"parental_responsibility", "Someone with parental responsibility"},
    {"attorney", "Attorney for health and welfare"},
    {"deputy", "Deputy appointed by the court"},
    {NULL, NULL},
};
const struct choice capacity_answers[] = {
    {"assumed", "Assumed"},
    {"has_capacity", "Assessed: has capacity"},
    {"lacks_capacity", "Assessed: lacks capacity"},
    {"competent_under_16", "Under 16 and competent"},
    {NULL, NULL},
};
const struct choice data_categories[] = {
    {"identity", "Identity and contact"},
    {"needs", "Needs"},
    {"risks", "Risks"},
    {"health", "Health summary"},
    {"notes", "Notes"},
    {NULL, NULL},
};

/* ---- the work */

const struct choice contact_modes[] = {
    {"phone", "Telephone"},
    {"visit", "Visit"},
    {"video", "Video call"},
    {"text", "Text message"},
    {"email", "E-mail"},
    {"letter", "Letter"},
    {"meeting", "Meeting elsewhere"},
    {"desk", "Desk work"},
    {NULL, NULL},
};
const struct choice contact_outcomes[] = {
    {"reached", "Reached"},
    {"no_answer", "No answer"},
    {"message_left", "Message left"},
    {"did_not_attend", "Did not attend"},
    {"wrong_number", "Wrong number"},
    {"other_person", "Spoke to someone else"},
    {"note", "Note only"}, /* neither a try nor a contact: no clock hears of it */
    {NULL, NULL},
};
const struct choice need_founds[] = {
    {"presenting", "What they came with"},
    {"found", "Found on the way"},
    {NULL, NULL},
};
const struct choice plan_kinds[] = {
    {"strength", "Strength"},
    {"need", "Need"},
    {"goal", "Goal"},
    {"action", "Action"},
    {NULL, NULL},
};
const struct choice plan_statuses[] = {
    {"planned", "Planned"},
    {"in_progress", "In progress"},
    {"done", "Done"},
    {"refused", "Refused"},
    {NULL, NULL},
};

/* ---- what organisations answer */

const struct choice reply_statuses[] = {
    {"received", "Received"},
    {"waiting_list", "Waiting list"},
    {"accepted", "Accepted"},
    {"declined", "Declined"},
    {"started", "Started"},
    {"on_hold", "On hold"},
    {"completed", "Completed"},
    {"could_not_complete", "Could not complete"},
    {"stopped", "Stopped"},
    {"did_not_attend", "Did not attend"},
    {NULL, NULL},
};
const struct choice reply_hows[] = {
    {"file", "In a reply file"},
    {"phone", "By telephone"},
    {"email", "By e-mail"},
    {"visit", "In person"},
    {NULL, NULL},
};
const struct choice decliners[] = {
    {"provider", "The organisation"},
    {"person", "The person"},
    {NULL, NULL},
};
const struct choice stop_reasons[] = {
    {"consent_withdrawn", "Consent withdrawn"},
    {"sent_in_error", "Sent in error"},
    {"no_longer_needed", "No longer needed"},
    {"moved", "Moved away"},
    {"died", "Died"},
    {NULL, NULL},
};

/* ---- the directory and the house */

const struct choice organisation_statuses[] = {
    {"active", "Active"},
    {"paused", "Paused"},
    {"closed", "Closed"},
    {NULL, NULL},
};
/* Open Referral UK service status. */
const struct choice service_statuses[] = {
    {"active", "Active"},
    {"inactive", "Inactive"},
    {"defunct", "Gone"},
    {"temporarily_closed", "Closed for now"},
    {NULL, NULL},
};
const struct choice capacities[] = {
    {"capacity", "Has room"},
    {"waitlist", "Waiting list"},
    {"no_capacity", "No room"},
    {"unknown", "Not known"},
    {NULL, NULL},
};
const struct choice profiles[] = {
    {"machine", "Plain CSV"},
    {"spreadsheet", "CSV for a spreadsheet program"},
    {NULL, NULL},
};
const struct choice user_roles[] = {
    {"worker", "Worker"},
    {"rep", "CVS representative"},
    {"manager", "Manager"},
    {"admin", "Administrator"},
    {"auditor", "Auditor"},
    {"nightly", "Nightly run"},
    {NULL, NULL},
};
