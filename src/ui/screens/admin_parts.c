/* SPDX-License-Identifier: MIT
 *
 * The parts of the Admin screen as a table (see admin.h).
 */
#include "admin.h"

#include <string.h>

/* clang-format off: a column a line */
static const struct view_column user_columns[] = {
    {.key = "user", .label = NULL, .width = 12},
    {.key = "name", .label = NULL, .width = 20, .grows = true},
    {.key = "roles", .label = NULL, .width = 20, .grows = true},
    {.key = "active", .label = NULL, .width = 6},
    {.key = "os_account", .label = NULL, .width = 12},
    {.key = "neighbourhoods", .label = NULL, .width = 20, .grows = true, .last = true},
    {.key = "service", .label = "Service account", .width = 15, .last = true},
};
static const struct view_column setting_columns[] = {
    {.key = "setting", .label = NULL, .width = 22},
    {.key = "value", .label = NULL, .width = 8},
    {.key = "unit", .label = "", .width = 13},
    {.key = "help", .label = NULL, .width = 25, .grows = true},
    {.key = "default", .label = NULL, .width = 11, .last = true},
};
static const struct view_column holiday_columns[] = {
    {.key = "on", .label = NULL, .width = 12},
    {.key = "holiday", .label = "Day off", .width = 8},
    {.key = "name", .label = NULL, .width = 40, .grows = true},
};
static const struct view_column area_columns[] = {
    {.key = "name", .label = NULL, .width = 30, .grows = true},
    {.key = "neighbourhood", .label = "Code", .width = 24},
    {.key = "active", .label = "In use", .width = 6},
};
static const struct view_column wording_columns[] = {
    {.key = "wording", .label = NULL, .width = 16},
    {.key = "purpose", .label = NULL, .width = 10},
    {.key = "active", .label = NULL, .width = 6},
    {.key = "text", .label = NULL, .width = 30, .grows = true},
};
static const struct view_column code_columns[] = {
    {.key = "set", .label = NULL, .width = 14},
    {.key = "label", .label = NULL, .width = 24, .grows = true},
    {.key = "grouping", .label = NULL, .width = 16},
    {.key = "active", .label = NULL, .width = 6},
    {.key = "code", .label = NULL, .width = 22, .last = true},
    {.key = "snomed", .label = NULL, .width = 18, .last = true},
};
static const struct view_column audit_columns[] = {
    {.key = "at", .label = NULL, .width = 17},
    {.key = "login", .label = NULL, .width = 8},
    {.key = "acting_as", .label = NULL, .width = 8},
    {.key = "verb", .label = NULL, .width = 15, .grows = true},
    {.key = "effect", .label = NULL, .width = 8},
    {.key = "ref", .label = NULL, .width = 12},
    {.key = "record", .label = NULL, .width = 12, .last = true},
    {.key = "person", .label = NULL, .width = 12, .last = true},
    {.key = "seq", .label = NULL, .width = 8, .last = true},
};
static const struct view_column look_columns[] = {
    {.key = "at", .label = NULL, .width = 17},
    {.key = "user", .label = "Who", .width = 12},
    {.key = "person", .label = "Whom", .width = 12},
    {.key = "reason", .label = "Why", .width = 30, .grows = true},
    {.key = "until", .label = NULL, .width = 17, .last = true},
};
static const struct view_column word_columns[] = {
    {.key = "word", .label = "They write", .width = 30, .grows = true},
    {.key = "status", .label = "It means", .width = 20},
    {.key = "organisation", .label = "Said by", .width = 18},
};
/* clang-format on */

static bool is_off(const char *flag)
{
    return strcmp(flag, "0") == 0 || strcmp(flag, "no") == 0;
}

static enum style look_of(const struct view *v, size_t row)
{
    return is_off(view_cell_at(v, row, "active")) ? STYLE_DIM : STYLE_PLAIN;
}

static enum style effect_of(const struct view *v, size_t row)
{
    const char *effect = view_cell_at(v, row, "effect");
    return strcmp(effect, "denied") == 0 || strcmp(effect, "refused") == 0 || strcmp(effect, "failed login") == 0 ? STYLE_WARN : STYLE_PLAIN;
}

/* ---- acts */

#define KEYS(...) .keys = (const char *const[]){__VA_ARGS__, NULL}

