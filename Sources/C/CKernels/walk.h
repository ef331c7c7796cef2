#ifndef LONGHAND_WALK_H
#define LONGHAND_WALK_H

// What graph.c and walk.c share.

#include "CKernels.h"

/// Rows whose neighbours are looked at together: as many links as a row may have.
enum { lh_most_links = 256 };

/// Rows of layer 1 that a search of layer 0 starts from.
enum { lh_starts = 16 };

struct lh_walk {
    /// A row was seen in this walk if its mark is the walk's.
    uint16_t *marks;
    size_t marked;
    uint16_t mark;

    /// The best seen so far, nearest first; in a walk that filters, a heap with the worst on top.
    lh_near *best;
    size_t best_size;
    /// A heap with the nearest on top: what a walk that filters has yet to look at.
    lh_near *open;
    size_t open_size;

    int32_t list[lh_most_links];
    int32_t dots[lh_most_links];
    int32_t kept[lh_most_links];
    lh_near near[lh_most_links];
};

/// Whether `a` comes before `b`: nearer, and of equals the earlier row.
static inline int lh_is_nearer(lh_near a, lh_near b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
}

/// Readies a walk for a graph of so many rows and a beam of this width; 0 when memory is short.
int lh_walk_begin(lh_walk *walk, size_t rows, size_t ef);

/// Climbs to the nearest row on a layer, a step to the best neighbour at a time.
lh_near lh_climb(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale, lh_near from,
                 int layer);

/// Leaves the `ef` rows nearest to `query` that a best-first walk over a layer sees in `walk->best`, nearest
/// first, and returns their number (the paper's algorithm 2). It starts from the first `starts` that are there.
size_t lh_widen_search(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale,
                       size_t starts, int layer, size_t ef);

/// The similarity of `count` rows, listed in `walk->list`, into `walk->near`.
void lh_compare(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale, size_t count);

#endif
