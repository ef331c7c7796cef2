// Inner products of one row of bytes with many.
#include "vectorise.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

lh_rounding lh_round_vector(int8_t *out, size_t stride, const float *in, size_t count) {
    lh_rounding rounding = {0, 0, 0, 0};
    rounding.scale = lh_round_to_bytes(out, in, count);
    memset(out + count, 0, stride - count);
    float length = 0, loss = 0;
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        float near = (float)out[i] * rounding.scale;
        length += near * near;
        loss += (in[i] - near) * (in[i] - near);
        sum += out[i];
    }
    rounding.length = sqrtf(length);
    rounding.loss = sqrtf(loss);
    rounding.sum = sum;
    return rounding;
}

#define ROW(i) (bytes + (rows ? (size_t)rows[i] : first + (i)) * stride)

#if defined(__x86_64__)

// VNNI multiplies unsigned bytes by signed ones. The query's become unsigned by 128 more, which is taken off
// again by the sum of the row.
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
static void dots_avx512(const int8_t *bytes, size_t stride, const lh_rounding *rounding,
                        const int32_t *rows, size_t first, size_t count, const int8_t *query,
                        int32_t *out) {
    const __m512i offset = _mm512_set1_epi8((char)0x80);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const int8_t *a = ROW(i), *b = ROW(i + 1), *c = ROW(i + 2), *d = ROW(i + 3);
        __m512i sa = _mm512_setzero_si512(), sb = sa, sc = sa, sd = sa;
        for (size_t k = 0; k < stride; k += 64) {
            __m512i q = _mm512_xor_si512(_mm512_loadu_si512(query + k), offset);
            sa = _mm512_dpbusd_epi32(sa, q, _mm512_loadu_si512(a + k));
            sb = _mm512_dpbusd_epi32(sb, q, _mm512_loadu_si512(b + k));
            sc = _mm512_dpbusd_epi32(sc, q, _mm512_loadu_si512(c + k));
            sd = _mm512_dpbusd_epi32(sd, q, _mm512_loadu_si512(d + k));
        }
        out[i] = _mm512_reduce_add_epi32(sa);
        out[i + 1] = _mm512_reduce_add_epi32(sb);
        out[i + 2] = _mm512_reduce_add_epi32(sc);
        out[i + 3] = _mm512_reduce_add_epi32(sd);
    }
    for (; i < count; i++) {
        const int8_t *a = ROW(i);
        __m512i sum = _mm512_setzero_si512();
        for (size_t k = 0; k < stride; k += 64) {
            __m512i q = _mm512_xor_si512(_mm512_loadu_si512(query + k), offset);
            sum = _mm512_dpbusd_epi32(sum, q, _mm512_loadu_si512(a + k));
        }
        out[i] = _mm512_reduce_add_epi32(sum);
    }
    for (i = 0; i < count; i++) out[i] -= 128 * rounding[rows ? (size_t)rows[i] : first + i].sum;
}

__attribute__((target("avx2")))
static void dots_avx2(const int8_t *bytes, size_t stride, const int32_t *rows, size_t first,
                      size_t count, const int8_t *query, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = ROW(i);
        __m256i sum = _mm256_setzero_si256(), other = sum;
        for (size_t k = 0; k < stride; k += 32) {
            __m256i x = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + k)));
            __m256i y = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(query + k)));
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(x, y));
            x = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + k + 16)));
            y = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(query + k + 16)));
            other = _mm256_add_epi32(other, _mm256_madd_epi16(x, y));
        }
        sum = _mm256_add_epi32(sum, other);
        __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
        out[i] = _mm_cvtsi128_si32(half);
    }
}

#endif

static void dots_portable(const int8_t *bytes, size_t stride, const int32_t *rows, size_t first,
                          size_t count, const int8_t *query, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = ROW(i);
        int32_t sum = 0;
        for (size_t k = 0; k < stride; k++) sum += (int16_t)row[k] * (int16_t)query[k];
        out[i] = sum;
    }
}

void lh_dot_rows(lh_machine machine, const int8_t *bytes, size_t stride,
                 const lh_rounding *rounding, const int32_t *rows, size_t first, size_t count,
                 const int8_t *query, int32_t *out) {
    switch (machine) {
#if defined(__x86_64__)
    case LH_AVX512: dots_avx512(bytes, stride, rounding, rows, first, count, query, out); return;
    case LH_AVX2: dots_avx2(bytes, stride, rows, first, count, query, out); return;
#endif
    default: dots_portable(bytes, stride, rows, first, count, query, out);
    }
}

MULTIVERSION
uint64_t lh_checksum(const void *bytes, size_t count) {
    enum { lanes_count = 8 };
    uint64_t plain[lanes_count] = {0}, weighted[lanes_count] = {0};
    const uint8_t *at = bytes;
    size_t whole = count / (8 * lanes_count);
    for (size_t i = 0; i < whole; i++, at += 8 * lanes_count) {
        uint64_t words[lanes_count];
        memcpy(words, at, sizeof words);
        for (int l = 0; l < lanes_count; l++) {
            plain[l] += words[l];
            weighted[l] += plain[l];
        }
    }
    uint8_t rest[8 * lanes_count] = {0};
    size_t left = count - whole * sizeof rest;
    if (left) memcpy(rest, at, left);
    uint64_t words[lanes_count], sum = count;
    memcpy(words, rest, sizeof words);
    for (int l = 0; l < lanes_count; l++) {
        plain[l] += words[l];
        weighted[l] += plain[l];
        sum = (sum ^ plain[l]) * 0x9E3779B97F4A7C15u;
        sum = (sum ^ (sum >> 29) ^ weighted[l]) * 0xBF58476D1CE4E5B9u;
    }
    return sum ^ (sum >> 32);
}
