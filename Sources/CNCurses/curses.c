#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include "CNCurses.h"

#include <curses.h>

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static SCREEN *screen;

int lh_use_utf8_locale(void) {
    setlocale(LC_ALL, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    if (setlocale(LC_CTYPE, "C.UTF-8") || setlocale(LC_CTYPE, "en_US.UTF-8")) return 1;
    return 0;
}

int lh_curses_start(void) {
    screen = newterm(NULL, stdout, stdin);
    if (!screen) return -1;
    set_term(screen);
    raw();
    noecho();
    nonl();
    // Input is decoded by the program; curses only paints.
    typeahead(-1);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return 0;
}

void lh_curses_end(void) { endwin(); }

void lh_curses_resume(void) {
    refresh();
    clearok(stdscr, TRUE);
}

void lh_curses_resize(int rows, int columns) {
    resizeterm(rows, columns);
    erase();
    clearok(stdscr, TRUE);
}

int lh_curses_colors(void) { return has_colors() ? COLORS : 0; }

int lh_curses_pair(int foreground, int background) {
    int pair = alloc_pair(foreground, background);
    return pair < 0 ? 0 : pair;
}

void lh_curses_put(int y, int x, const wchar_t *text, int pair, int attributes) {
    attr_t attr = A_NORMAL;
    if (attributes & LH_BOLD) attr |= A_BOLD;
    if (attributes & LH_ITALIC) attr |= A_ITALIC;
    if (attributes & LH_UNDERLINE) attr |= A_UNDERLINE;
    if (attributes & LH_REVERSE) attr |= A_REVERSE;
    if (attributes & LH_DIM) attr |= A_DIM;
    cchar_t cell;
    if (setcchar(&cell, text, attr, 0, &pair) == ERR) {
        static const wchar_t replacement[] = {0xFFFD, 0};
        setcchar(&cell, replacement, attr, 0, &pair);
    }
    mvadd_wch(y, x, &cell);
}

void lh_curses_refresh(int y, int x) {
    if (y < 0) {
        curs_set(0);
    } else {
        move(y, x);
        curs_set(1);
    }
    refresh();
}

void lh_curses_redraw(void) { clearok(stdscr, TRUE); }
