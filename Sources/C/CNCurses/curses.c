#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include "CNCurses.h"

#include <curses.h>
// term.h makes macros of words like "columns".
extern char *tigetstr(const char *);

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

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

// Curses writes to standard output's descriptor. While it refreshes, that descriptor leads to a file in memory.
static int terminal = -1;
static int kept = -1;
static unsigned char *sent;
static size_t sent_room, sent_length;

int lh_keep_sent(void) {
    terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    kept = memfd_create("longhand-screen", MFD_CLOEXEC);
    if (terminal < 0 || kept < 0) {
        if (terminal >= 0) close(terminal);
        if (kept >= 0) close(kept);
        terminal = kept = -1;
        return -1;
    }
    lh_guard_descriptor(terminal);
    return 0;
}

const unsigned char *lh_take_sent(size_t *length) {
    *length = sent_length;
    sent_length = 0;
    return sent;
}

static void send_screen(void) {
    if (kept < 0) {
        refresh();
        return;
    }
    if (dup2(kept, STDOUT_FILENO) < 0) return;
    refresh();
    dup2(terminal, STDOUT_FILENO);
    off_t size = lseek(kept, 0, SEEK_CUR);
    sent_length = 0;
    if (size > 0) {
        if ((size_t)size > sent_room) {
            unsigned char *larger = realloc(sent, (size_t)size);
            if (larger) {
                sent = larger;
                sent_room = (size_t)size;
            }
        }
        ssize_t count = pread(kept, sent, (size_t)size < sent_room ? (size_t)size : sent_room, 0);
        if (count > 0) sent_length = (size_t)count;
    }
    lseek(kept, 0, SEEK_SET);
}

void lh_curses_resume(void) {
    if (kept >= 0) {
        // The next refresh, whose bytes are taken, does the rest.
        reset_prog_mode();
        clearok(stdscr, TRUE);
        return;
    }
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
    if (attributes & LH_CURLY) attr |= A_INVIS;
    cchar_t cell;
    if (setcchar(&cell, text, attr, 0, &pair) == ERR) {
        static const wchar_t replacement[] = {0xFFFD, 0};
        setcchar(&cell, replacement, attr, 0, &pair);
    }
    mvadd_wch(y, x, &cell);
}

void lh_curses_put_one(int y, int x, wchar_t character, int pair, int attributes) {
    const wchar_t text[] = {character, 0};
    lh_curses_put(y, x, text, pair, attributes);
}

int lh_curses_width(wchar_t character) { return wcwidth(character); }

int lh_curses_saves_place(void) {
    const char *save = tigetstr("sc"), *restore = tigetstr("rc");
    if (!save || !restore || save == (char *)-1 || restore == (char *)-1) return 0;
    return strcmp(save, "\0337") == 0 && strcmp(restore, "\0338") == 0;
}

void lh_curses_refresh(int y, int x) {
    if (y < 0) {
        curs_set(0);
    } else {
        move(y, x);
        curs_set(1);
    }
    send_screen();
}

void lh_curses_redraw(void) { clearok(stdscr, TRUE); }
