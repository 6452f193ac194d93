/* SPDX-License-Identifier: MIT
 *
 * Codes of organisations (ODS) and of clinical terms (SNOMED CT). Whether an
 * organisation of that code exists is for the loaded register to say; here is
 * only the form.
 */
#include <string.h>

#include "onward/check.h"
#include "onward/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Reads min to max capitals and digits; small letters become capitals. */
static bool read_code(const char *text, size_t min, char *out, size_t cap)
{
    if (!text_copy_trimmed(out, cap, text))
        return false;
    size_t n = 0;
    for (; out[n]; n++) {
        if (out[n] >= 'a' && out[n] <= 'z')
            out[n] = (char)(out[n] - ('a' - 'A'));
        if (!is_digit(out[n]) && !is_capital(out[n]))
            return false;
    }
    return n >= min;
}

bool check_ods_code(const char *text, char out[10], struct err *e)
{
    char code[10];
    if (!read_code(text, 3, code, sizeof code))
        return err_set(e, ERR_INVALID,
                       "An ODS code is 3 to 9 letters and digits, such as RM3 or P87002.");
    memcpy(out, code, sizeof code);
    return true;
}

/* Capitals at the front of a code that then has only digits, or -1. */
static int leading_capitals(const char *code)
{
    int n = 0;
    while (is_capital(code[n]))
        n++;
    return code[n + (int)strspn(code + n, "0123456789")] ? -1 : n;
}

bool check_gp_practice_code(const char *text, char out[10], struct err *e)
{
    char code[10];
    bool read = read_code(text, 6, code, sizeof code) && strlen(code) == 6;
    int letters = read ? leading_capitals(code) : -1;
    if (letters != 1 && letters != 3)
        return err_set(e, ERR_INVALID,
                       "The code of a GP practice is a letter and five digits, such as P87002, or "
                       "three letters and three digits.");
    memcpy(out, code, sizeof code);
    return true;
}

/* Verhoeff 1969: the product in the dihedral group of ten elements, where 0-4
 * turn and 5-9 turn and flip a pentagon. */
static int turn(int a, int b)
{
    int sum = a < 5 ? a + b % 5 : a - b % 5 + 5;
    return sum % 5 + ((a < 5) == (b < 5) ? 0 : 5);
}

static bool verhoeff_agrees(const char *digits, size_t n)
{
    static const int step[10] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int check = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = digits[n - 1 - i] - '0';
        for (size_t k = 0; k < i % 8; k++)
            digit = step[digit];
        check = turn(check, digit);
    }
    return check == 0;
}

bool check_snomed(const char *text, char out[19], struct err *e)
{
    char t[19];
    size_t n = text_copy_trimmed(t, sizeof t, text) ? strlen(t) : 0;
    if (n < 6 || strspn(t, "0123456789") != n || t[0] == '0')
        return err_set(e, ERR_INVALID,
                       "A SNOMED CT identifier is 6 to 18 digits and does not begin with 0.");
    if (!verhoeff_agrees(t, n))
        return err_set(e, ERR_INVALID,
                       "The check digit of this SNOMED CT identifier does not agree with the "
                       "others: a digit is wrong%s.",
                       n > 15 ? ", or a spreadsheet rounded it (they keep 15 digits)" : "");
    memcpy(out, t, n + 1);
    return true;
}
