/* SPDX-License-Identifier: MIT
 *
 * NHS numbers: form, check digit, and the range a number comes from. The
 * check digit is modulus 11 with the weights 10 to 2 (NHS Data Dictionary,
 * NHS NUMBER); a remainder that would need the digit 10 is never issued.
 */
#include <string.h>

#include "onward/check.h"
#include "onward/text.h"

enum { DIGITS = 10 };

/* Takes the ten digits of `t` when it is written 10 or 3-3-4 with one kind of separator. */
static bool take_digits(const char *t, char out[DIGITS + 1])
{
    size_t len = strlen(t), n = 0;
    char separator = len == DIGITS + 2 ? t[3] : '\0';
    if (len != DIGITS && !(separator == ' ' || separator == '-'))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (separator && (i == 3 || i == 7)) {
            if (t[i] != separator)
                return false;
        } else {
            if (t[i] < '0' || t[i] > '9')
                return false;
            out[n++] = t[i];
        }
    }
    out[n] = '\0';
    return true;
}

static bool check_digit_agrees(const char digits[DIGITS + 1])
{
    int sum = 0;
    for (int i = 0; i < DIGITS - 1; i++)
        sum += (DIGITS - i) * (digits[i] - '0');
    return (11 - sum % 11) % 11 == digits[DIGITS - 1] - '0'; /* 10 equals no digit */
}

static bool refuse_form(const char *t, struct err *e)
{
    if (strlen(t) != DIGITS - 1 || strspn(t, "0123456789") != DIGITS - 1)
        return err_set(e, ERR_INVALID,
                       "An NHS number is ten digits, plain or as 999 000 0018 or 999-000-0018.");
    char guess[DIGITS + 1] = "0", shown[DIGITS + 3];
    memcpy(guess + 1, t, DIGITS);
    if (!check_digit_agrees(guess))
        return err_set(e, ERR_INVALID, "This has nine digits; an NHS number has ten.");
    nhs_number_show(guess, shown);
    return err_set(e, ERR_INVALID,
                   "This has nine digits; an NHS number has ten. A spreadsheet may have taken the "
                   "leading zero away: the number would be %s.",
                   shown);
}

bool check_nhs_number(const char *text, char out[11], struct err *e)
{
    char t[DIGITS + 3], digits[DIGITS + 1];
    if (!text_copy_trimmed(t, sizeof t, text))
        t[0] = '\0'; /* too long for any form */
    if (!take_digits(t, digits))
        return refuse_form(t, e);
    if (!check_digit_agrees(digits))
        return err_set(e, ERR_INVALID,
                       "The check digit of this NHS number does not agree with the "
                       "others: a digit is wrong or two changed places.");
    if (nhs_number_range(digits) == NHS_NOT_ISSUED)
        return err_set(e, ERR_INVALID,
                       "NHS numbers of this range are never issued: ask where the "
                       "number comes from.");
    memcpy(out, digits, sizeof digits);
    return true;
}

/* Ranges in order, each by its last number. Source: nhs_number of the UK
 * Forensic Consortium (constants.py), after the NHS Data Dictionary. */
static const struct {
    char last[DIGITS + 1];
    enum nhs_range range;
} ranges[] = {
    {"0000000009", NHS_NOT_ISSUED},
    {"0099999999", NHS_UNRESERVED},
    {"3112999999", NHS_SCOTLAND},
    {"3199999999", NHS_UNRESERVED},
    {"3999999999", NHS_NORTHERN_IRELAND},
    {"4999999999", NHS_ENGLAND_WALES},
    {"5999999999", NHS_NOT_ISSUED},
    {"7999999999", NHS_ENGLAND_WALES},
    {"8599999999", NHS_IRELAND},
    {"8999999999", NHS_UNRESERVED},
    {"9999999999", NHS_TEST},
};

enum nhs_range nhs_number_range(const char digits[11])
{
    size_t i = 0;
    while (memcmp(digits, ranges[i].last, DIGITS) > 0)
        i++;
    return ranges[i].range;
}

void nhs_number_show(const char digits[11], char out[13])
{
    memcpy(out, digits, 3);
    out[3] = ' ';
    memcpy(out + 4, digits + 3, 3);
    out[7] = ' ';
    memcpy(out + 8, digits + 6, 4);
    out[12] = '\0';
}
