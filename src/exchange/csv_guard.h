/* SPDX-License-Identifier: MIT
 *
 * Cells that survive a spreadsheet. A spreadsheet runs a cell that begins like
 * a formula, and makes a number of one that looks like a number: leading
 * zeros go, long digit strings become 4.41615E+11. A guarded cell is shown as
 * text, and csv_unguard gives back the text it came from: exactly, for every
 * text and both kinds of column.
 *
 *   text                  in a CSV_TEXT column    in a CSV_DIGITS column
 *   =1+1, -x, @x,  =x     '=1+1 ...               '=1+1 ...
 *   '=1+1                 ''=1+1                  ''=1+1
 *   '90s, plain words     as they are             as they are
 *   9990000018 (an NHS    9990000018              999 000 0018
 *     number)
 *   07700900123           '07700900123            07700 900123
 *   0123                  '0123                   '0123
 *   +447700900123         '+447700900123          +44 7700 900123
 *   +44 161 496 0123      '+44 161 496 0123       as it is
 *   07700 900123          as it is                07700  900123 (two blanks)
 *
 * An apostrophe marks the cell in a text column, which only we take off again.
 * In a column of numbers that would break the number for whoever dials or
 * copies it, so there blanks between the digits do the work: what holds a
 * blank between digits is text to a spreadsheet, with + in front too (as a
 * formula it does not parse, so it cannot run), and it is still a number to a
 * telephone and to every reader of ours. A number that already has blanks in
 * just those places gets one more in each, so that the two stay apart.
 *
 * Groups: an NHS number 3-3-4; +44 and ten digits 2-4-6; other digits that
 * begin with + or 0 or are longer than eleven, five and the rest. Where there
 * are too few digits to part, the apostrophe it is. What spreadsheets do with
 * such cells is as widely reported; only the way back is ours to prove.
 */
#ifndef ONWARD_EXCHANGE_CSV_GUARD_H
#define ONWARD_EXCHANGE_CSV_GUARD_H

#include "onward/text.h"

/* CSV_DIGITS: a column of numbers that are no quantities (NHS number, telephone, codes). */
enum csv_kind { CSV_TEXT, CSV_DIGITS };

/* Both replace what `out` holds; `text` (UTF-8) must not lie in it. A text that
 * no guard made comes out of csv_unguard as it is. */
void csv_guard(const char *text, enum csv_kind kind, struct buf *out);
void csv_unguard(const char *text, enum csv_kind kind, struct buf *out);

#endif
