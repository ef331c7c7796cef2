#ifndef LONGHAND_CZLIB_SHIM_H
#define LONGHAND_CZLIB_SHIM_H

#include <zlib.h>

#endif
