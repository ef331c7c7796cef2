// Tiles of 6 rows by two registers of eight, with AVX2 and FMA.
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define TILE_ROWS 6
#define BYTE_TILE_ROWS 4
#define TILE_VECTORS 2
#define SUFFIX(x) x##_avx2
#define BYTES_HEADER "bytes_avx2.h"

#include "matmul_tiles.h"

#pragma clang attribute pop
#endif
