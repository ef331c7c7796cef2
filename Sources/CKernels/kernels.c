#include "CKernels.h"

#include <math.h>
#include <string.h>

// One function, several machines: the dynamic linker picks the widest version the processor runs.
#if defined(__x86_64__) && defined(__linux__)
#define MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MULTIVERSION
#endif

// Sums may be taken in any order, so that they vectorise. Nothing else of -ffast-math: infinities
// and NaN keep their meaning.
#pragma clang fp reassociate(on) contract(fast)

#define INLINE static inline __attribute__((always_inline))

/// e^x within 2 ulp for x in [-87, 88]; clamped outside. A degree-6 polynomial on the remainder
/// of x by ln 2, after Cephes expf; branch-free so that loops over it vectorise.
INLINE float fast_exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    float n = __builtin_rintf(x * 1.44269504088896341f);
    // ln 2 in two parts, the first exact in few bits, so that r keeps its precision.
    float r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    int32_t bits = ((int32_t)n + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

/// erf within 2e-7 (Abramowitz and Stegun 7.1.26), branch-free.
INLINE float fast_erf(float x) {
    float a = __builtin_fabsf(x);
    float t = 1.0f / (1.0f + 0.3275911f * a);
    float p = 1.061405429f;
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    float y = 1.0f - p * t * fast_exp(-a * a);
    return __builtin_copysignf(y, x);
}

MULTIVERSION
float lh_dot(const float *a, const float *b, size_t count) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

MULTIVERSION
void lh_bias_gelu(float *x, const float *bias, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * columns;
        for (size_t c = 0; c < columns; c++) {
            float v = row[c] + bias[c];
            row[c] = 0.5f * v * (1.0f + fast_erf(v * 0.70710678118654752f));
        }
    }
}

MULTIVERSION
void lh_bias(float *x, const float *bias, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * columns;
        for (size_t c = 0; c < columns; c++) row[c] += bias[c];
    }
}

MULTIVERSION
void lh_softmax(float *x, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * columns;
        float largest = row[0];
        for (size_t c = 1; c < columns; c++) largest = row[c] > largest ? row[c] : largest;
        float sum = 0;
        for (size_t c = 0; c < columns; c++) {
            float e = fast_exp(row[c] - largest);
            row[c] = e;
            sum += e;
        }
        float scale = 1.0f / sum;
        for (size_t c = 0; c < columns; c++) row[c] *= scale;
    }
}

/// One row of layer norm: mean and variance in two passes, as the reference computes them.
INLINE void norm_row(float *row, const float *gain, const float *shift, float epsilon,
                     size_t columns) {
    float sum = 0;
    for (size_t c = 0; c < columns; c++) sum += row[c];
    float mean = sum / (float)columns;
    float squares = 0;
    for (size_t c = 0; c < columns; c++) {
        float d = row[c] - mean;
        squares += d * d;
    }
    float scale = 1.0f / sqrtf(squares / (float)columns + epsilon);
    for (size_t c = 0; c < columns; c++) row[c] = (row[c] - mean) * scale * gain[c] + shift[c];
}

MULTIVERSION
void lh_layer_norm(float *x, const float *gain, const float *shift, float epsilon, size_t rows,
                   size_t columns) {
    for (size_t r = 0; r < rows; r++) norm_row(x + r * columns, gain, shift, epsilon, columns);
}

MULTIVERSION
void lh_residual_layer_norm(float *out, const float *x, const float *bias, const float *residual,
                            const float *gain, const float *shift, float epsilon, size_t rows,
                            size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        const float *added = x + r * columns;
        const float *kept = residual + r * columns;
        float *row = out + r * columns;
        for (size_t c = 0; c < columns; c++) row[c] = added[c] + bias[c] + kept[c];
        norm_row(row, gain, shift, epsilon, columns);
    }
}

MULTIVERSION
void lh_mean_rows(float *out, const float *x, size_t rows, size_t columns) {
    for (size_t c = 0; c < columns; c++) out[c] = 0;
    for (size_t r = 0; r < rows; r++) {
        const float *row = x + r * columns;
        for (size_t c = 0; c < columns; c++) out[c] += row[c];
    }
    float scale = 1.0f / (float)rows;
    for (size_t c = 0; c < columns; c++) out[c] *= scale;
}

MULTIVERSION
void lh_sum3(float *out, const float *word, const float *position, const float *type,
             size_t columns) {
    for (size_t c = 0; c < columns; c++) out[c] = word[c] + type[c] + position[c];
}

MULTIVERSION
void lh_normalize(float *x, size_t count) {
    float squares = 0;
    for (size_t i = 0; i < count; i++) squares += x[i] * x[i];
    if (!(squares > 0)) return;
    float scale = 1.0f / sqrtf(squares);
    for (size_t i = 0; i < count; i++) x[i] *= scale;
}

void lh_widen_f16(float *out, const uint8_t *in, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t h = (uint32_t)in[2 * i] | (uint32_t)in[2 * i + 1] << 8;
        uint32_t sign = (h & 0x8000u) << 16, exponent = h >> 10 & 0x1F, mantissa = h & 0x3FFu;
        uint32_t bits;
        if (exponent == 0x1F) {
            bits = sign | 0x7F800000u | mantissa << 13;
        } else if (exponent != 0) {
            bits = sign | (exponent + 112) << 23 | mantissa << 13;
        } else {
            // A subnormal half is an ordinary float: mantissa * 2^-24.
            float value = (float)mantissa * 0x1p-24f;
            memcpy(&bits, &value, sizeof bits);
            bits |= sign;
        }
        memcpy(out + i, &bits, sizeof bits);
    }
}

void lh_widen_bf16(float *out, const uint8_t *in, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = ((uint32_t)in[2 * i] | (uint32_t)in[2 * i + 1] << 8) << 16;
        memcpy(out + i, &bits, sizeof bits);
    }
}
