#include "matmul.h"

#include <string.h>

// Queries whose scores are kept at a time. With 512 keys they are 100 KB, which the second cache holds.
enum { BLOCK = 48 };

static size_t padded(size_t count) { return (count + PANEL - 1) / PANEL * PANEL; }

size_t lh_attend_scratch(size_t length, size_t width) {
    size_t keys = padded(length), values = padded(width);
    return keys * width + values * length + BLOCK * (keys + 16) + BLOCK * values;
}

/// Keys as panels [width][32 keys], a transposition.
static void pack_keys(float *panels, const float *keys, size_t stride, size_t length, size_t width) {
    for (size_t first = 0; first < length; first += PANEL, panels += width * PANEL) {
        size_t count = length - first < PANEL ? length - first : PANEL;
        for (size_t k = 0; k < count; k++) {
            const float *key = keys + (first + k) * stride;
            for (size_t i = 0; i < width; i++) panels[i * PANEL + k] = key[i];
        }
        for (size_t i = 0; count < PANEL && i < width; i++)
            memset(panels + i * PANEL + count, 0, (PANEL - count) * sizeof *panels);
    }
}

/// Values as panels [length][32 columns].
static void pack_values(float *panels, const float *values, size_t stride, size_t length,
                        size_t width) {
    for (size_t first = 0; first < width; first += PANEL, panels += length * PANEL) {
        size_t count = width - first < PANEL ? width - first : PANEL;
        for (size_t t = 0; t < length; t++) {
            float *row = panels + t * PANEL;
            memcpy(row, values + t * stride + first, count * sizeof *row);
            if (count < PANEL) memset(row + count, 0, (PANEL - count) * sizeof *row);
        }
    }
}

void lh_attend(lh_machine machine, const float *queries, const float *keys, const float *values,
               size_t stride, size_t length, size_t width, float *out, size_t out_stride,
               float *scratch) {
    // The sixteen floats more keep rows of a power of two from meeting in one set of the cache.
    size_t key_count = padded(length), columns = padded(width), score_stride = key_count + 16;
    float *key_panels = scratch, *value_panels = key_panels + key_count * width;
    float *scores = value_panels + columns * length, *context = scores + BLOCK * score_stride;
    pack_keys(key_panels, keys, stride, length, width);
    pack_values(value_panels, values, stride, length, width);
    float scale = 1.0f / __builtin_sqrtf((float)width);
    for (size_t first = 0; first < length; first += BLOCK) {
        size_t rows = length - first < BLOCK ? length - first : BLOCK;
        for (size_t p = 0; p < key_count / PANEL; p++)
            lh_multiply_floats(machine, queries + first * stride, stride, rows,
                               key_panels + p * PANEL * width, width, NULL, scores + p * PANEL,
                               score_stride);
        lh_softmax(scores, score_stride, rows, length, scale);
        for (size_t p = 0; p < columns / PANEL; p++) {
            const float *panel = value_panels + p * PANEL * length;
            float *target = out + first * out_stride + p * PANEL;
            if (width - p * PANEL >= PANEL) {
                lh_multiply_floats(machine, scores, score_stride, rows, panel, length, NULL, target,
                                   out_stride);
                continue;
            }
            // A narrow head: its panel reaches into the next head's columns.
            lh_multiply_floats(machine, scores, score_stride, rows, panel, length, NULL, context,
                               PANEL);
            for (size_t r = 0; r < rows; r++)
                memcpy(target + r * out_stride, context + r * PANEL,
                       (width - p * PANEL) * sizeof *target);
        }
    }
}
