// Signed bytes, with what the compiler has for vectors of sixteen of them.

#include "bytes_as_they_are.h"

#define OFFSET 128

INLINE four load_four(const tile_input *at) {
    int32_t bytes;
    __builtin_memcpy(&bytes, at, 4);
    return (bytes ^ (int32_t)0x80808080) - (ivec){0};
}

#if defined(__ARM_FEATURE_DOTPROD)
INLINE ivec dot(ivec sum, four x, weights w) {
    return (ivec)vdotq_s32((int32x4_t)sum, (int8x16_t)x, (int8x16_t)w);
}
#else
typedef signed char signed_bytes __attribute__((vector_size(16)));
typedef short products __attribute__((vector_size(32)));

INLINE ivec dot(ivec sum, four x, weights w) {
    // Two products of signed bytes fit in sixteen bits, four don't.
    products p = __builtin_convertvector((signed_bytes)x, products) *
                 __builtin_convertvector((signed_bytes)w, products);
    __auto_type pairs = __builtin_shufflevector(p, p, 0, 2, 4, 6, 8, 10, 12, 14) +
                        __builtin_shufflevector(p, p, 1, 3, 5, 7, 9, 11, 13, 15);
    return sum + __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 0, 2, 4, 6), ivec) +
           __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 1, 3, 5, 7), ivec);
}
#endif
