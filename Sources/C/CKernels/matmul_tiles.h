// The register tiles of the matrix products, written once for every vector width. A file that includes
// this one sets, beforehand:
//
//   LANES         floats in a vector register
//   TILE_ROWS     rows of a tile, at most 12
//   BYTE_TILE_ROWS the same for bytes
//   TILE_VECTORS  registers across a tile; TILE_ROWS * TILE_VECTORS sums must fit beside the operands
//   SUFFIX(x)     the name x with the machine's suffix
//   BYTES_HEADER  a file with how the machine multiplies bytes, included once `ivec` is known:
//                 tile_input  what it reads a row of bytes as
//                 OFFSET      what is taken away from a byte then
//                 prepare(from, to, count)  reads a row
//                 four, load_four(at)       four numbers of a row, for all lanes
//                 weights, load_weights(v)  four weights of each lane
//                 dot(sum, four, weights)   sum + their products
//
// A tile reads one panel of weights, [inner][32] floats or [inner / 4][32][4] bytes, and up to TILE_ROWS
// rows of input, each number of which is broadcast. Sums stay in registers from the first product to
// the last (the register blocking of Goto and van de Geijn 2008).

#include "matmul.h"

#pragma clang fp contract(fast)

#define VECTORS (PANEL / LANES)

typedef float vec __attribute__((vector_size(LANES * 4)));
typedef float loose_vec __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t ivec __attribute__((vector_size(LANES * 4)));
typedef int32_t loose_ivec __attribute__((vector_size(LANES * 4), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

#include BYTES_HEADER

INLINE void float_tile(const int rows, const float *a, size_t lda, const float *b, size_t inner,
                       const float *bias, float *c, size_t ldc) {
    for (int half = 0; half < VECTORS; half += TILE_VECTORS) {
        vec sum[TILE_ROWS][TILE_VECTORS];
#pragma unroll
        for (int v = 0; v < TILE_VECTORS; v++) {
            vec start = bias ? *(const loose_vec *)(bias + (half + v) * LANES) : (vec){0};
#pragma unroll
            for (int r = 0; r < rows; r++) sum[r][v] = start;
        }
        const float *panel = b + half * LANES;
        for (size_t k = 0; k < inner; k++, panel += PANEL) {
            vec w[TILE_VECTORS];
#pragma unroll
            for (int v = 0; v < TILE_VECTORS; v++) w[v] = *(const loose_vec *)(panel + v * LANES);
#pragma unroll
            for (int r = 0; r < rows; r++) {
                float x = a[r * lda + k];
#pragma unroll
                for (int v = 0; v < TILE_VECTORS; v++) sum[r][v] += w[v] * x;
            }
        }
#pragma unroll
        for (int r = 0; r < rows; r++) {
#pragma unroll
            for (int v = 0; v < TILE_VECTORS; v++)
                *(loose_vec *)(c + r * ldc + (half + v) * LANES) = sum[r][v];
        }
    }
}

/// a * b + c with two roundings. One or two is else the compiler's choice, which differs between tiles, and
/// a row's numbers would depend on how many rows are computed with it.
INLINE vec scaled_sum(vec a, vec b, vec c) {
#pragma clang fp contract(off)
    vec product = a * b;
    return product + c;
}

/// The products of one group, added to what is in `c`, or to `bias` for the first group.
INLINE void byte_tile(const int rows, const tile_input *a, size_t lda, const lh_row_scale *scales,
                      size_t groups, const int8_t *b, size_t steps, const lh_byte_columns *columns,
                      const float *bias, int is_first, float *c, size_t ldc) {
    for (int half = 0; half < VECTORS; half += TILE_VECTORS) {
        ivec sum[TILE_ROWS][TILE_VECTORS];
#pragma unroll
        for (int r = 0; r < rows; r++) {
#pragma unroll
            for (int v = 0; v < TILE_VECTORS; v++) sum[r][v] = (ivec){0};
        }
        const int8_t *w = b + half * LANES * 4;
        for (size_t k = 0; k < steps; k++, w += PANEL * 4) {
            weights part[TILE_VECTORS];
#pragma unroll
            for (int v = 0; v < TILE_VECTORS; v++)
                part[v] = load_weights(*(const loose_ivec *)(w + v * LANES * 4));
#pragma unroll
            for (int r = 0; r < rows; r++) {
                four x = load_four(a + r * lda + 4 * k);
#pragma unroll
                for (int v = 0; v < TILE_VECTORS; v++) sum[r][v] = dot(sum[r][v], x, part[v]);
            }
        }
#pragma unroll
        for (int v = 0; v < TILE_VECTORS; v++) {
            int at = (half + v) * LANES;
            vec scale = *(const loose_vec *)(columns->scale + at);
            ivec total = *(const loose_ivec *)(columns->total + at);
            vec start = bias ? *(const loose_vec *)(bias + at) : (vec){0};
#pragma unroll
            for (int r = 0; r < rows; r++) {
                // What was added to make the row unsigned is taken out before any rounding.
                lh_row_scale x = scales[r * groups];
                ivec exact = sum[r][v] - total * (x.zero - OFFSET);
                loose_vec *out = (loose_vec *)(c + r * ldc + at);
                *out = scaled_sum(__builtin_convertvector(exact, vec), scale * x.scale,
                                  is_first ? start : *out);
            }
        }
    }
}

// The rows of a tile are a constant to the compiler, so that every sum has a register.
#define ROWS_CASE(n, call) \
    case n: { \
        enum { ROWS = n <= TILE_ROWS ? n : TILE_ROWS }; \
        call; \
        break; \
    }
#define ROWS_SWITCH(count, call) \
    switch (count) { \
        ROWS_CASE(1, call) ROWS_CASE(2, call) ROWS_CASE(3, call) ROWS_CASE(4, call) \
        ROWS_CASE(5, call) ROWS_CASE(6, call) ROWS_CASE(7, call) ROWS_CASE(8, call) \
        ROWS_CASE(9, call) ROWS_CASE(10, call) ROWS_CASE(11, call) ROWS_CASE(12, call) \
    }

void SUFFIX(lh_float_panel)(const float *a, size_t lda, size_t rows, const float *b, size_t inner,
                            const float *bias, float *c, size_t ldc) {
    // Equal tiles: 28 rows are better as 10, 9 and 9 than as 12, 12 and 4.
    size_t tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    for (size_t t = 0, first = 0; t < tiles; t++) {
        size_t count = (rows - first) / (tiles - t);
        const float *x = a + first * lda;
        float *out = c + first * ldc;
        ROWS_SWITCH(count, float_tile(ROWS, x, lda, b, inner, bias, out, ldc))
        first += count;
    }
}

void SUFFIX(lh_byte_panel)(const uint8_t *a, size_t lda, const lh_row_scale *scales, size_t rows,
                           const int8_t *b, size_t inputs, const lh_byte_columns *columns,
                           const float *bias, float *c, size_t ldc) {
    size_t tiles = (rows + BYTE_TILE_ROWS - 1) / BYTE_TILE_ROWS, groups = lh_groups(inputs);
    for (size_t t = 0, first = 0; t < tiles; t++) {
        size_t count = (rows - first) / (tiles - t);
        float *out = c + first * ldc;
        for (size_t g = 0; g < groups; g++) {
            size_t start = g * lh_group_inputs, rest = inputs - start;
            size_t steps = ((rest < lh_group_inputs ? rest : lh_group_inputs) + 3) / 4;
            size_t bytes = steps * 4, x_stride = lda;
            const tile_input *x = (const tile_input *)(a + first * lda + start);
            tile_input rows_of_tile[sizeof(tile_input) > 1 ? BYTE_TILE_ROWS * lh_group_inputs : 1];
            if (sizeof(tile_input) > 1) {
                for (size_t r = 0; r < count; r++)
                    prepare(a + (first + r) * lda + start, rows_of_tile + r * bytes, bytes);
                x = rows_of_tile;
                x_stride = bytes;
            }
            const lh_row_scale *s = scales + first * groups + g;
            const int8_t *w = b + start * PANEL;
            ROWS_SWITCH(count, byte_tile(ROWS, x, x_stride, s, groups, w, steps, columns + g, bias, g == 0,
                                         out, ldc))
        }
        first += count;
    }
}
