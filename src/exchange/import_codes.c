/* SPDX-License-Identifier: MIT
 *
 * Words into codes, with a memory (import_codes.h).
 */
#include "exchange/import_codes.h"

#include <stdlib.h>
#include <string.h>

#include "store/admin.h"

/* ---- the words known */

struct word {
    char *set, *code, *label;
};
struct words {
    struct session *s;
    const struct map *map;
    struct word *rows;
    size_t count;
};

static void add_word(struct words *w, const char *set, const char *code, const char *label)
{
    w->rows = xrealloc(w->rows, (w->count + 1) * sizeof *w->rows);
    w->rows[w->count++] = (struct word){xstrdup(set), xstrdup(code), xstrdup(label)};
}

static bool load(struct words *w, struct err *e)
{
    struct stmt *st = codes_all(w->s->db, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        add_word(w, col_text(st, 0), col_text(st, 1), col_text(st, 2));
    if (step == STEP_FAILED || !(st = neighbourhoods_all(w->s->db, e)))
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        struct neighbourhood n;
        record_read(st, 0, &neighbourhood_type, &n);
        add_word(w, "neighbourhood", n.code, n.name);
    }
    return step != STEP_FAILED;
}

struct words *words_load(struct session *s, const struct map *map, struct err *e)
{
    struct words *w = xcalloc(1, sizeof *w);
    *w = (struct words){.s = s, .map = map};
    if (load(w, e))
        return w;
    words_free(w);
    return NULL;
}

void words_free(struct words *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->count; i++) {
        free(w->rows[i].set);
        free(w->rows[i].code);
        free(w->rows[i].label);
    }
    free(w->rows);
    free(w);
}

/* ---- the memory: raw cell to canonical text, by open addressing; emptied when it fills up */

enum { MEMO_SLOTS = 1024, MEMO_MOST = 700, MEMO_CELL = 256 };

struct memo {
    struct {
        char *cell, *canonical;
    } slot[MEMO_SLOTS];
    size_t used;
    char *last; /* of a cell too long to keep */
};

struct memo *memo_new(void)
{
    return xcalloc(1, sizeof(struct memo));
}

static void memo_clear(struct memo *m)
{
    for (size_t i = 0; i < MEMO_SLOTS; i++) {
        free(m->slot[i].cell);
        free(m->slot[i].canonical);
    }
    memset(m->slot, 0, sizeof m->slot);
    m->used = 0;
}

void memo_free(struct memo *m)
{
    if (!m)
        return;
    memo_clear(m);
    free(m->last);
    free(m);
}

static size_t slot_of(const struct memo *m, const char *cell)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *c = cell; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash % MEMO_SLOTS;
    while (m->slot[i].cell && strcmp(m->slot[i].cell, cell) != 0)
        i = (i + 1) % MEMO_SLOTS;
    return i;
}

static const char *remember(struct memo *m, const char *cell, const char *canonical)
{
    if (strlen(cell) >= MEMO_CELL) {
        free(m->last);
        return m->last = xstrdup(canonical);
    }
    if (m->used == MEMO_MOST)
        memo_clear(m);
    size_t i = slot_of(m, cell);
    m->slot[i].cell = xstrdup(cell);
    m->slot[i].canonical = xstrdup(canonical);
    m->used++;
    return m->slot[i].canonical;
}

/* ---- reading */

bool words_coded(const struct field *f)
{
    switch (f->kind) {
    case FIELD_CHOICE:
    case FIELD_CHOICES:
    case FIELD_CODE:
    case FIELD_CODES:
        return true;
    default:
        return f->set != NULL;
    }
}

static bool is_list(const struct field *f)
{
    return f->kind == FIELD_CODES || f->kind == FIELD_CHOICES;
}

/* Our code for one word; the word itself when it is none of ours. */
static const char *code_of(const struct words *w, const struct field *f, const char *word)
{
    const char *mapped = map_value(w->map, f->key, word);
    if (mapped)
        return mapped;
    for (const struct choice *c = f->choices; c && c->code; c++)
        if (map_same(c->code, word) || map_same(c->label, word))
            return c->code;
    for (size_t i = 0; f->set && i < w->count; i++)
        if (strcmp(w->rows[i].set, f->set) == 0 && (strcmp(w->rows[i].code, word) == 0 || map_same(w->rows[i].label, word)))
            return w->rows[i].code;
    return word;
}

/* Appends a word's codes: the map may say none (-), or several. */
static void add_codes(const struct words *w, const struct field *f, const char *word, struct buf *out)
{
    char *own = xstrdup(word);
    text_trim(own);
    const char *code = *own ? code_of(w, f, own) : "";
    if (*code && strcmp(code, "-") != 0)
        buf_fmt(out, "%s%s", out->len ? "," : "", code);
    free(own);
}

static void list_codes(const struct words *w, const struct field *f, const char *cell, struct buf *out)
{
    const char *whole = code_of(w, f, cell);
    if (whole != cell) { /* the cell as a whole is a word, whatever it holds */
        buf_str(out, strcmp(whole, "-") == 0 ? "" : whole);
        return;
    }
    char *own = xstrdup(cell), *rest = own;
    const char *separators = strpbrk(cell, ";|\n") ? ";|\n" : ",";
    for (char *word; (word = strsep(&rest, separators));)
        add_codes(w, f, word, out);
    free(own);
}

static bool known(struct session *s, const struct field *f, const char *codes, struct err *e)
{
    char code[CODE_SIZE];
    for (const char *at = codes; f->set && (at = codes_next(at, code)) && *code;)
        if (!code_check(s, f, code, e))
            return false;
    return true;
}

const char *words_read(struct words *w, struct memo *m, const struct field *f, void *scratch, const char *cell, day_t today,
                       struct err *e)
{
    size_t i = strlen(cell) < MEMO_CELL ? slot_of(m, cell) : 0;
    if (strlen(cell) < MEMO_CELL && m->slot[i].cell)
        return m->slot[i].canonical;
    struct buf text = {0};
    if (is_list(f))
        list_codes(w, f, cell, &text);
    else
        buf_str(&text, code_of(w, f, cell));
    const char *canonical = NULL;
    fields_init(f, 1, scratch);
    if ((!text.len || field_parse(f, scratch, text.data, today, e)) && known(w->s, f, field_text(f, scratch), e))
        canonical = remember(m, cell, field_text(f, scratch));
    buf_free(&text);
    return canonical;
}
