/* SPDX-License-Identifier: MIT
 *
 * The floor under the desk: a list of a million rows in bare ncurses, which
 * reads nothing and knows nothing. Header, rows, status and footer fill as
 * many cells as the desk's own; a cursor move touches what it must. Keys: j k
 * and arrows, PgUp PgDn, Home End; q leaves. Like any plain program it draws
 * after every key, waiting or not.
 */
#include <ncurses.h>
#include <locale.h>

enum { LIST = 1000000, AROUND = 4 /* header, heads, status, footer */ };

struct list {
    long top, at;
    int shown;
};

static void draw_row(int y, long i, bool selected)
{
    attrset(selected ? A_BOLD : A_NORMAL);
    mvprintw(y, 0, " R-%07ld", i);
    attrset(A_NORMAL);
    mvprintw(y, 10, "  Person Name%-12ld  %04ld-%02ld-%02ld  %-12s  %-16s  w%03ld  %3ld days  needs %ld",
             i * 7919 % 100000, 1930 + i * 31 % 70, 1 + i % 12, 1 + i % 28, i % 2 ? "active" : "waiting",
             i % 3 ? "broughton" : "swinton", i % 240, i % 400, i % 20);
    clrtoeol();
}

static void draw(const struct list *l)
{
    erase();
    attrset(A_REVERSE);
    mvprintw(0, 0, " Floor   row %ld of %d", l->at + 1, LIST);
    hline(' ', COLS);
    attrset(A_BOLD);
    mvprintw(1, 0, " Ref        Name                    Born        State         Neighbourhood     Who   Quiet     Needs");
    for (int y = 0; y < l->shown; y++)
        draw_row(y + 2, l->top + y, l->top + y == l->at);
    attrset(A_DIM);
    mvprintw(LINES - 1, 1, "j down  k up  PgDn page  Home first  End last  q leave");
    move((int)(l->at - l->top) + 2, 1);
    refresh();
}

static void move_to(struct list *l, long at)
{
    l->at = at < 0 ? 0 : at >= LIST ? LIST - 1 : at;
    if (l->at < l->top)
        l->top = l->at;
    if (l->at >= l->top + l->shown)
        l->top = l->at - l->shown + 1;
}

static void page(struct list *l, int by)
{
    move_to(l, l->top + by * l->shown);
    l->top = l->at;
    if (l->top > LIST - l->shown)
        l->top = LIST - l->shown;
}

static bool on_key(struct list *l, int key)
{
    switch (key) {
    case 'q':
        return false;
    case 'j': case KEY_DOWN:
        move_to(l, l->at + 1);
        break;
    case 'k': case KEY_UP:
        move_to(l, l->at - 1);
        break;
    case KEY_NPAGE:
        page(l, 1);
        break;
    case KEY_PPAGE:
        page(l, -1);
        break;
    case KEY_HOME:
        move_to(l, 0);
        break;
    case KEY_END:
        move_to(l, LIST - 1);
        break;
    }
    return true;
}

int main(void)
{
    struct list l = {0};
    setlocale(LC_CTYPE, "C.UTF-8");
    initscr();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    do {
        l.shown = LINES - AROUND;
        draw(&l);
    } while (on_key(&l, getch()));
    endwin();
    return 0;
}
