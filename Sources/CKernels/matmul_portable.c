// Tiles of registers of four floats, which every machine has: SSE2, NEON, or what the compiler makes.

#define LANES 4
#define TILE_ROWS 6
#define BYTE_TILE_ROWS 4
#define TILE_VECTORS 2
#define SUFFIX(x) x##_portable

#if defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>
#define DOT4(s, a, b, m) ((ivec)vdotq_s32((int32x4_t)(s), (int8x16_t)(a), (int8x16_t)(b)))
#else
#define DOT4(s, a, b, m) dot4(s, a, b)

typedef int dot4_sums __attribute__((vector_size(16)));
typedef signed char dot4_bytes __attribute__((vector_size(16)));
typedef short dot4_products __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) dot4_sums dot4(dot4_sums sum, dot4_sums a, dot4_sums b) {
    // Two products of signed bytes fit in sixteen bits, four don't.
    dot4_products p = __builtin_convertvector((dot4_bytes)a, dot4_products) *
                      __builtin_convertvector((dot4_bytes)b, dot4_products);
    __auto_type pairs = __builtin_shufflevector(p, p, 0, 2, 4, 6, 8, 10, 12, 14) +
                        __builtin_shufflevector(p, p, 1, 3, 5, 7, 9, 11, 13, 15);
    return sum +
           __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 0, 2, 4, 6), dot4_sums) +
           __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 1, 3, 5, 7), dot4_sums);
}
#endif
#define MAGNITUDE(b) (b)
#define FOUR(x) ((x) ^ (int32_t)0x80808080)
#define OFFSET 128

#include "matmul_tiles.h"
