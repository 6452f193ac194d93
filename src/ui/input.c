/* SPDX-License-Identifier: MIT
 *
 * Bytes into keys and pastes (see input.h).
 */
#include "input.h"

#include <string.h>

#include <unistr.h>

#define ESC 27
#define BEL 7
#define SEQUENCE_MOST 4096 /* a sequence that does not end by then is none */
#define ESC_MS 25          /* Esc alone is told from the beginning of a sequence */
#define SEQUENCE_MS 250    /* a sequence that has begun: its packets may come apart on a slow line */
#define PASTE_MS 1000

#define PASTE_BEGINS (-1) /* in the table of keys */
#define PASTE_ENDS "\033[201~"

/* What terminals send, whatever their terminfo says: with and without application mode, and the linux console.
 * Modifiers (CSI 1;5A) are taken off before it is looked up. */
static const struct {
    const char *bytes; /* after ESC */
    int32_t key;
} known[] = {
    {"[A", PRESS_UP},         {"OA", PRESS_UP},         {"[B", PRESS_DOWN},      {"OB", PRESS_DOWN},
    {"[C", PRESS_RIGHT},      {"OC", PRESS_RIGHT},      {"[D", PRESS_LEFT},      {"OD", PRESS_LEFT},
    {"[H", PRESS_HOME},       {"OH", PRESS_HOME},       {"[1~", PRESS_HOME},     {"[7~", PRESS_HOME},
    {"[F", PRESS_END},        {"OF", PRESS_END},        {"[4~", PRESS_END},      {"[8~", PRESS_END},
    {"[5~", PRESS_PAGE_UP},   {"[6~", PRESS_PAGE_DOWN}, {"[3~", PRESS_DELETE},   {"[Z", PRESS_BACKTAB},
    {"OP", PRESS_HELP},       {"[11~", PRESS_HELP},     {"[[A", PRESS_HELP},     {"[21~", PRESS_QUIT},
    {"OM", PRESS_ENTER},      {"[200~", PASTE_BEGINS},
    /* the keypad in application mode */
    {"Oj", '*'}, {"Ok", '+'}, {"Ol", ','}, {"Om", '-'}, {"On", '.'}, {"Oo", '/'}, {"Op", '0'}, {"Oq", '1'}, {"Or", '2'},
    {"Os", '3'}, {"Ot", '4'}, {"Ou", '5'}, {"Ov", '6'}, {"Ow", '7'}, {"Ox", '8'}, {"Oy", '9'}, {"OX", '='},
};

void input_free(struct input *in)
{
    buf_free(&in->bytes);
    buf_free(&in->paste);
    *in = (struct input){0};
}

void input_define(struct input *in, const char *bytes, int32_t key)
{
    size_t n = strlen(bytes);
    struct input_sequence *own = &in->defined[in->n_defined];
    if (bytes[0] != ESC || n < 2 || n >= sizeof own->bytes || in->n_defined == INPUT_DEFINED)
        return;
    memcpy(own->bytes, bytes, n + 1);
    own->key = key;
    in->n_defined++;
}

void input_add(struct input *in, const char *bytes, size_t n)
{
    if (in->at) {
        in->bytes.len -= in->at;
        memmove(in->bytes.data, in->bytes.data + in->at, in->bytes.len);
        in->at = 0;
    }
    buf_add(&in->bytes, bytes, n);
}

static const uint8_t *rest(const struct input *in, size_t *n)
{
    *n = in->bytes.len - in->at;
    return *n ? (const uint8_t *)in->bytes.data + in->at : NULL;
}

/* ---- sequences: how long is the one at s (s[0] is ESC); 0: its end has not come */

/* From `at` parameter bytes, then one final byte; anything else breaks it off before it. */
static size_t to_final(const uint8_t *s, size_t n, size_t at)
{
    while (at < n && s[at] >= 0x20 && s[at] <= 0x3F)
        at++;
    if (at == n)
        return 0;
    return s[at] >= 0x40 && s[at] <= 0x7E ? at + 1 : at;
}

static size_t csi_length(const uint8_t *s, size_t n)
{
    if (n > 2 && s[2] == '[') /* function keys of the linux console */
        return n < 4 ? 0 : 4;
    size_t length = to_final(s, n, 2);
    if (length == 3 && s[2] == 'M') /* an old mouse report: three bytes of any kind follow */
        return n < 6 ? 0 : 6;
    return length;
}

/* A string ends with BEL or ESC backslash; another ESC breaks it off. */
static size_t string_length(const uint8_t *s, size_t n)
{
    for (size_t i = 2; i < n; i++) {
        if (s[i] == BEL)
            return i + 1;
        if (s[i] == ESC)
            return i + 1 == n ? 0 : s[i + 1] == '\\' ? i + 2 : i;
    }
    return 0;
}

/* A character's bytes; 0: it has only begun. What is no UTF-8 is one character a byte. */
static size_t character(const uint8_t *s, size_t n, ucs4_t *u)
{
    int used = u8_mbtoucr(u, s, n);
    if (used == -2)
        return 0;
    if (used < 1) {
        *u = 0xFFFD;
        return 1;
    }
    return (size_t)used;
}

