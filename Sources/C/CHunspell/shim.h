#ifndef LONGHAND_CHUNSPELL_SHIM_H
#define LONGHAND_CHUNSPELL_SHIM_H

// The header is found by pkg-config's flags; its C functions need no wrappers.
#include <hunspell.h>

#endif
