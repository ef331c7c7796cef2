#define _GNU_SOURCE 1
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

int lh_pty_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *directory, int rows,
    int columns, pid_t *child) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int primary;
    pid_t pid = forkpty(&primary, NULL, NULL, &size);
    if (pid < 0) return -1;
    if (pid == 0) {
        // A worker thread of the test runner may block signals, which a program would inherit.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        if (chdir(directory) != 0) _exit(126);
        execve(program, arguments, environment);
        _exit(127);
    }
    fcntl(primary, F_SETFD, FD_CLOEXEC);
    *child = pid;
    return primary;
}

int lh_pty_resize(int descriptor, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(descriptor, TIOCSWINSZ, &size);
}
