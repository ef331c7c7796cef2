// Unsigned bytes times signed ones, four products to a sum, in one instruction (VNNI).

#include "bytes_as_they_are.h"

#define OFFSET 0

INLINE four load_four(const tile_input *at) {
    int32_t bytes;
    __builtin_memcpy(&bytes, at, 4);
    return bytes - (ivec){0};
}

INLINE ivec dot(ivec sum, four x, weights w) {
    return (ivec)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)x, (__m512i)w);
}
