/* SPDX-License-Identifier: MIT
 *
 * The key section of the manual, in roff, from the tables of commands.
 */
#include <stdio.h>

#include "desk.h"
#include "ui.h"

static void put(const char *text)
{
    struct buf roff = {0};
    text_roff(text, &roff);
    fputs(buf_text(&roff), stdout);
    buf_free(&roff);
}

static void put_commands(const struct command *commands)
{
    for (const struct command *c = commands; c && c->name; c++) {
        fputs(".TP\n\\fB", stdout);
        put(*c->keys ? c->keys : ":");
        fputs("\\fR  ", stdout);
        put(c->name);
        fputs("\n\\&", stdout);
        put(c->help);
        putchar('\n');
    }
}

static void put_screen(const struct screen_type *t)
{
    fputs(".SS ", stdout);
    put(t->title);
    putchar('\n');
    if (t->home)
        printf("Reached by \\fBg %s\\fR from anywhere. ", t->home);
    if (t->help) {
        fputs("\\&", stdout);
        put(t->help);
    }
    putchar('\n');
    put_commands(t->commands);
}

void ui_manual(void)
{
    puts(".SS Everywhere\nNames after a key are those that : knows; a : in place of a key means by name only.");
    put_commands(desk_commands);
    puts(".SS Wherever there are rows");
    put_commands(view_commands);
    for (size_t i = 0; screen_types[i]; i++)
        if (screen_types[i]->commands && screen_types[i]->commands->name)
            put_screen(screen_types[i]);
}
