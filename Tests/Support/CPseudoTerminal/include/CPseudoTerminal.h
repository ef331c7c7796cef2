// A pseudo-terminal for tests: what Swift cannot call on Linux.
#ifndef LONGHAND_CPSEUDOTERMINAL_H
#define LONGHAND_CPSEUDOTERMINAL_H
#include <sys/types.h>

/// Starts a program in a pseudo-terminal of its own. Returns the terminal's descriptor, or -1.
int lh_pty_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *directory, int rows,
    int columns, pid_t *child);
int lh_pty_resize(int descriptor, int rows, int columns);
#endif
