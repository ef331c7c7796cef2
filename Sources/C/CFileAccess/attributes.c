#define _GNU_SOURCE
#include "include/CFileAccess.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

#if defined(__APPLE__)
#define LIST(fd, names, size) flistxattr(fd, names, size, 0)
#define GET(fd, name, value, size) fgetxattr(fd, name, value, size, 0, 0)
#define SET(fd, name, value, size) fsetxattr(fd, name, value, size, 0, 0)
#else
#define LIST(fd, names, size) flistxattr(fd, names, size)
#define GET(fd, name, value, size) fgetxattr(fd, name, value, size)
#define SET(fd, name, value, size) fsetxattr(fd, name, value, size, 0)
#endif

// No attribute is larger, nor all names of a file's together.
enum { LARGEST = 65536 };

static int copy_attribute(int from, int to, const char *name, char *value, char *there) {
    ssize_t size = GET(from, name, value, LARGEST);
    if (size < 0) return errno == ENODATA ? 0 : -1;
    ssize_t known = GET(to, name, there, LARGEST);
    // What the system gave the new file by itself needs no right to be given.
    if (known == size && memcmp(value, there, (size_t)size) == 0) return 0;
    return SET(to, name, value, (size_t)size);
}

int longhand_copy_attributes(int from, int to) {
    char *room = malloc(3 * LARGEST);
    if (room == NULL) return -1;
    char *names = room, *value = room + LARGEST, *there = room + 2 * LARGEST;
    ssize_t length = LIST(from, names, LARGEST);
    int result = 0;
    if (length < 0) {
        result = errno == ENOTSUP || errno == ENOSYS ? 0 : -1;
    } else {
        for (char *name = names; name < names + length && result == 0; name += strlen(name) + 1) {
            result = copy_attribute(from, to, name, value, there);
        }
    }
    int number = errno;
    free(room);
    errno = number;
    return result;
}
