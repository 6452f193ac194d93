/* SPDX-License-Identifier: MIT
 *
 * Every screen there is, in the order in which they are offered: the first
 * that a user's roles have is where they land.
 */
#include "bring_in.h"
#include "desk.h"

const struct screen_type *const screen_types[] = {
    &today_screen, &caseload_screen, &admin_screen, &directory_screen, &tonight_screen, &replies_screen,
    &person_screen, &intake_screen, &needs_screen, &consent_screen, &handoff_screen, &closing_screen, &find_screen,
    &drafts_screen, &form_screen, &help_screen, &palette_screen, &lock_screen, &welcome_screen, &bring_in_screen, NULL,
};
