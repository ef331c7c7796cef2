#ifndef LONGHAND_CKERNELS_H
#define LONGHAND_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Dot product of two vectors of `count` floats.
float lh_dot(const float *_Nonnull a, const float *_Nonnull b, size_t count);

/// In place, x[r][c] = gelu(x[r][c] + bias[c]), with the exact (erf) GELU.
void lh_bias_gelu(float *_Nonnull x, const float *_Nonnull bias, size_t rows, size_t columns);

/// In place, x[r][c] += bias[c].
void lh_bias(float *_Nonnull x, const float *_Nonnull bias, size_t rows, size_t columns);

/// Softmax over each row, in place.
void lh_softmax(float *_Nonnull x, size_t rows, size_t columns);

/// out = layerNorm(x + bias + residual) * gain + shift, row by row. `out` may be `residual`.
void lh_residual_layer_norm(float *_Nonnull out, const float *_Nonnull x, const float *_Nonnull bias,
                            const float *_Nonnull residual, const float *_Nonnull gain,
                            const float *_Nonnull shift, float epsilon, size_t rows,
                            size_t columns);

/// In place, layerNorm(x) * gain + shift, row by row.
void lh_layer_norm(float *_Nonnull x, const float *_Nonnull gain, const float *_Nonnull shift,
                   float epsilon, size_t rows, size_t columns);

/// out[c] = mean over rows of x[r][c].
void lh_mean_rows(float *_Nonnull out, const float *_Nonnull x, size_t rows, size_t columns);

/// out = word + position + type, one row.
void lh_sum3(float *_Nonnull out, const float *_Nonnull word, const float *_Nonnull position,
             const float *_Nonnull type, size_t columns);

/// In place, x / |x|; a zero vector stays zero.
void lh_normalize(float *_Nonnull x, size_t count);

/// Widen IEEE half floats.
void lh_widen_f16(float *_Nonnull out, const uint8_t *_Nonnull in, size_t count);

/// Widen bfloat16.
void lh_widen_bf16(float *_Nonnull out, const uint8_t *_Nonnull in, size_t count);

/// SHA-256, streaming. Zero-initialise, then begin.
typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
    size_t used;
} lh_sha256;

void lh_sha256_begin(lh_sha256 *_Nonnull hash);
void lh_sha256_add(lh_sha256 *_Nonnull hash, const void *_Nullable bytes, size_t count);
void lh_sha256_end(lh_sha256 *_Nonnull hash, uint8_t *_Nonnull digest /* 32 bytes */);

#endif
