#ifndef LONGHAND_MATMUL_H
#define LONGHAND_MATMUL_H

#include "CKernels.h"

#define PANEL lh_panel_columns

typedef void lh_float_panel_fn(const float *x, size_t x_stride, size_t rows, const float *panel,
                               size_t inputs, const float *bias, float *out, size_t out_stride);
typedef void lh_byte_panel_fn(const uint8_t *x, size_t x_stride, const lh_row_scale *scales,
                              size_t rows, const int8_t *panel, size_t inputs,
                              const lh_byte_columns *columns, const float *bias, float *out,
                              size_t out_stride);

lh_float_panel_fn lh_float_panel_portable, lh_float_panel_avx2, lh_float_panel_avx512;
lh_byte_panel_fn lh_byte_panel_portable, lh_byte_panel_avx2, lh_byte_panel_avx512;

#endif
