/* SPDX-License-Identifier: MIT
 *
 * Reads mapping files (map.h says how they are written). One table of
 * keywords; each line is a keyword and one, two or three parts.
 */
#include "exchange/map.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/text.h"

enum { LINES_MOST = 20000 };

/* ---- comparing */

static void folded(const char *text, struct buf *out)
{
    text_fold(text, out);
    size_t n = 0;
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] != ' ')
            out->data[n++] = out->data[i];
    out->len = n;
    out->data[n] = '\0';
}

bool map_same(const char *a, const char *b)
{
    struct buf x = {0}, y = {0};
    folded(a, &x);
    folded(b, &y);
    /* words of nothing but punctuation are told apart as they stand */
    bool same = x.len || y.len ? strcmp(x.data, y.data) == 0 : strcmp(a, b) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}

const char *map_value(const struct map *m, const char *key, const char *word)
{
    for (size_t i = 0; i < m->values.count; i++)
        if (strcmp(m->values.rows[i].key, key) == 0 && map_same(m->values.rows[i].from, word))
            return m->values.rows[i].to;
    return NULL;
}

bool map_has_values(const struct map *m, const char *key)
{
    for (size_t i = 0; i < m->values.count; i++)
        if (strcmp(m->values.rows[i].key, key) == 0)
            return true;
    return false;
}

bool map_ignores(const struct map *m, const char *column)
{
    for (size_t i = 0; i < m->ignored.count; i++)
        if (map_same(m->ignored.rows[i].from, column))
            return true;
    return false;
}

/* ---- reading */

struct reading {
    struct map *m;
    size_t line;
    char *at; /* what is left of the line */
};

static bool wrong(const struct reading *r, struct err *e, const char *what)
{
    return err_set(e, ERR_INVALID, "%s, line %zu: %s", r->m->path, r->line, what);
}

static void skip_blanks(struct reading *r)
{
    r->at += strspn(r->at, " \t");
}

/* The next part, up to one of `stops` (which is taken too) or the end; quotes are taken off. NULL with e when it is empty or a
 * quote stays open. */
static char *part(struct reading *r, const char *stops, struct err *e)
{
    char *start, *end;
    skip_blanks(r);
    if (*r->at == '\'' || *r->at == '"') {
        start = r->at + 1;
        end = strchr(start, *r->at);
        if (!end) {
            wrong(r, e, "a quote is opened and never closed.");
            return NULL;
        }
        *end = '\0';
        r->at = end + 1;
        skip_blanks(r);
        if (*r->at && !strchr(stops, *r->at)) {
            wrong(r, e, "after the closing quote something else stands; put the whole of it in quotes.");
            return NULL;
        }
    } else {
        start = r->at;
        end = start + strcspn(start, stops);
        r->at = end;
    }
    if (*r->at)
        *r->at++ = '\0';
    char *text = xstrdup(start);
    text_trim(text);
    return text;
}

static bool part_of(struct reading *r, const char *stop, const char *form, char **out, struct err *e)
{
    bool stopped = !*stop || strchr(r->at, *stop);
    if (!stopped || !(*out = part(r, stop, e)) || !**out)
        return (stopped && !*out) ? false : err_set(e, ERR_INVALID, "%s, line %zu: write it like: %s", r->m->path, r->line, form);
    return true;
}

static struct map_rule *rule_add(struct map_rules *rules, size_t line)
{
    rules->rows = xrealloc(rules->rows, (rules->count + 1) * sizeof *rules->rows);
    struct map_rule *rule = &rules->rows[rules->count++];
    *rule = (struct map_rule){.line = line};
    return rule;
}

static bool read_field(struct reading *r, struct err *e)
{
    struct map_rule *rule = rule_add(&r->m->fields, r->line);
    static const char form[] = "field given_name = First name";
    return part_of(r, "=", form, &rule->key, e) && part_of(r, "", form, &rule->from, e);
}

static bool read_value(struct reading *r, struct err *e)
{
    struct map_rule *rule = rule_add(&r->m->values, r->line);
    static const char form[] = "value source: \"GP surgery\" = gp_practice";
    return part_of(r, ":", form, &rule->key, e) && part_of(r, "=", form, &rule->from, e) && part_of(r, "", form, &rule->to, e);
}

static bool read_need(struct reading *r, struct err *e)
{
    struct map_rule *rule = rule_add(&r->m->values, r->line);
    static const char form[] = "need \"Debt\" = money_debt";
    rule->key = xstrdup("needs");
    return part_of(r, "=", form, &rule->from, e) && part_of(r, "", form, &rule->to, e);
}

