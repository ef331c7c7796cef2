// Weights laid out in the order in which the matrix products read them.
#include "matmul.h"
#include "vectorise.h"

// Inputs packed at a time: 32 rows of them fit in the first cache beside what they become.
enum { BLOCK = 64 };

MULTIVERSION
void lh_pack_floats(float *panel, const void *const *rows, lh_type type, size_t inputs) {
    size_t size = type == LH_F32 ? 4 : 2;
    for (size_t k = 0; k < inputs; k += BLOCK) {
        size_t count = inputs - k < BLOCK ? inputs - k : BLOCK;
        float block[PANEL][BLOCK];
        for (size_t c = 0; c < PANEL; c++) {
            if (rows[c]) {
                lh_widen(block[c], (const uint8_t *)rows[c] + k * size, type, count);
            } else {
                memset(block[c], 0, sizeof block[c]);
            }
        }
        float *out = panel + k * PANEL;
        for (size_t i = 0; i < count; i++) {
            for (size_t c = 0; c < PANEL; c++) out[i * PANEL + c] = block[c][i];
        }
    }
}

/// One group of one output's weights: bytes, their scale and their sum.
INLINE void pack_group(int8_t *panel, lh_byte_columns *columns, size_t c, const float *weights,
                       size_t first, size_t count) {
    float low, high;
    extremes(weights, count, 0, &low, &high);
    float largest = high > -low ? high : -low;
    columns->total[c] = 0;
    // A damaged weight must not vanish in the rounding: the output becomes NaN, which is noticed.
    columns->scale[c] = are_finite(weights, count) ? largest / 127.0f : NAN;
    if (!(columns->scale[c] > 0)) return;
    float inverse = 127.0f / largest;
    for (size_t i = 0; i < count; i++) {
        int32_t q = (int32_t)__builtin_rintf(weights[i] * inverse);
        size_t at = first + i;
        panel[(at / 4 * PANEL + c) * 4 + at % 4] = (int8_t)q;
        columns->total[c] += q;
    }
}

MULTIVERSION
void lh_pack_bytes(int8_t *panel, lh_byte_columns *columns, const void *const *rows, lh_type type,
                   size_t inputs, float *scratch) {
    size_t groups = lh_groups(inputs);
    memset(panel, 0, (inputs + 3) / 4 * PANEL * 4);
    memset(columns, 0, groups * sizeof *columns);
    for (size_t c = 0; c < PANEL; c++) {
        if (!rows[c]) continue;
        lh_widen(scratch, rows[c], type, inputs);
        for (size_t g = 0; g < groups; g++) {
            size_t first = g * lh_group_inputs, rest = inputs - first;
            pack_group(panel, columns + g, c, scratch + first, first,
                       rest < lh_group_inputs ? rest : lh_group_inputs);
        }
    }
}

/// One group of one row: its bytes, and how they stand for its numbers.
INLINE lh_row_scale quantise_group(uint8_t *bytes, const float *x, size_t count) {
    // Zero must be one of the numbers that a byte stands for.
    float low, high;
    extremes(x, count, 0, &low, &high);
    if (!are_finite(x, count)) {
        // What isn't a number has to reach the output, where it is noticed.
        memset(bytes, 0, count);
        return (lh_row_scale){NAN, 0};
    }
    float range = high - low;
    float scale = range > 0 ? range / 254.0f : 1.0f, inverse = 1.0f / scale;
    float zero = 1.0f + __builtin_rintf(-low * inverse);
    for (size_t i = 0; i < count; i++) {
        float q = __builtin_rintf(x[i] * inverse) + zero;
        q = q < 1.0f ? 1.0f : q;
        q = q > 255.0f ? 255.0f : q;
        bytes[i] = (uint8_t)(int32_t)q;
    }
    return (lh_row_scale){scale, (int32_t)zero};
}

MULTIVERSION
void lh_quantise_rows(const float *x, size_t x_stride, size_t rows, size_t columns, uint8_t *out,
                      size_t out_stride, lh_row_scale *scales) {
    size_t groups = lh_groups(columns);
    for (size_t r = 0; r < rows; r++) {
        for (size_t g = 0; g < groups; g++) {
            size_t first = g * lh_group_inputs, rest = columns - first;
            scales[r * groups + g] =
                quantise_group(out + r * out_stride + first, x + r * x_stride + first,
                               rest < lh_group_inputs ? rest : lh_group_inputs);
        }
        for (size_t c = columns; c % 4 != 0; c++) out[r * out_stride + c] = 0;
    }
}
