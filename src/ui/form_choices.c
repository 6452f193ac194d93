/* SPDX-License-Identifier: MIT
 *
 * Choosing by typing. A field of choices shows labels; the verb is given
 * codes. What is typed narrows the choices to those of which a word begins
 * so; an exact code or label, or a beginning that leaves one, is meant. In a
 * field that takes several, the last word is the one in hand. Large sets
 * (practices, organisations) are asked of the engine at each key.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

static const struct choice yes_no[] = {{"yes", "yes"}, {"no", "no"}, {NULL, NULL}};

bool form_has_several(const struct field *field)
{
    return field->kind == FIELD_CHOICES || field->kind == FIELD_CODES;
}

static bool has_set(const struct field *field)
{
    return field->set && (field->kind == FIELD_CODE || field->kind == FIELD_CODES || field->kind == FIELD_ODS);
}

/* NULL: none, or codes of the store. */
static const struct choice *table_of(const struct field *field)
{
    if (field->kind == FIELD_FLAG)
        return yes_no;
    return field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES ? field->choices : NULL;
}

bool form_has_choices(const struct field *field)
{
    return table_of(field) || has_set(field);
}

/* ---- what is offered */

void form_offers_clear(struct offers *o)
{
    for (size_t i = 0; i < o->n; i++) {
        free(o->rows[i].code);
        free(o->rows[i].label);
        free(o->rows[i].group);
    }
    free(o->rows);
    free(o->before.shown);
    free(o->before.value);
    *o = (struct offers){.picked = -1};
}

static bool add_offer(void *ctx, const char *code, const char *label, const char *group)
{
    struct offers *o = ctx;
    o->rows = xrealloc(o->rows, (o->n + 1) * sizeof *o->rows);
    o->rows[o->n++] = (struct offer){xstrdup(code), xstrdup(label), xstrdup(group)};
    return true;
}

/* A word of the text begins like this, case and marks ignored. */
static bool begins_like(const char *text, const char *like)
{
    struct buf words = {0}, wanted = {0};
    buf_char(&words, ' ');
    buf_char(&wanted, ' ');
    text_fold(text, &words);
    text_fold(like, &wanted);
    bool is = strstr(buf_text(&words), buf_text(&wanted)) != NULL;
    buf_free(&words);
    buf_free(&wanted);
    return is;
}

/* Those that are left for what is typed. A store that cannot be read offers nothing: saving will say why. */
static void find_offers(struct form *f, const struct field *field, const char *like, struct offers *o)
{
    struct err e = {0};
    const struct choice *table = table_of(field);
    for (const struct choice *c = table; c && c->code; c++)
        if (begins_like(c->label, like) || begins_like(c->code, like))
            add_offer(o, c->code, c->label, "");
    if (!table && !session_codes(f->session, field->set, like, add_offer, o, &e))
        form_put(&f->problem, e.text);
}

/* ---- what a word means */

/* A code that people do not see may look like the beginning of a label: both exact forms go first, the code before all. */
static const struct offer *meant(const struct offers *o, const char *word)
{
    for (size_t i = 0; i < o->n; i++)
        if (text_equal_fold(o->rows[i].code, word))
            return &o->rows[i];
    for (size_t i = 0; i < o->n; i++)
        if (text_same_words(o->rows[i].label, word))
            return &o->rows[i];
    return o->n == 1 ? &o->rows[0] : NULL;
}

/* Labels with a comma cannot stand among several; their code stands for them. */
static const char *shown_as(const struct field *field, const char *code, const char *label)
{
    return form_has_several(field) && strchr(label, ',') ? code : label;
}

static void show_code(struct form *f, const struct field *field, const char *code, struct buf *out)
{
    const struct choice *table = table_of(field);
    const char *label = table ? choice_label(table, code) : session_code_label(f->session, field->set, code);
    struct offers o = {.picked = -1};
    if (!table && strcmp(label, code) == 0) { /* perhaps of a set with a table of its own */
        find_offers(f, field, code, &o);
        const struct offer *offer = meant(&o, code);
        label = offer && text_equal_fold(offer->code, code) ? offer->label : code;
    }
    buf_str(out, shown_as(field, code, label));
    form_offers_clear(&o);
}

void form_show_codes(struct form *f, const struct field *field, const char *codes, struct buf *out)
{
    char code[64];
    if (!form_has_several(field)) {
        if (*codes)
            show_code(f, field, codes, out);
        return;
    }
    for (const char *rest = codes_next(codes, code); rest; rest = codes_next(rest, code)) {
        if (out->len)
            buf_str(out, ", ");
        show_code(f, field, code, out);
    }
}

/* ---- several in one field */