static bool read_default(struct reading *r, struct err *e)
{
    struct map_rule *rule = rule_add(&r->m->defaults, r->line);
    static const char form[] = "default state = received";
    return part_of(r, "=", form, &rule->key, e) && part_of(r, "", form, &rule->to, e);
}

static bool read_ignore(struct reading *r, struct err *e)
{
    char *column = NULL;
    if (!part_of(r, "", "ignore Notes, or ignore *", &column, e)) {
        free(column);
        return false;
    }
    if (strcmp(column, "*") == 0) {
        r->m->ignores_others = true;
        free(column);
    } else {
        rule_add(&r->m->ignored, r->line)->from = column;
    }
    return true;
}

static bool read_columns(struct reading *r, struct err *e)
{
    do {
        struct map_rule *rule = rule_add(&r->m->columns, r->line);
        if (!(rule->from = part(r, ",", e)))
            return false;
        if (!*rule->from)
            return wrong(r, e, "a column has no name; give every column of the file one, those to be ignored too.");
    } while (*r->at);
    return true;
}

static bool read_word(struct reading *r, char out[32], struct err *e)
{
    char *word = NULL;
    bool ok = part_of(r, "", "scheme swinton-team", &word, e);
    if (ok && (strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(word) || !text_copy(out, 32, word)))
        ok = wrong(r, e, "use at most 31 small letters, digits, - and _.");
    free(word);
    return ok;
}

static bool read_scheme(struct reading *r, struct err *e)
{
    return read_word(r, r->m->scheme, e);
}

static bool read_feed(struct reading *r, struct err *e)
{
    return read_word(r, r->m->feed, e);
}

static const struct {
    const char *word;
    bool (*read)(struct reading *r, struct err *e);
} keywords[] = {
    {"field", read_field},     {"value", read_value},     {"need", read_need},     {"default", read_default},
    {"ignore", read_ignore},   {"columns", read_columns}, {"scheme", read_scheme}, {"feed", read_feed},
};

static bool read_line(struct reading *r, struct err *e)
{
    skip_blanks(r);
    if (!*r->at || *r->at == '#')
        return true;
    size_t n = strcspn(r->at, " \t");
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strlen(keywords[i].word) == n && memcmp(keywords[i].word, r->at, n) == 0) {
            r->at += n;
            return keywords[i].read(r, e);
        }
    return wrong(r, e, "a line begins with field, value, need, default, ignore, columns, scheme, feed or #.");
}

static bool read_text(struct reading *r, char *text, size_t n, struct err *e)
{
    if (strlen(text) != n || !utf8_valid(text, n, NULL))
        return err_set(e, ERR_INVALID, "%s is no UTF-8 text; save the mapping as plain text, UTF-8.", r->m->path);
    char *rest = text_starts(text, "\xEF\xBB\xBF") ? text + 3 : text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        r->at = line;
        line[strcspn(line, "\r")] = '\0';
        if (++r->line > LINES_MOST)
            return wrong(r, e, "this is too long for a mapping file.");
        if (!read_line(r, e))
            return false;
    }
    return true;
}

bool map_read(const char *path, struct map *out, struct err *e)
{
    *out = (struct map){.path = path};
    if (!path)
        return true;
    FILE *f = fopen(path, "re");
    if (!f)
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE, "The mapping file %s cannot be opened: %s.", path, strerror(errno));
    struct buf text = {0};
    char chunk[4096];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0 && text.len < (1u << 20))
        buf_add(&text, chunk, n);
    bool ok = !ferror(f) || err_set(e, ERR_STORE, "The mapping file %s cannot be read: %s.", path, strerror(errno));
    fclose(f);
    if (ok && text.len >= (1u << 20))
        ok = err_set(e, ERR_INVALID, "%s is over 1 MiB long: is it a mapping file?", path);
    struct reading r = {.m = out};
    ok = ok && (!text.len || read_text(&r, text.data, text.len, e));
    buf_free(&text);
    return ok;
}

static void rules_free(struct map_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        free(rules->rows[i].key);
        free(rules->rows[i].from);
        free(rules->rows[i].to);
    }
    free(rules->rows);
}

void map_free(struct map *m)
{
    rules_free(&m->fields);
    rules_free(&m->values);
    rules_free(&m->defaults);
    rules_free(&m->ignored);
    rules_free(&m->columns);
    *m = (struct map){0};
}
