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

/* ---- the memory: text to text by open addressing, emptied when it fills up */

enum { SLOTS = 1024, SLOTS_USED = 700, TEXT_MOST = 256 };

struct table {
    struct {
        char *from, *to;
    } slot[SLOTS];
    size_t used;
};
struct memo {
    struct table cells; /* whole cells to canonical texts */
    struct table items; /* of a list: single words to codes */
    char *last;         /* for a cell too long to keep */
};

static void table_clear(struct table *t)
{
    for (size_t i = 0; i < SLOTS; i++) {
        free(t->slot[i].from);
        free(t->slot[i].to);
    }
    memset(t, 0, sizeof *t);
}

static size_t slot_of(const struct table *t, const char *from)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *c = from; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash % SLOTS;
    while (t->slot[i].from && strcmp(t->slot[i].from, from) != 0)
        i = (i + 1) % SLOTS;
    return i;
}

static const char *table_find(const struct table *t, const char *from)
{
    return strlen(from) < TEXT_MOST ? t->slot[slot_of(t, from)].to : NULL;
}

static const char *table_add(struct table *t, const char *from, const char *to)
{
    if (t->used == SLOTS_USED)
        table_clear(t);
    size_t i = slot_of(t, from);
    t->slot[i].from = xstrdup(from);
    t->slot[i].to = xstrdup(to);
    t->used++;
    return t->slot[i].to;
}

struct memo *memo_new(void)
{
    return xcalloc(1, sizeof(struct memo));
}

void memo_free(struct memo *m)
{
    if (!m)
        return;
    table_clear(&m->cells);
    table_clear(&m->items);
    free(m->last);
    free(m);
}

static const char *remember(struct memo *m, const char *cell, const char *canonical)
{
    if (strlen(cell) < TEXT_MOST)
        return table_add(&m->cells, cell, canonical);
    free(m->last);
    return m->last = xstrdup(canonical);
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

static const char *remembered_code(const struct words *w, struct memo *m, const struct field *f, const char *word)
{
    const char *code = table_find(&m->items, word);
    if (code)
        return code;
    code = code_of(w, f, word);
    return strlen(word) < TEXT_MOST ? table_add(&m->items, word, code) : code;
}

/* Appends a word's codes: the map may say none (-), or several. */
static void add_codes(const char *code, struct buf *out)
{
    if (*code && strcmp(code, "-") != 0)
        buf_fmt(out, "%s%s", out->len ? "," : "", code);
}

static void list_codes(const struct words *w, struct memo *m, const struct field *f, const char *cell, struct buf *out)
{
    const char *separators = strpbrk(cell, ";|\n") ? ";|\n" : ",";
    const char *whole = *separators == ',' && strchr(cell, ',') ? code_of(w, f, cell) : cell;
    if (whole != cell) { /* a label with a comma in it */
        add_codes(whole, out);
        return;
    }
    char *own = xstrdup(cell), *rest = own;
    for (char *word; (word = strsep(&rest, separators));) {
        text_trim(word);
        if (*word)
            add_codes(remembered_code(w, m, f, word), out);
    }
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
    const char *canonical = table_find(&m->cells, cell);
    if (canonical)
        return canonical;
    struct buf text = {0};
    if (is_list(f))
        list_codes(w, m, f, cell, &text);
    else
        buf_str(&text, code_of(w, f, cell));
    fields_init(f, 1, scratch);
    if ((!text.len || field_parse(f, scratch, text.data, today, e)) && known(w->s, f, field_text(f, scratch), e))
        canonical = remember(m, cell, field_text(f, scratch));
    buf_free(&text);
    return canonical;
}
