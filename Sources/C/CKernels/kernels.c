// The plain loops of the encoder, fused so that a row is read and written once while it is in the cache.
#include "vectorise.h"

MULTIVERSION
void lh_gelu(float *x, size_t stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        for (size_t c = 0; c < columns; c++) {
            float v = row[c];
            row[c] = 0.5f * v * (1.0f + fast_erf(v * 0.70710678118654752f));
        }
    }
}

MULTIVERSION
void lh_gelu_tanh(float *x, size_t stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        for (size_t c = 0; c < columns; c++) {
            float v = row[c];
            row[c] = 0.5f * v * (1.0f + fast_tanh(0.79788456080286536f * (v + 0.044715f * v * v * v)));
        }
    }
}

MULTIVERSION
void lh_relu(float *x, size_t stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        for (size_t c = 0; c < columns; c++) row[c] = row[c] < 0.0f ? 0.0f : row[c];
    }
}

MULTIVERSION
void lh_tanh(float *x, size_t count) {
    for (size_t i = 0; i < count; i++) x[i] = fast_tanh(x[i]);
}

MULTIVERSION
void lh_softmax(float *x, size_t stride, size_t rows, size_t columns, float scale) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        float least, largest;
        extremes(row, columns, row[0], &least, &largest);
        float sum = 0;
        for (size_t c = 0; c < columns; c++) {
            float e = fast_exp((row[c] - largest) * scale);
            row[c] = e;
            sum += e;
        }
        float share = 1.0f / sum;
        for (size_t c = 0; c < columns; c++) row[c] *= share;
    }
}

MULTIVERSION
void lh_layer_norm(float *x, const float *addition, size_t stride, size_t rows, size_t columns,
                   const float *gain, const float *shift, float epsilon) {
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        if (addition) {
            const float *added = addition + r * stride;
            for (size_t c = 0; c < columns; c++) row[c] += added[c];
        }
        // Mean and variance in two passes, as the reference computes them.
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
}

MULTIVERSION
void lh_mean_rows(float *out, const float *x, size_t stride, size_t rows, size_t columns) {
    for (size_t c = 0; c < columns; c++) out[c] = 0;
    for (size_t r = 0; r < rows; r++) {
        const float *row = x + r * stride;
        for (size_t c = 0; c < columns; c++) out[c] += row[c];
    }
    float share = 1.0f / (float)rows;
    for (size_t c = 0; c < columns; c++) out[c] *= share;
}

MULTIVERSION
void lh_normalize(float *x, size_t count) {
    float squares = 0;
    for (size_t i = 0; i < count; i++) squares += x[i] * x[i];
    if (!(squares > 0)) return;
    float scale = 1.0f / sqrtf(squares);
    for (size_t i = 0; i < count; i++) x[i] *= scale;
}

void lh_embed(float *out, const void *word, lh_type type, const float *position, const float *kind,
              size_t columns) {
    lh_widen(out, word, type, columns);
    for (size_t c = 0; c < columns; c++) out[c] = out[c] + kind[c] + position[c];
}