/* The next item of "Debt, Housing", trimmed and copied; NULL at the end. */
static char *next_item(const char **text)
{
    *text += strspn(*text, ", \n");
    size_t n = strcspn(*text, ",");
    if (n == 0)
        return NULL;
    char *item = xstrndup(*text, n);
    *text += n;
    text_trim(item);
    return item;
}

/* The code of an item that stood in the field before; it need not be one in use any more. NULL: it did not. */
static char *code_held(const struct meaning *m, const char *item)
{
    const char *shown = m->shown ? m->shown : "", *value = m->value ? m->value : "";
    char code[64], *found = NULL;
    for (const char *rest = codes_next(value, code); rest && !found; rest = codes_next(rest, code)) {
        char *label = next_item(&shown);
        if (label && strcmp(label, item) == 0)
            found = xstrdup(code);
        free(label);
    }
    return found;
}

static void add_item(struct buf *list, const char *comma, const char *item)
{
    buf_fmt(list, "%s%s", list->len ? comma : "", item);
}

static void say_several(struct form_field *ff, const char *word, const struct offers *o)
{
    struct buf text = {0};
    buf_fmt(&text, "\"%s\" may be ", word);
    for (size_t i = 0; i < o->n && i < 3; i++)
        buf_fmt(&text, "%s%s", i ? ", " : "", o->rows[i].label);
    buf_fmt(&text, "%s; type more, or choose with the Right key", o->n > 3 ? " or others" : "");
    form_put(&ff->wrong, buf_text(&text));
    buf_free(&text);
}

/* Nothing in the store's list begins like the word, and the list was read: it cannot be meant. An ODS code may be of a place
 * that is not on the list, so it stands for itself; a closed list's words are told with its table. */
static bool is_in_no_list(const struct form *f, const struct field *field, const struct offers *o)
{
    return o->n == 0 && has_set(field) && field->kind != FIELD_ODS && !(f->problem && *f->problem);
}

/* Adds what a typed word means to both lists. */
static bool read_word(struct form *f, struct form_field *ff, const char *word, struct buf *shown, struct buf *value)
{
    struct offers o = {.picked = -1};
    char *held = form_has_several(ff->field) ? code_held(&ff->meaning, word) : NULL;
    if (!held)
        find_offers(f, ff->field, word, &o);
    const struct offer *offer = meant(&o, word);
    bool ok = held || offer || (o.n == 0 && !is_in_no_list(f, ff->field, &o));
    if (!ok && o.n)
        say_several(ff, word, &o);
    else if (!held && !offer)
        form_put(&ff->wrong, "nothing in the list begins so; empty it and press Right to see what there is");
    add_item(shown, ", ", offer ? shown_as(ff->field, offer->code, offer->label) : word);
    add_item(value, ",", held ? held : offer ? offer->code : word);
    form_offers_clear(&o);
    free(held);
    return ok;
}

/* The engine names the codes of a closed list; here its labels are what is seen. */
void form_say_labels(struct form_field *ff)
{
    static const char head[] = " is not one of: ";
    const struct choice *table = table_of(ff->field);
    const char *at = table ? strstr(ff->wrong, head) : NULL;
    struct buf text = {0};
    if (!at)
        return;
    buf_add(&text, ff->wrong, (size_t)(at - ff->wrong) + strlen(head));
    for (const struct choice *c = table; c->code; c++)
        buf_fmt(&text, "%s%s", c == table ? "" : ", ", c->label);
    form_put(&ff->wrong, buf_text(&text));
    buf_free(&text);
}

bool form_offers_none(const struct form *f)
{
    const struct form_field *ff = form_focused(f);
    return ff && form_has_choices(ff->field) && ff->field->kind != FIELD_ODS && f->offers.open && !f->offers.n &&
           *editor_text(&ff->editor);
}

static void mean(struct form_field *ff, const char *shown, const char *value)
{
    editor_set(&ff->editor, shown);
    form_put(&ff->meaning.shown, editor_text(&ff->editor));
    form_put(&ff->meaning.value, value);
}

bool form_read_choice(struct form *f, struct form_field *ff)
{
    struct buf shown = {0}, value = {0};
    const char *rest = editor_text(&ff->editor);
    bool ok = true;
    if (form_is_as_meant(ff))
        return true;
    if (form_has_several(ff->field)) {
        for (char *item; ok && (item = next_item(&rest)); free(item))
            ok = read_word(f, ff, item, &shown, &value);
    } else {
        char *word = xstrdup(rest);
        text_trim(word);
        ok = read_word(f, ff, word, &shown, &value);
        free(word);
    }
    if (ok)
        mean(ff, buf_text(&shown), buf_text(&value));
    buf_free(&shown);
    buf_free(&value);
    return ok;
}

/* ---- at the keys */

