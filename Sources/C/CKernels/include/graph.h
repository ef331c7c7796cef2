#ifndef LONGHAND_GRAPH_H
#define LONGHAND_GRAPH_H

// Searches of many vectors: rows rounded to bytes, and a navigable graph over them.

#include <stddef.h>
#include <stdint.h>

/// What a row of bytes stands for: x is about scale * bytes.
typedef struct {
    float scale;
    float length; ///< |scale * bytes|
    float loss;   ///< |x - scale * bytes|
    int32_t sum;  ///< of the bytes
} lh_rounding;

/// Rounds a vector to bytes in -127...127; what is left of `stride` bytes is zero.
lh_rounding lh_round_vector(int8_t *_Nonnull out, size_t stride, const float *_Nonnull in, size_t count);

/// out[i] = row . query for `count` rows: those listed, or those from `first` on without a list.
///
/// Rows and the query are `stride` bytes long, which is a multiple of 64.
void lh_dot_rows(lh_machine machine, const int8_t *_Nonnull bytes, size_t stride,
                 const lh_rounding *_Nonnull rounding, const int32_t *_Nullable rows, size_t first,
                 size_t count, const int8_t *_Nonnull query, int32_t *_Nonnull out);

/// A row and how similar it is to something.
typedef struct {
    float similarity;
    int32_t row;
} lh_near;

/// A hierarchical navigable small-world graph (Malkov and Yashunin 2018) over rows of bytes.
///
/// The memory is the caller's. Inserting threads and searching threads may work at the same time: a list of
/// links is changed under its row's lock and read without one, and each link is a row that was
/// complete before it was linked.
typedef struct {
    lh_machine machine;
    int32_t links;                       ///< M; layer 0 has up to 2 M a row
    size_t rows;                         ///< how many rows there is memory for
    size_t stride;                       ///< bytes of a row
    const int8_t *_Nonnull bytes;        ///< [rows][stride]
    const lh_rounding *_Nonnull rounding; ///< [rows]
    int8_t *_Nonnull levels;             ///< [rows], a row's highest layer + 1; 0 for those outside the graph
    int32_t *_Nonnull base;              ///< [rows][1 + 2 M], a count and links
    uint32_t *_Nonnull upper_at;         ///< [rows], the first of a row's blocks in `upper`
    int32_t *_Nonnull upper;             ///< [upper_blocks][1 + M], a block for each layer from 1 on
    size_t upper_blocks;                 ///< how many there is memory for
    uint8_t *_Nonnull locks;             ///< [rows]
    uint64_t upper_used;                 ///< blocks in use
    int64_t entry;                       ///< the row where searches begin, and its layer << 32; -1 when empty
} lh_graph;

/// What one search needs beside the graph; one at a time may use it.
typedef struct lh_walk lh_walk;

lh_walk *_Nullable lh_walk_make(void);
void lh_walk_free(lh_walk *_Nullable walk);

/// Puts a row into the graph, whose bytes are there already.
///
/// Returns 0 when there is no memory for it. A row must be inserted once.
int lh_graph_insert(lh_graph *_Nonnull graph, lh_walk *_Nonnull walk, int32_t row, int level, size_t ef);

/// The rows nearest to `query`, nearest first: up to `ef` of those that a walk of that width sees.
///
/// `allowed` has a bit for each row that may be answered with, null for all; others are walked through.
/// `budget` is how many comparisons may be made. Returns how many were found, or -1 when the budget was spent
/// or memory is short: then some other way of search is cheaper.
ptrdiff_t lh_graph_search(const lh_graph *_Nonnull graph, lh_walk *_Nonnull walk,
                          const int8_t *_Nonnull query, float scale, size_t ef,
                          const uint64_t *_Nullable allowed, size_t allowed_rows, size_t budget,
                          lh_near *_Nonnull found);

/// Links a row's neighbours past those that `gone` has a bit for: each gone one is replaced by the nearest of its
/// own neighbours. Returns 0 when memory is short.
int lh_graph_bridge(lh_graph *_Nonnull graph, lh_walk *_Nonnull walk, int32_t row,
                    const uint64_t *_Nonnull gone);

/// The list of a row's links on a layer, its count first; null when the row isn't on it.
int32_t *_Nullable lh_graph_links(const lh_graph *_Nonnull graph, int32_t row, int layer);

/// Whether every link of the first `count` rows leads to one of them, and every block lies in its memory: a graph
/// that was read from a file is safe to walk over only then.
int lh_graph_is_sound(const lh_graph *_Nonnull graph, size_t count);

/// A checksum of bytes that tells flipped, lost and moved ones (Fletcher 1982, in eight lanes of 64 bits).
uint64_t lh_checksum(const void *_Nullable bytes, size_t count);

#endif
