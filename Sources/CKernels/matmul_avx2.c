// Tiles of 6 rows by two registers of eight, with AVX2 and FMA.
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define TILE_ROWS 6
#define BYTE_TILE_ROWS 4
#define TILE_VECTORS 2
#define SUFFIX(x) x##_avx2
// AVX2 multiplies unsigned bytes with signed ones and adds two products in sixteen bits, where they
// saturate when both are large. So the input is made signed, -127...127, and its sign goes over to it
// from the weight, whose magnitude is the unsigned factor: two products are at most 2 * 127 * 127.
#define DOT4(s, a, b, m) \
    ((s) + (ivec)_mm256_madd_epi16( \
               _mm256_maddubs_epi16((__m256i)(m), _mm256_sign_epi8((__m256i)(a), (__m256i)(b))), \
               _mm256_set1_epi16(1)))
#define MAGNITUDE(b) ((ivec)_mm256_abs_epi8((__m256i)(b)))
#define FOUR(x) ((x) ^ (int32_t)0x80808080)
#define OFFSET 128

#include "matmul_tiles.h"

#pragma clang attribute pop
#endif