/* What narrows: all of the text, or what stands behind the last comma; nothing once it has a meaning. */
static const char *word_in_hand(const struct form_field *ff)
{
    const char *text = editor_text(&ff->editor);
    const char *comma = form_has_several(ff->field) ? strrchr(text, ',') : NULL;
    if (form_is_as_meant(ff))
        return "";
    return comma ? comma + 1 + strspn(comma + 1, " ") : text;
}

/* What stands before the word in hand, as it is read now. */
static void take_before(struct form *f, struct form_field *ff, struct offers *o)
{
    struct buf shown = {0}, value = {0};
    const char *text = editor_text(&ff->editor);
    if (!form_has_several(ff->field))
        return;
    char *before = xstrndup(text, form_is_as_meant(ff) ? strlen(text) : (size_t)(word_in_hand(ff) - text));
    const char *rest = before;
    for (char *item; (item = next_item(&rest)); free(item))
        (void)read_word(f, ff, item, &shown, &value);
    form_put(&o->before.shown, buf_text(&shown));
    form_put(&o->before.value, buf_text(&value));
    form_put(&ff->wrong, "");
    buf_free(&shown);
    buf_free(&value);
    free(before);
}

void form_offer(struct form *f)
{
    struct form_field *ff = form_focused(f);
    struct offers *o = &f->offers;
    form_offers_clear(o);
    if (!ff || !form_has_choices(ff->field))
        return;
    find_offers(f, ff->field, word_in_hand(ff), o);
    take_before(f, ff, o);
    o->open = !form_is_as_meant(ff) || !*editor_text(&ff->editor);
    for (size_t i = 0; i < o->n && !form_has_several(ff->field) && form_is_as_meant(ff); i++)
        if (strcmp(o->rows[i].code, ff->meaning.value) == 0)
            o->picked = (long)i;
}

/* Puts the offer chosen by Right and Left in place of the word in hand; the offers stay as they were. */
static void pick(struct form *f, struct form_field *ff, int by)
{
    struct offers *o = &f->offers;
    struct buf shown = {0}, value = {0};
    if (o->n == 0)
        return;
    long n = (long)o->n;
    o->open = true;
    o->picked = o->picked < 0 ? (by > 0 ? 0 : n - 1) : (o->picked + by + n) % n;
    const struct offer *offer = &o->rows[o->picked];
    buf_str(&shown, o->before.shown ? o->before.shown : "");
    buf_str(&value, o->before.value ? o->before.value : "");
    add_item(&shown, ", ", shown_as(ff->field, offer->code, offer->label));
    add_item(&value, ",", offer->code);
    mean(ff, buf_text(&shown), buf_text(&value));
    form_put(&ff->wrong, "");
    buf_free(&shown);
    buf_free(&value);
}

/* Takes the last item of several away, or the one there is. */
static void take_away(struct form_field *ff)
{
    char *shown = xstrdup(ff->meaning.shown), *value = xstrdup(ff->meaning.value);
    char *last_shown = strrchr(shown, ','), *last_value = strrchr(value, ',');
    if (form_has_several(ff->field) && last_shown && last_value)
        *last_shown = *last_value = '\0';
    else
        *shown = *value = '\0';
    mean(ff, shown, value);
    free(shown);
    free(value);
}

static bool is_printable(int32_t key)
{
    return key >= ' ' && key != PRESS_RUBOUT && key < PRESS_UP;
}

/* A chosen label is one thing: typing replaces it (or goes on behind it where several can stand). */
static void type_over(struct form_field *ff, int32_t key)
{
    if (!form_has_several(ff->field))
        editor_set(&ff->editor, "");
    else if (*editor_text(&ff->editor))
        (void)editor_paste(&ff->editor, ", ", 2);
    if (!(form_has_several(ff->field) && (key == ',' || key == ' ')))
        (void)editor_key(&ff->editor, key);
}

/* y and n answer at once; the rest of "yes" and "no" typed out changes nothing. */
static void answer(struct form *f, struct form_field *ff, int32_t key)
{
    if (key == 'y' || key == 'Y' || key == '1')
        mean(ff, "yes", "yes");
    else if (key == 'n' || key == 'N' || key == '0')
        mean(ff, "no", "no");
    form_offer(f);
}

bool form_choice_key(struct form *f, int32_t key)
{
    struct form_field *ff = form_focused(f);
    bool chosen = form_is_as_meant(ff) && *editor_text(&ff->editor);
    if (key == PRESS_RIGHT || key == PRESS_LEFT) {
        pick(f, ff, key == PRESS_RIGHT ? 1 : -1);
        return true;
    }
    if (is_printable(key) && ff->field->kind == FIELD_FLAG)
        answer(f, ff, key);
    else if (is_printable(key) && chosen)
        type_over(ff, key);
    else if (chosen && (key == PRESS_RUBOUT || key == CTRL('h')))
        take_away(ff);
    else
        return false;
    form_put(&ff->wrong, "");
    form_put(&ff->read_as, "");
    form_offer(f);
    return true;
}