static size_t sequence_length(const struct input *in, const uint8_t *s, size_t n)
{
    ucs4_t u;
    if (n < 2)
        return 0;
    for (size_t i = 0; i < in->n_defined; i++) {
        size_t own = strlen(in->defined[i].bytes);
        if (memcmp(in->defined[i].bytes, s, n < own ? n : own) == 0)
            return n < own ? 0 : own;
    }
    switch (s[1]) {
    case ESC: return 1; /* Esc, and then something else */
    case '[': return csi_length(s, n);
    case 'N':
    case 'O': return to_final(s, n, 2);
    case 'P': case ']': case 'X': case '^': case '_': return string_length(s, n);
    default: { /* with Alt */
        size_t more = character(s + 1, n - 1, &u);
        return more ? 1 + more : 0;
    }
    }
}

/* Takes a modifier out of the bytes after ESC: CSI 1;5A is CSI A, CSI 3;2~ is CSI 3~, SS3 5A is SS3 A. */
static void drop_modifier(char *s)
{
    size_t n = strlen(s), digits = n > 1 ? strspn(s + 1, "0123456789") : 0;
    if (n < 3 || (*s != '[' && *s != 'O') || strspn(s + 1, "0123456789;") != n - 2)
        return;
    size_t kept = 1 + (s[n - 1] == '~' ? digits : 0);
    s[kept] = s[n - 1];
    s[kept + 1] = '\0';
}

static int32_t key_of(const struct input *in, const uint8_t *s, size_t n)
{
    char name[16];
    for (size_t i = 0; i < in->n_defined; i++)
        if (strlen(in->defined[i].bytes) == n && memcmp(in->defined[i].bytes, s, n) == 0)
            return in->defined[i].key;
    if (n < 2 || n > sizeof name)
        return n == 1 ? PRESS_ESC : PRESS_NONE;
    memcpy(name, s + 1, n - 1);
    name[n - 1] = '\0';
    drop_modifier(name);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].bytes, name) == 0)
            return known[i].key;
    return PRESS_NONE;
}

/* ---- pastes */

/* True when the paste is whole. */
static bool paste_on(struct input *in, bool silence)
{
    enum { MARK = sizeof PASTE_ENDS - 1 };
    size_t n;
    const uint8_t *s = rest(in, &n);
    const uint8_t *end = n ? memmem(s, n, PASTE_ENDS, MARK) : NULL;
    size_t text = end ? (size_t)(end - s) : silence || n < MARK ? n : n - MARK + 1;
    if (!end && !silence && n < MARK)
        return false;
    size_t room = INPUT_PASTE_MOST - in->paste.len;
    if (text)
        buf_add(&in->paste, (const char *)s, text < room ? text : room);
    in->at += text + (end ? MARK : 0);
    return end || silence;
}

static bool next_paste(struct input *in, bool silence, struct event *ev)
{
    if (!paste_on(in, silence))
        return false;
    in->pasting = false;
    in->pasted = true;
    *ev = (struct event){.kind = EVENT_PASTE, .paste = buf_text(&in->paste), .length = in->paste.len};
    return true;
}

/* ---- events */

static int32_t key_of_character(ucs4_t u)
{
    if (u == 8)
        return PRESS_RUBOUT;
    return u == 0 || (u >= 0x80 && u < 0xA0) ? PRESS_NONE : (int32_t)u;
}

/* The length of what stands at s, and its key; 0: it has only begun. */
static size_t take(const struct input *in, const uint8_t *s, size_t n, int32_t *key)
{
    ucs4_t u;
    if (s[0] == ESC) {
        size_t length = sequence_length(in, s, n);
        if (length)
            *key = key_of(in, s, length);
        return length;
    }
    size_t length = character(s, n, &u);
    *key = key_of_character(u);
    return length;
}

/* What has begun and was not ended: Esc itself, a broken character, a sequence that is none. */
static int32_t unfinished(const uint8_t *s, size_t n)
{
    return s[0] != ESC ? 0xFFFD : n == 1 ? PRESS_ESC : PRESS_NONE;
}

bool input_next(struct input *in, bool silence, struct event *ev)
{
    size_t n, length;
    int32_t key = PRESS_NONE;
    if (in->pasted) { /* it has been heard; it may have been a secret or very long */
        if (in->paste.data)
            explicit_bzero(in->paste.data, in->paste.cap);
        buf_free(&in->paste);
        in->pasted = false;
    }
    if (in->pasting)
        return next_paste(in, silence, ev);
    const uint8_t *s = rest(in, &n);
    if (!s)
        return false;
    length = take(in, s, n, &key);
    if (!length) {
        if (!silence && n < SEQUENCE_MOST)
            return false;
        key = unfinished(s, n);
        length = n;
    }
    in->at += length;
    if (key == PASTE_BEGINS) {
        in->pasting = true;
        return next_paste(in, false, ev);
    }
    *ev = (struct event){.kind = EVENT_KEY, .key = key};
    return true;
}

int input_patience(const struct input *in)
{
    size_t n;
    const uint8_t *s = rest(in, &n);
    if (in->pasting)
        return PASTE_MS;
    if (!s)
        return -1;
    return s[0] == ESC && n > 1 ? SEQUENCE_MS : ESC_MS;
}