static const struct act user_add = {
    .form = {.verb = "user add", .title = "Add a user", KEYS("login", "name", "roles", "neighbourhoods", "os_account", "phone", "email")},
};
static const struct act user_edit = {
    .form = {.verb = "user edit", .title = "Change a user", .show = "user show",
             KEYS("name", "roles", "neighbourhoods", "os_account", "phone", "email", "active")},
    .about = "user", .with = {"login"},
};
const struct act admin_password = {.form = {.verb = "user password", .title = "Set the password of a user"}, .about = "login"};
static const struct act setting_edit = {.form = {.verb = "setting edit", .title = "Change a setting", .show = "setting show"}, .about = "setting"};
static const struct act holiday_add = {.form = {.verb = "holiday add", .title = "Add a holiday, or make one a working day"}};
static const struct act holiday_edit = {.form = {.verb = "holiday edit", .title = "Change a holiday", .show = "holiday show"}, .about = "on"};
static const struct act area_add = {.form = {.verb = "neighbourhood add", .title = "Add a neighbourhood", KEYS("name", "code")}};
static const struct act area_edit = {
    .form = {.verb = "neighbourhood edit", .title = "Change a neighbourhood", .show = "neighbourhood show", KEYS("name", "active"), .only = true},
    .about = "neighbourhood",
};
static const struct act wording_add = {
    .form = {.verb = "wording add", .title = "Add a wording: a new version is a new one", KEYS("code", "purpose", "text"), .only = true},
};
static const struct act wording_edit = {
    .form = {.verb = "wording edit", .title = "Take a wording out of use, or back into it", .show = "wording show"}, .about = "wording",
};
static const struct act code_add = {.form = {.verb = "code add", .title = "Add a code to a list"}};
static const struct act code_edit = {.form = {.verb = "code edit", .title = "Change a code", .show = "code show"}, .about = "code", .with = {"set"}};
static const struct act word_add = {.form = {.verb = "reply word add", .title = "Say what a word of theirs means"}};
static const struct act word_edit = {
    .form = {.verb = "reply word add", .title = "Say what a word means"}, .about = "word", .with = {"organisation"},
};

/* ---- the table */

#define LIST(name_of, list_name, columns_of) \
    .name = name_of, .list = list_name, .columns = columns_of, .n_columns = sizeof columns_of / sizeof *columns_of
const struct admin_part admin_parts[] = {
    {.view = {LIST("Users", "user list", user_columns), .style = look_of, .empty = "There is no user; a adds one."},
     .title = "Users", .kind = "user", .add = &user_add, .edit = &user_edit},
    {.view = {LIST("Settings", "setting list", setting_columns), .empty = "There is no setting."},
     .title = "Settings", .kind = "setting", .edit = &setting_edit},
    {.view = {LIST("Holidays", "holiday list", holiday_columns), .empty = "Bank holidays are known by rule; a adds one that is not."},
     .title = "Holidays that no rule gives", .kind = "on", .add = &holiday_add, .edit = &holiday_edit},
    {.view = {LIST("Areas", "neighbourhood list", area_columns), .style = look_of, .empty = "No neighbourhood is set up; a adds one."},
     .title = "Neighbourhoods", .kind = "neighbourhood", .add = &area_add, .edit = &area_edit},
    {.view = {LIST("Wordings", "wording list", wording_columns), .style = look_of, .empty = "No wording of consent is set up; a adds one."},
     .title = "Wordings of consent", .kind = "wording", .add = &wording_add, .edit = &wording_edit},
    {.view = {LIST("Codes", "code list", code_columns), .style = look_of, .key = {"set", "code"}, .empty = "There is no coded list."},
     .title = "Coded lists", .kind = "code", .add = &code_add, .edit = &code_edit, .add_of = "set"},
    {.view = {LIST("Audit", "audit", audit_columns), .style = effect_of, .empty = "Nothing was done yet that you may see."},
     .title = "Audit log"},
    {.view = {LIST("Looks", "person unmasked", look_columns), .key = {"at", "person", "user"},
              .empty = "Nobody looked behind the mask. When a representative does, who, whom and why stands here."},
     .title = "Unmasked looks"},
    {.view = {LIST("Reply words", "reply word list", word_columns), .key = {"organisation", "word"}, .empty = "No word is known yet; a adds one."},
     .title = "Words of replies", .kind = "word", .add = &word_add, .edit = &word_edit},
};
const size_t admin_part_count = sizeof admin_parts / sizeof *admin_parts;
