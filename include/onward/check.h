/* SPDX-License-Identifier: MIT
 *
 * Is this identifier well formed? Pure rules over text: NHS number, UK
 * postcode, ODS code, SNOMED CT identifier, telephone number. Each reads what
 * people and spreadsheets write and gives the canonical form, or says in
 * words what is wrong and what would be right.
 */
#ifndef ONWARD_CHECK_H
#define ONWARD_CHECK_H

#include <stdbool.h>

#include "onward/err.h"

/* NHS number. Reads ten digits, 3-3-4 with one kind of separator (blank or
 * hyphen), outer blanks. `out` is ten digits. Errors (INVALID, no field):
 * wrong form; nine digits (a spreadsheet ate a leading zero: says so and names
 * the number it would be when that one checks); failed check digit (modulus
 * 11); a range never issued. Source: NHS Data Dictionary, NHS NUMBER. */
MUST_CHECK bool check_nhs_number(const char *text, char out[11], struct err *e);
enum nhs_range { NHS_UNRESERVED, NHS_SCOTLAND, NHS_NORTHERN_IRELAND, NHS_ENGLAND_WALES, NHS_NOT_ISSUED, NHS_IRELAND, NHS_TEST };
enum nhs_range nhs_number_range(const char digits[11]);
/* 9434765919 -> "943 476 5919". */
void nhs_number_show(const char digits[11], char out[13]);

/* UK postcode: canonical upper case with one space. A malformed one is no
 * error: real official data holds them. Returns true when well formed;
 * otherwise false, with `out` still filled with the trimmed upper-case text
 * (at most 8 characters, else "" ) for keeping. NHS pseudo postcodes ZZ99 nXX are well formed. */
bool check_postcode(const char *text, char out[9]);
/* "M6 5FW" -> "M6" (the district, before the space); "" when there is none. */
void postcode_district(const char postcode[9], char out[5]);

/* ODS code: 3 to 9 capitals and digits; `out` upper case. A GP practice code is
 * six characters: letter + 5 digits or 3 letters + 3 digits. */
MUST_CHECK bool check_ods_code(const char *text, char out[10], struct err *e);
MUST_CHECK bool check_gp_practice_code(const char *text, char out[10], struct err *e);

/* SNOMED CT identifier: 6 to 18 digits, no leading zero, Verhoeff check digit. */
MUST_CHECK bool check_snomed(const char *text, char out[19], struct err *e);

/* Telephone: digits, blanks, + ( ) - and "ext"; 3 to 15 digits besides an
 * extension. `out` keeps the person's own spacing, trimmed, inner runs of
 * blanks one blank. A UK number of ten digits whose leading zero a spreadsheet
 * ate is an error that says so. */
MUST_CHECK bool check_phone(const char *text, char out[36], struct err *e);

/* Something@something.tld with no blanks; out as typed, trimmed. */
MUST_CHECK bool check_email(const char *text, char out[256], struct err *e);

#endif
