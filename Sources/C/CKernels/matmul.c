#include "matmul.h"

int lh_machine_runs(lh_machine machine) {
    switch (machine) {
    case LH_PORTABLE: return 1;
#if defined(__x86_64__)
    case LH_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case LH_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vnni");
#endif
    default: return 0;
    }
}

void lh_multiply_floats(lh_machine machine, const float *x, size_t x_stride, size_t rows,
                        const float *panel, size_t inputs, const float *bias, float *out,
                        size_t out_stride) {
    switch (machine) {
#if defined(__x86_64__)
    case LH_AVX512:
        lh_float_panel_avx512(x, x_stride, rows, panel, inputs, bias, out, out_stride);
        return;
    case LH_AVX2:
        lh_float_panel_avx2(x, x_stride, rows, panel, inputs, bias, out, out_stride);
        return;
#endif
    default: lh_float_panel_portable(x, x_stride, rows, panel, inputs, bias, out, out_stride);
    }
}

void lh_multiply_bytes(lh_machine machine, const uint8_t *x, size_t x_stride,
                       const lh_row_scale *scales, size_t rows, const int8_t *panel, size_t inputs,
                       const lh_byte_columns *columns, const float *bias, float *out,
                       size_t out_stride) {
    switch (machine) {
#if defined(__x86_64__)
    case LH_AVX512:
        lh_byte_panel_avx512(x, x_stride, scales, rows, panel, inputs, columns, bias, out, out_stride);
        return;
    case LH_AVX2:
        lh_byte_panel_avx2(x, x_stride, scales, rows, panel, inputs, columns, bias, out, out_stride);
        return;
#endif
    default:
        lh_byte_panel_portable(x, x_stride, scales, rows, panel, inputs, columns, bias, out,
                               out_stride);
    }
}
