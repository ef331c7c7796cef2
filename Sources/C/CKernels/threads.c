#define _GNU_SOURCE
#include "CKernels.h"

#include <sched.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/syscall.h>
#elif defined(__APPLE__)
#include <pthread/qos.h>
#endif

void lh_be_polite(void) {
#if defined(__linux__)
    // On Linux a thread has a nice value of its own.
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10);
#elif defined(__APPLE__)
    pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#endif
}

void lh_wait_a_moment(uint32_t times) {
    // The steps that a team shares take some ten microseconds, less than a sleep and a waking.
    if (times >= 2048) {
        sched_yield();
        return;
    }
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
