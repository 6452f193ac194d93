/* SPDX-License-Identifier: MIT
 *
 * Keys and their names (see key.h).
 */
#include "key.h"

#include <stdio.h>
#include <string.h>

#include <unistr.h>

static const struct {
    int32_t key;
    const char *name;
} names[] = {
    {PRESS_TAB, "Tab"},          {PRESS_NEWLINE, "^J"},    {PRESS_ENTER, "Enter"},     {PRESS_ESC, "Esc"},
    {' ', "Space"},              {PRESS_RUBOUT, "Backspace"}, {PRESS_UP, "Up"},        {PRESS_DOWN, "Down"},
    {PRESS_LEFT, "Left"},        {PRESS_RIGHT, "Right"},   {PRESS_PAGE_UP, "PgUp"},    {PRESS_PAGE_DOWN, "PgDn"},
    {PRESS_HOME, "Home"},        {PRESS_END, "End"},       {PRESS_DELETE, "Del"},      {PRESS_BACKTAB, "Backtab"},
    {PRESS_HELP, "F1"},          {PRESS_QUIT, "F10"},
};

void key_label(int32_t key, char out[16])
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].key == key) {
            snprintf(out, 16, "%s", names[i].name);
            return;
        }
    if (key > 0 && key < 32) {
        snprintf(out, 16, "^%c", key + '@');
        return;
    }
    uint8_t bytes[7] = {0};
    if (key < 32 || key >= PRESS_UP || u8_uctomb(bytes, (ucs4_t)key, 6) < 1)
        snprintf(out, 16, "that key");
    else
        snprintf(out, 16, "%s", (const char *)bytes);
}

static int32_t named(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n && memcmp(names[i].name, name, n) == 0)
            return names[i].key;
    if (n == 2 && name[0] == '^')
        return name[1] & 31;
    ucs4_t u;
    if (n && u8_strmbtouc(&u, (const uint8_t *)name) == (int)n)
        return (int32_t)u;
    return PRESS_NONE;
}

int32_t key_named(const char *name)
{
    return named(name, strlen(name));
}

bool key_in(const char *keys, int32_t key)
{
    if (key == PRESS_NONE)
        return false;
    for (size_t n; *keys; keys += n + strspn(keys + n, " ")) {
        n = strcspn(keys, " ");
        if (named(keys, n) == key)
            return true;
    }
    return false;
}
