/* SPDX-License-Identifier: MIT
 *
 * schema.sql as text in the program; the Makefile makes the definition.
 */
#ifndef ONWARD_STORE_SCHEMA_TEXT_H
#define ONWARD_STORE_SCHEMA_TEXT_H

extern const char schema_text[];

#endif
