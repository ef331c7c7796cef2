// Tiles of registers of four floats, which every machine has: SSE2, NEON, or what the compiler makes.

#if defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>
#endif

#define LANES 4
#define TILE_ROWS 6
#define BYTE_TILE_ROWS 4
#define TILE_VECTORS 2
#define SUFFIX(x) x##_portable
#define BYTES_HEADER "bytes_portable.h"

#include "matmul_tiles.h"
