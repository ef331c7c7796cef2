// Loops that must be fast in every build. All of this target is compiled with -O3, since a debug build of them would be
// fifty times slower.
#ifndef LONGHAND_CKERNELS_H
#define LONGHAND_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Dot product of two vectors of `count` floats.
float lh_dot(const float *_Nonnull a, const float *_Nonnull b, size_t count);

/// Rounds numbers to -127...127 by one scale, which is returned: in[i] is about out[i] * scale.
float lh_round_to_bytes(int8_t *_Nonnull out, const float *_Nonnull in, size_t count);

/// The machines the matrix products are written for. `lh_machine_runs` says which this one is.
typedef enum {
    LH_PORTABLE = 0, ///< registers of four floats; any machine
    LH_AVX2 = 1,     ///< AVX2 and FMA
    LH_AVX512 = 2,   ///< AVX-512 F, BW, DQ, VL and VNNI
} lh_machine;

/// Whether this processor, and its system, run `machine`'s instructions.
int lh_machine_runs(lh_machine machine);

/// How numbers are stored in a file, little-endian.
typedef enum { LH_F32 = 0, LH_F16 = 1, LH_BF16 = 2 } lh_type;

/// Columns of a panel of packed weights, on every machine.
enum { lh_panel_columns = 32 };

/// Inputs that share a scale. A few inputs are much larger than the others in BERT; with one scale for
/// all, they would cost the others their precision.
enum { lh_group_inputs = 192 };

static inline size_t lh_groups(size_t inputs) {
    return (inputs + lh_group_inputs - 1) / lh_group_inputs;
}

/// What a group of the columns of a panel of bytes stands for: weight = byte * scale[column].
typedef struct {
    float scale[lh_panel_columns];
    int32_t total[lh_panel_columns]; ///< sum of the column's bytes in the group
} lh_byte_columns;

/// How the bytes of a group of a row of input stand for numbers: x = (byte - zero) * scale.
typedef struct {
    float scale;
    int32_t zero;
} lh_row_scale;

/// Packs 32 rows of a linear layer, one for each output, as one panel [inputs][32].
/// Rows may be null; their column is zero. `type` is how the rows are stored.
void lh_pack_floats(float *_Nonnull panel, const void *_Nullable const *_Nonnull rows, lh_type type,
                    size_t inputs);

/// The same in bytes, [steps][32][4] with steps = inputs / 4 rounded up: each group of each row by a
/// scale of its own, symmetric around zero in -127...127. `columns` has one entry a group, `scratch`
/// holds `inputs` floats.
void lh_pack_bytes(int8_t *_Nonnull panel, lh_byte_columns *_Nonnull columns,
                   const void *_Nullable const *_Nonnull rows, lh_type type, size_t inputs,
                   float *_Nonnull scratch);

/// out[r][c] = x[r] . panel[c] + bias[c] for 32 columns. Strides in floats; `bias` may be null.
void lh_multiply_floats(lh_machine machine, const float *_Nonnull x, size_t x_stride, size_t rows,
                        const float *_Nonnull panel, size_t inputs, const float *_Nullable bias,
                        float *_Nonnull out, size_t out_stride);

/// The same for bytes. `x` is as `lh_quantise_rows` leaves it.
void lh_multiply_bytes(lh_machine machine, const uint8_t *_Nonnull x, size_t x_stride,
                       const lh_row_scale *_Nonnull scales, size_t rows,
                       const int8_t *_Nonnull panel, size_t inputs,
                       const lh_byte_columns *_Nonnull columns, const float *_Nullable bias,
                       float *_Nonnull out, size_t out_stride);

/// Each group of each row in 1...255, by a scale and a zero of its own; what is left of the last four
/// bytes is zero. `scales` is [rows][groups].
void lh_quantise_rows(const float *_Nonnull x, size_t x_stride, size_t rows, size_t columns,
                      uint8_t *_Nonnull out, size_t out_stride, lh_row_scale *_Nonnull scales);

/// Floats of scratch that `lh_attend` needs.
size_t lh_attend_scratch(size_t length, size_t width);

/// One head of one sequence: out = softmax(Q . K^T / sqrt(width)) . V.
///
/// Queries, keys and values are [length, width] with rows `stride` floats apart.
void lh_attend(lh_machine machine, const float *_Nonnull queries, const float *_Nonnull keys,
               const float *_Nonnull values, size_t stride, size_t length, size_t width,
               float *_Nonnull out, size_t out_stride, float *_Nonnull scratch);

/// In place, the exact GELU, x * Phi(x), within 3e-7.
void lh_gelu(float *_Nonnull x, size_t stride, size_t rows, size_t columns);

/// In place, GELU by its tanh form (Hendrycks and Gimpel 2016), which some models were trained with.
void lh_gelu_tanh(float *_Nonnull x, size_t stride, size_t rows, size_t columns);

/// In place, max(x, 0).
void lh_relu(float *_Nonnull x, size_t stride, size_t rows, size_t columns);

/// In place, tanh x.
void lh_tanh(float *_Nonnull x, size_t count);

/// In place, the softmax of scale * x over each row.
void lh_softmax(float *_Nonnull x, size_t stride, size_t rows, size_t columns, float scale);

/// In place, layerNorm(x + addition) * gain + shift, row by row. Rows of both are `stride` apart;
/// without an addition, layerNorm(x).
void lh_layer_norm(float *_Nonnull x, const float *_Nullable addition, size_t stride, size_t rows,
                   size_t columns, const float *_Nonnull gain, const float *_Nonnull shift,
                   float epsilon);

/// out[c] = mean over rows of x[r][c].
void lh_mean_rows(float *_Nonnull out, const float *_Nonnull x, size_t stride, size_t rows,
                  size_t columns);

/// out = word + position + kind, one row of `columns` numbers, the word's stored as `type`.
void lh_embed(float *_Nonnull out, const void *_Nonnull word, lh_type type,
              const float *_Nonnull position, const float *_Nonnull kind, size_t columns);

/// In place, x / |x|; a zero vector stays zero.
void lh_normalize(float *_Nonnull x, size_t count);

/// Reads `count` stored numbers, which need no alignment.
void lh_widen(float *_Nonnull out, const void *_Nonnull in, lh_type type, size_t count);

/// How many of `count` stored numbers are infinite or no numbers.
size_t lh_count_unusable(const void *_Nonnull in, lh_type type, size_t count);

/// Lets other work of the machine go before that of the calling thread, where the system can.
void lh_be_polite(void);

/// Waits a moment for another thread: the first times by spinning, later by giving the processor away.
void lh_wait_a_moment(uint32_t times);

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

#include "graph.h"

#endif
