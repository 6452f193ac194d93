/* SPDX-License-Identifier: MIT
 *
 * See words.h.
 */
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "onward/text.h"

const char *words_day(day_t d, char out[WORDS_DAY])
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, day;
    if (d == DATE_NONE) {
        text_put(out, WORDS_DAY, "an unknown day");
        return out;
    }
    date_to_ymd(d, &year, &month, &day);
    snprintf(out, WORDS_DAY, "%d %.3s %04d", day % 100, months[(month + 11) % 12], year % 10000);
    return out;
}

PRINTF_LIKE(3, 0)
static void write_clipped(char *out, size_t cap, const char *fmt, va_list ap)
{
    int n = vsnprintf(out, cap, fmt, ap);
    if (n < 0)
        die("a format that cannot be written: %s", fmt);
    size_t whole;
    if ((size_t)n >= cap && !utf8_valid(out, strlen(out), &whole))
        out[whole] = '\0';
}

void words_say(char *out, size_t cap, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    write_clipped(out, cap, fmt, ap);
    va_end(ap);
}

void words_add(char *out, size_t cap, const char *between, const char *fmt, ...)
{
    size_t n = strlen(out);
    if (n > 0) {
        words_say(out + n, cap - n, "%s", between);
        n += strlen(out + n);
    }
    va_list ap;
    va_start(ap, fmt);
    write_clipped(out + n, cap - n, fmt, ap);
    va_end(ap);
}
