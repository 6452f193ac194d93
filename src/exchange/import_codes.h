/* SPDX-License-Identifier: MIT
 *
 * Their words for our codes. A cell of a coded field is looked up once and
 * remembered: files repeat the same few words a million times.
 */
#ifndef ONWARD_EXCHANGE_IMPORT_CODES_H
#define ONWARD_EXCHANGE_IMPORT_CODES_H

#include "engine/core.h"
#include "exchange/map.h"

/* Codes and labels of every set, and the words of the mapping file. */
struct words;
MUST_CHECK struct words *words_load(struct session *s, const struct map *map, struct err *e);
void words_free(struct words *w);

/* Does the field hold codes? Such cells go through words_read. */
bool words_coded(const struct field *f);

struct memo; /* cells of one field that were read before */
struct memo *memo_new(void);
void memo_free(struct memo *m);

/* The canonical text of a cell: one code, or several after each other for a list (separated by ; | or a new line,
 * or by commas). By the mapping file's words, our codes or our labels. `scratch` is a record that f may be read into.
 * The text is borrowed until the next call for the same memo. NULL with e when it is none. */
MUST_CHECK const char *words_read(struct words *w, struct memo *m, const struct field *f, void *scratch, const char *cell, day_t today,
                                  struct err *e);

#endif
