/* SPDX-License-Identifier: MIT
 *
 * UK postcodes by their shapes. A shape spells each place: a capital, a digit
 * or the blank stands for itself, a small letter for a set of characters. The
 * register of GP practices itself holds postcodes that fit none, so a
 * malformed one is kept, not refused.
 */
#include <string.h>

#include "onward/check.h"
#include "onward/text.h"

enum { LONGEST = 8 };

static const char *const shapes[] = {
    "fn nii",   "fnn nii",  "fnt nii",  /* M1 1AE, M44 5AB, W1A 0AX */
    "fsn nii",  "fsnn nii", "fsnu nii", /* CR2 6XH, DN55 1PT, EC1A 1BB */
    "GIR 0AA",                          /* Girobank */
    "ZZ99 nll", /* NHS pseudo postcodes: no fixed abode, not known, countries */
};

static const char *set_named(char name)
{
    switch (name) {
    case 'f':
        return "ABCDEFGHIJKLMNOPRSTUWYZ"; /* first letter: not Q V X */
    case 's':
        return "ABCDEFGHKLMNOPQRSTUVWXY"; /* second letter: not I J Z */
    case 't':
        return "ABCDEFGHJKPSTUW"; /* third place after one letter and a digit */
    case 'u':
        return "ABEHMNPRVWXY"; /* fourth place after two letters and a digit */
    case 'i':
        return "ABDEFGHJLNPQRSTUWXYZ"; /* inward letters: not C I K M O V */
    case 'n':
        return "0123456789";
    default: /* 'l' */
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    }
}

static bool fits(const char *shape, const char *text)
{
    for (; *shape && *text; shape++, text++) {
        bool is_set = *shape >= 'a' && *shape <= 'z';
        if (is_set ? !strchr(set_named(*shape), *text) : *shape != *text)
            return false;
    }
    return !*shape && !*text;
}

static void to_upper(char *s)
{
    for (; *s; s++)
        if (*s >= 'a' && *s <= 'z')
            *s = (char)(*s - ('a' - 'A'));
}

/* Outward part, one blank, the last three characters; false when `t` is not of such parts. */
static bool respace(const char *t, char out[LONGEST + 1])
{
    size_t n = strlen(t);
    if (n < 5)
        return false;
    size_t outward = n - 3;
    while (outward > 0 && t[outward - 1] == ' ')
        outward--;
    if (outward > 4)
        return false;
    memcpy(out, t, outward);
    out[outward] = ' ';
    memcpy(out + outward + 1, t + n - 3, 4);
    return true;
}

bool check_postcode(const char *text, char out[9])
{
    char t[64], canonical[LONGEST + 1];
    out[0] = '\0';
    if (!text_copy_trimmed(t, sizeof t, text))
        return false;
    to_upper(t);
    if (respace(t, canonical)) {
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            if (fits(shapes[i], canonical)) {
                memcpy(out, canonical, sizeof canonical);
                return true;
            }
        }
    }
    if (!text_copy(out, LONGEST + 1, t))
        out[0] = '\0';
    return false;
}

void postcode_district(const char postcode[9], char out[5])
{
    const char *blank = strchr(postcode, ' ');
    size_t n = blank ? (size_t)(blank - postcode) : 0;
    if (n > 4)
        n = 0;
    memcpy(out, postcode, n);
    out[n] = '\0';
}
