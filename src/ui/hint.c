/* SPDX-License-Identifier: MIT
 *
 * Steps named by the engine, in the desk's way of saying them (see hint.h).
 */
#include "hint.h"

#include <ctype.h>
#include <string.h>

#include "onward/session.h"

#define PROGRAM "onward "
#define WORDS_MOST 3 /* of a verb's name */

/* Length of the word at s: letters and hyphens of a verb's name. */
static size_t name_word(const char *s)
{
    return strspn(s, "abcdefghijklmnopqrstuvwxyz-");
}

/* How much of s is the name of a verb, the longest one; 0 none. */
static size_t verb_name(const char *s)
{
    char name[64];
    size_t len = 0, found = 0;
    for (int i = 0; i < WORDS_MOST; i++) {
        size_t word = name_word(s + len);
        if (!word || len + word >= sizeof name)
            break;
        len += word;
        memcpy(name, s, len);
        name[len] = '\0';
        if (verb_find(name))
            found = len;
        if (s[len] != ' ')
            break;
        len++;
    }
    return found;
}

/* How much of s, behind a verb's name, is its values: " HO-0000-0000 by=.. how=phone --need x ..". */
static size_t values(const char *s)
{
    size_t len = 0;
    while (s[len] == ' ') {
        size_t word = strcspn(s + len + 1, " `;,:)");
        const char *w = s + len + 1;
        bool value = memchr(w, '=', word) || text_starts(w, "..") || text_starts(w, "--") || text_starts(w, "REF") ||
                     (word >= 4 && isupper((unsigned char)w[0]) && isupper((unsigned char)w[1]) && w[2] == '-');
        if (!value)
            break;
        len += 1 + word;
        while (len && s[len - 1] == '.' && s[len] != ' ' && !text_starts(s + len - 2, "..")) /* the sentence's own full stop */
            len--;
    }
    return len;
}

/* The command that the screen offers for this verb; NULL none. */
static const struct command *command_of(const struct screen *on, const char *verb, size_t len)
{
    bool with_view = on && on->type->view && on->type->view(on);
    const struct command *c;
    for (size_t i = 0; on && (c = command_at(on->type, with_view, i)); i++) {
        const char *does = c->act ? c->act->form.verb : c->verb;
        if (does && strlen(does) == len && memcmp(does, verb, len) == 0 && desk_offers(on, c))
            return c;
    }
    return NULL;
}

static void say_step(const struct screen *on, const char *verb, size_t len, struct buf *out)
{
    const struct command *c = command_of(on, verb, len);
    if (c && *c->keys)
        buf_fmt(out, "%.*s (%s)", (int)strcspn(c->keys, " "), c->keys, c->name);
    else if (c)
        buf_fmt(out, ":%s", c->name);
    else
        buf_fmt(out, ":%.*s", (int)len, verb);
}

void hint_for_desk(const char *text, const struct screen *on, struct buf *out)
{
    for (const char *at; (at = strstr(text, PROGRAM)); text = at) {
        bool quoted = at > text && at[-1] == '`';
        const char *name = at + strlen(PROGRAM);
        size_t len = at > text && isalnum((unsigned char)at[-1]) ? 0 : verb_name(name);
        if (!len) {
            buf_add(out, text, (size_t)(name - text));
            at = name;
            continue;
        }
        buf_add(out, text, (size_t)(at - text) - quoted);
        say_step(on, name, len, out);
        at = name + len;
        if (quoted)
            at += strcspn(at, "`") + (strchr(at, '`') != NULL);
        else
            at += values(at);
    }
    buf_str(out, text);
}
