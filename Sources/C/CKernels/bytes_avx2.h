// AVX2's product of bytes adds two of them in sixteen bits, where they don't fit. So bytes are made
// sixteen bits wide first, and one instruction multiplies two by two and adds in thirty-two. It does as many
// products a cycle as the one for bytes and its correction would.

typedef int16_t tile_input;
// Numbers 0 and 2 of four, and 1 and 3, which is how weights come apart without a shuffle.
typedef struct {
    __m256i even, odd;
} four;
typedef four weights;

#define OFFSET 128

INLINE void prepare(const uint8_t *from, tile_input *to, size_t count) {
    const __m128i order =
        _mm_setr_epi8(0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15);
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m128i bytes = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(from + i)), order);
        _mm256_storeu_si256((__m256i *)(to + i), _mm256_sub_epi16(_mm256_cvtepu8_epi16(bytes),
                                                                  _mm256_set1_epi16(OFFSET)));
    }
    for (; i < count; i += 4) {
        to[i] = (int16_t)(from[i] - OFFSET);
        to[i + 1] = (int16_t)(from[i + 2] - OFFSET);
        to[i + 2] = (int16_t)(from[i + 1] - OFFSET);
        to[i + 3] = (int16_t)(from[i + 3] - OFFSET);
    }
}

INLINE four load_four(const tile_input *at) {
    int32_t even, odd;
    __builtin_memcpy(&even, at, 4);
    __builtin_memcpy(&odd, at + 2, 4);
    return (four){_mm256_set1_epi32(even), _mm256_set1_epi32(odd)};
}

INLINE weights load_weights(ivec bytes) {
    __m256i all = (__m256i)bytes;
    return (weights){_mm256_srai_epi16(_mm256_slli_epi16(all, 8), 8), _mm256_srai_epi16(all, 8)};
}

INLINE ivec dot(ivec sum, four x, weights w) {
    sum += (ivec)_mm256_madd_epi16(x.even, w.even);
    return sum + (ivec)_mm256_madd_epi16(x.odd, w.odd);
}
