#ifndef LONGHAND_VECTORISE_H
#define LONGHAND_VECTORISE_H

// What the files of plain loops share: they leave the vectors to the compiler.

#include <math.h>
#include <string.h>

#include "CKernels.h"

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

typedef float lanes __attribute__((vector_size(64)));
typedef float loose_lanes __attribute__((vector_size(64), aligned(4)));

/// The least and the largest of `count` numbers and `start`. In lanes by hand: the compiler keeps the
/// order of comparisons, since NaN could be among the numbers, and so takes them one by one.
INLINE void extremes(const float *x, size_t count, float start, float *least, float *largest) {
    lanes low = start - (lanes){0}, high = low;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        lanes v = *(const loose_lanes *)(x + i);
        low = __builtin_elementwise_min(low, v);
        high = __builtin_elementwise_max(high, v);
    }
    float a = start, b = start;
    for (int l = 0; l < 16; l++) {
        a = low[l] < a ? low[l] : a;
        b = high[l] > b ? high[l] : b;
    }
    for (; i < count; i++) {
        a = x[i] < a ? x[i] : a;
        b = x[i] > b ? x[i] : b;
    }
    *least = a;
    *largest = b;
}

/// Whether none of `count` numbers is infinite or NaN: any other times zero is zero.
INLINE int are_finite(const float *x, size_t count) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += x[i] * 0.0f;
    return sum == 0.0f;
}

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

/// tanh within 3e-7: 1 - 2 / (e^2x + 1).
INLINE float fast_tanh(float x) { return 1.0f - 2.0f / (fast_exp(2.0f * x) + 1.0f); }

/// An IEEE half's bits as a float's, branch-free: the exponent is moved, and a multiplication by
/// 2^112 puts subnormals right.
INLINE float widen_half(uint16_t half) {
    uint32_t magnitude = (uint32_t)(half & 0x7FFFu) << 13;
    float value;
    memcpy(&value, &magnitude, sizeof value);
    value *= 0x1p112f;
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    // Infinities and NaN have the largest exponent, which the multiplication took for a number's.
    bits |= (half & 0x7C00u) == 0x7C00u ? 0x7F800000u : 0;
    bits |= (uint32_t)(half & 0x8000u) << 16;
    memcpy(&value, &bits, sizeof value);
    return value;
}

INLINE float widen_brain(uint16_t brain) {
    uint32_t bits = (uint32_t)brain << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
