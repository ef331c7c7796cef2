// Curses for Swift: typed wrappers for what it cannot import (macros, variadics, globals), and the
// handlers that give the terminal back when the program dies.
#ifndef LONGHAND_CNCURSES_H
#define LONGHAND_CNCURSES_H

#include <stddef.h>

/// Starts curses on standard input and output. Unlike initscr it returns instead of exiting.
/// Returns 0, or -1 where TERM names no usable terminal.
int lh_curses_start(void);
void lh_curses_end(void);
void lh_curses_resume(void);
void lh_curses_resize(int rows, int columns);
int lh_curses_colors(void);
/// The colour pair of a foreground and a background, -1 for the terminal's own.
int lh_curses_pair(int foreground, int background);

enum {
    LH_BOLD = 1,
    LH_ITALIC = 2,
    LH_UNDERLINE = 4,
    LH_REVERSE = 8,
    LH_DIM = 16,
    /// Sent as "invisible", for whoever takes what is sent and makes a wavy underline of it.
    LH_CURLY = 32,
};

/// Puts one cell: up to five code points, NUL-terminated, in the style given.
void lh_curses_put(int y, int x, const wchar_t *text, int pair, int attributes);
/// The same for a single code point.
void lh_curses_put_one(int y, int x, wchar_t character, int pair, int attributes);
/// The cells that the C library gives to a character, by which curses goes; -1 for one it doesn't know.
int lh_curses_width(wchar_t character);
/// Sends what changed. y < 0 hides the cursor.
void lh_curses_refresh(int y, int x);
void lh_curses_redraw(void);

/// From now on what refreshing sends is kept, for lh_take_sent. Returns 0, or -1 where that can't be done.
int lh_keep_sent(void);
/// What the last refresh would have sent; `length` bytes that stay until the next one.
const unsigned char *lh_take_sent(size_t *length);

/// Whether ESC 7 and ESC 8 remember the cursor's place and look.
int lh_curses_saves_place(void);

/// Chooses a UTF-8 locale, C.UTF-8 where the environment names none. Returns 0 where there is none.
int lh_use_utf8_locale(void);

/// Remembers how the terminal is now, and gives it back that way if the program crashes. `restore` is
/// what to write then, and is copied.
void lh_guard_terminal(const char *restore);
/// Where that is written, when it isn't standard output.
void lh_guard_descriptor(int descriptor);
/// The crash handlers have nothing to give back any more.
void lh_unguard_terminal(void);

/// A pipe whose reading end is readable after a signal; the byte read is its number.
int lh_signal_pipe(void);

#endif
