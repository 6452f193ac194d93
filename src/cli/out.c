/* SPDX-License-Identifier: MIT
 *
 * What commands print: JSON on one line for programs, tables and "Label:
 * value" lines for people, errors with their exit status. Everything for people goes through the filter that
 * keeps control characters off the terminal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

void print_text(FILE *to, const char *text)
{
    struct buf b = {0};
    text_show(text, true, &b);
    fputs(buf_text(&b), to);
    buf_free(&b);
}

void print_json(const json_t *doc)
{
    json_dumpf(doc, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
}

static void print_label(const char *key, int indent)
{
    printf("%*s", indent, "");
    for (const char *c = key; *c; c++)
        putchar(*c == '_' ? ' ' : c == key && *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    putchar(':');
}

static void print_scalar(const json_t *v)
{
    if (json_is_string(v))
        print_text(stdout, json_string_value(v));
    else if (json_is_integer(v))
        printf("%" JSON_INTEGER_FORMAT, json_integer_value(v));
    else if (json_is_real(v))
        printf("%g", json_real_value(v));
    else if (json_is_boolean(v))
        fputs(json_is_true(v) ? "yes" : "no", stdout);
}

static void print_members(const json_t *doc, int indent);

static void print_items(const json_t *array, int indent)
{
    size_t i;
    json_t *v;
    json_array_foreach (array, i, v) {
        if (json_is_object(v)) {
            if (i)
                putchar('\n');
            print_members(v, indent);
        } else {
            printf("%*s", indent, "");
            print_scalar(v);
            putchar('\n');
        }
    }
}

static void print_members(const json_t *doc, int indent)
{
    const char *key;
    json_t *v;
    json_object_foreach ((json_t *)(uintptr_t)doc, key, v) {
        if (json_is_null(v) || (json_is_array(v) && !json_array_size(v)) || (json_is_object(v) && !json_object_size(v)))
            continue;
        print_label(key, indent);
        if (json_is_object(v) || json_is_array(v)) {
            putchar('\n');
            json_is_object(v) ? print_members(v, indent + 2) : print_items(v, indent + 2);
        } else {
            putchar(' ');
            print_scalar(v);
            putchar('\n');
        }
    }
}

void print_document(const json_t *doc)
{
    print_members(doc, 0);
}

int cli_fail(const struct cli *c, const struct err *e)
{
    static const int statuses[] = {
        [ERR_NONE] = STATUS_UNFIT, [ERR_INVALID] = STATUS_USAGE, [ERR_NOT_FOUND] = 8, [ERR_CONFLICT] = 9,
        [ERR_REFUSED] = 6,         [ERR_DENIED] = 7,             [ERR_BUSY] = STATUS_LOCKED, [ERR_STORE] = STATUS_UNFIT,
    };
    fputs("onward: ", stderr);
    print_text(stderr, e->text);
    fputc('\n', stderr);
    if (c->json) {
        json_t *doc = json_pack("{s:s, s:s, s:s, s:s}", "error", err_name(e->code), "rule", e->rule, "field", e->field, "text", e->text);
        print_json(doc);
        json_decref(doc);
    }
    return statuses[e->code];
}

/* ---- verbs */

static json_t *outcome_json(const struct outcome *o)
{
    json_t *doc = json_object();
    if (*o->kind && *o->ref)
        json_object_set_new(doc, o->kind, json_string(o->ref));
    if (*o->state)
        json_object_set_new(doc, "state", json_string(o->state));
    if (o->version)
        json_object_set_new(doc, "version", json_integer(o->version));
    if (o->detail)
        json_object_update(doc, o->detail);
    if (o->text.len)
        json_object_set_new(doc, "text", json_string(buf_text(&o->text)));
    return doc;
}

/* A reading verb's document is its own: nothing is added to it. People read its words where it has some. */
static void print_outcome(const struct cli *c, const struct verb *v, const struct outcome *o)
{
    if (c->json && v->reads && o->detail) {
        print_json(o->detail);
    } else if (c->json) {
        json_t *doc = outcome_json(o);
        print_json(doc);
        json_decref(doc);
    } else {
        if (v->reads && o->detail && !o->text.len)
            print_document(o->detail);
        if (o->text.len) {
            print_text(stdout, buf_text(&o->text));
            putchar('\n');
        }
    }
}

/* A secret is never a word of the command line: it is read from the terminal without echo, or from a pipe. */
static bool ask_secrets(const struct verb *v, struct typed *words, size_t *n, struct err *e)
{
    for (size_t i = 0; i < v->count; i++) {
        const struct field *f = &v->args[i];
        if (!(f->flags & FIELD_SECRET))
            continue;
        for (size_t k = 0; k < *n; k++)
            if (words[k].key && strcmp(words[k].key, f->key) == 0)
                return err_field(e, f->key, "%s: not on the command line, where others can see it; you are asked for it.", f->label);
        char *typed = read_secret(f->label, e);
        if (!typed)
            return false;
        words[(*n)++] = (struct typed){f->key, typed};
    }
    return true;
}

int run_verb(struct cli *c, const struct verb *v)
{
    struct err e = {0};
    struct outcome o = {0};
    size_t n;
    const struct typed *rest = cli_rest(c, &n);
    struct typed words[MAX_WORDS + 8];
    memcpy(words, rest, n * sizeof *words);
    struct session *s = cli_open(c, &e);
    int status = STATUS_DONE;
    if (s && ask_secrets(v, words, &n, &e) && verb_run(s, v, words, n, &o, &e)) {
        print_outcome(c, v, &o);
        status = o.partly ? STATUS_PARTLY : STATUS_DONE;
    } else {
        status = cli_fail(c, &e);
    }
    outcome_free(&o);
    session_close(s);
    return status;
}
