// What must still work when nothing else does: the terminal's modes and screen are given back by a
// signal handler that calls only what is safe there.
#define _GNU_SOURCE 1
#include "CNCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved_modes;
static char restore_sequence[256];
static volatile sig_atomic_t guarded;
static int guarded_descriptor = STDOUT_FILENO;
static int pipe_ends[2] = {-1, -1};

static void give_back(void) {
    if (!guarded) return;
    guarded = 0;
    ssize_t ignored = write(guarded_descriptor, restore_sequence, strlen(restore_sequence));
    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
}

static void on_crash(int number) {
    give_back();
    // The handler was reset on entry, so this ends the program as the signal would have.
    raise(number);
}

static void on_signal(int number) {
    int error = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(pipe_ends[1], &byte, 1);
    (void)ignored;
    errno = error;
}

void lh_guard_terminal(const char *restore) {
    strncpy(restore_sequence, restore, sizeof restore_sequence - 1);
    if (tcgetattr(STDIN_FILENO, &saved_modes) != 0) return;
    guarded = 1;
    // A stack of its own: the crash may be a stack that is full.
    static char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack, .ss_flags = 0};
    sigaltstack(&alternate, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_crash;
    action.sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
    const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, NULL);
    // exit() from anywhere gives the terminal back too.
    atexit(give_back);
}

void lh_guard_descriptor(int descriptor) { guarded_descriptor = descriptor; }

void lh_unguard_terminal(void) { guarded = 0; }

int lh_signal_pipe(void) {
    if (pipe_ends[0] >= 0) return pipe_ends[0];
    if (pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return pipe_ends[0];
}
