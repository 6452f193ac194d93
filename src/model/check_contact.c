/* SPDX-License-Identifier: MIT
 *
 * Telephone numbers and e-mail addresses: enough to catch a slip, no more.
 * The only proof of either is that someone answers.
 */
#include <string.h>
#include <strings.h>

#include "onward/check.h"
#include "onward/text.h"

enum { PHONE_MAX = 35, EMAIL_MAX = 255 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Makes each run of inner blanks one blank, in place. */
static void squeeze(char *s)
{
    char *to = s;
    for (const char *from = s; *from; from++)
        if (!is_blank(*from) || !is_blank(from[1]))
            *to++ = is_blank(*from) ? ' ' : *from;
    *to = '\0';
}

/* Is `s` "ext", perhaps a full stop and a blank, then digits to the end? */
static bool is_extension(const char *s)
{
    if (strncasecmp(s, "ext", 3) != 0)
        return false;
    s += 3;
    s += *s == '.';
    s += *s == ' ';
    size_t n = strspn(s, "0123456789");
    return n > 0 && !s[n];
}

/* Counts the digits of the number before any extension, or -1 when something else stands there. */
static int count_digits(const char *t)
{
    int digits = 0;
    for (; *t && !is_extension(t); t++) {
        if (is_digit(*t))
            digits++;
        else if (*t == '+' ? digits > 0 : !strchr(" ()-", *t))
            return -1;
    }
    return digits;
}

/* Ten digits that would be a UK number with a 0 in front. */
static bool lost_its_zero(const char *t)
{
    return strlen(t) == 10 && strspn(t, "0123456789") == 10 && t[0] != '0';
}

bool check_phone(const char *text, char out[36], struct err *e)
{
    char t[256];
    if (!text_copy_trimmed(t, sizeof t, text))
        return err_set(e, ERR_INVALID, "A telephone number has at most %d characters.", PHONE_MAX);
    squeeze(t);
    if (strlen(t) > PHONE_MAX)
        return err_set(e, ERR_INVALID, "A telephone number has at most %d characters.", PHONE_MAX);
    int digits = count_digits(t);
    if (digits < 0)
        return err_set(e, ERR_INVALID,
                       "A telephone number is digits, blanks, a leading +, ( ) and -, perhaps with "
                       "an extension: 0161 496 0123 ext 45.");
    if (digits < 3 || digits > 15)
        return err_set(e, ERR_INVALID, "A telephone number has 3 to 15 digits; this has %d.",
                       digits);
    if (lost_its_zero(t))
        return err_set(e, ERR_INVALID,
                       "This has ten digits and no 0 in front: a spreadsheet may have taken it "
                       "away. The number would be 0%s; begin with + if it is not a UK number.",
                       t);
    memcpy(out, t, strlen(t) + 1);
    return true;
}

static bool is_domain(const char *s)
{
    const char *last_dot = strrchr(s, '.');
    return last_dot && last_dot != s && strlen(last_dot + 1) >= 2 && s[0] != '.' &&
           !strstr(s, "..");
}

bool check_email(const char *text, char out[256], struct err *e)
{
    char t[EMAIL_MAX + 1];
    if (!text_copy_trimmed(t, sizeof t, text))
        return err_set(e, ERR_INVALID, "An e-mail address has at most %d characters.", EMAIL_MAX);
    const char *at = strchr(t, '@');
    bool one_word = true;
    for (const char *c = t; *c; c++)
        one_word = one_word && (unsigned char)*c > ' ' && *c != 0x7F && !strchr("<>,;:\"()", *c);
    if (!one_word || !at || at == t || strchr(at + 1, '@') || !is_domain(at + 1))
        return err_set(e, ERR_INVALID,
                       "One e-mail address is wanted, without blanks, such as name@example.org.");
    memcpy(out, t, strlen(t) + 1);
    return true;
}
