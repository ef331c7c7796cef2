// Tiles of 12 rows by two registers of sixteen, with AVX-512 and its byte products (VNNI).
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma"))), apply_to = function)

#define LANES 16
#define TILE_ROWS 12
#define BYTE_TILE_ROWS 12
#define TILE_VECTORS 2
#define SUFFIX(x) x##_avx512
#define BYTES_HEADER "bytes_avx512.h"

#include "matmul_tiles.h"

#pragma clang attribute pop
#endif
