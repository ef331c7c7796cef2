// pipe2 is not among what the C library shows without asking.
#define _GNU_SOURCE
#include "CProcesses.h"

#include <fcntl.h>
#include <unistd.h>

int longhand_private_pipe(int ends[2]) {
#ifdef __APPLE__
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#else
    return pipe2(ends, O_CLOEXEC);
#endif
}
