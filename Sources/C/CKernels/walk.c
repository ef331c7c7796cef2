// Walks over a graph of rows: the reading half of HNSW.
#include <stdlib.h>
#include <string.h>

#include "walk.h"

lh_walk *lh_walk_make(void) { return calloc(1, sizeof(lh_walk)); }

void lh_walk_free(lh_walk *walk) {
    if (!walk) return;
    free(walk->marks);
    free(walk->best);
    free(walk->open);
    free(walk);
}

static int grow(lh_near **list, size_t *size, size_t needed) {
    if (*size >= needed) return 1;
    size_t next = needed + needed / 2;
    lh_near *larger = realloc(*list, next * sizeof(lh_near));
    if (!larger) return 0;
    *list = larger;
    *size = next;
    return 1;
}

int lh_walk_begin(lh_walk *walk, size_t rows, size_t ef) {
    if (walk->marked < rows) {
        uint16_t *marks = calloc(rows, sizeof(uint16_t));
        if (!marks) return 0;
        free(walk->marks);
        walk->marks = marks;
        walk->marked = rows;
        walk->mark = 0;
    }
    return grow(&walk->best, &walk->best_size, ef + 1);
}

static void forget(lh_walk *walk) {
    if (++walk->mark == 0) {
        memset(walk->marks, 0, walk->marked * sizeof(uint16_t));
        walk->mark = 1;
    }
}

/// Whether the row wasn't seen yet in this walk; from now on it was. Links of a damaged file may lead anywhere, and
/// rows may have been added since the walk began: those aren't walked to.
static inline int is_new(lh_walk *walk, int32_t row) {
    if ((uint32_t)row >= walk->marked || walk->marks[row] == walk->mark) return 0;
    walk->marks[row] = walk->mark;
    return 1;
}

int32_t *lh_graph_links(const lh_graph *graph, int32_t row, int layer) {
    if (layer == 0) return graph->base + (size_t)row * (1 + 2 * graph->links);
    if (graph->levels[row] <= layer) return NULL;
    size_t block = (size_t)graph->upper_at[row] + (size_t)(layer - 1);
    return block < graph->upper_blocks ? graph->upper + block * (size_t)(1 + graph->links) : NULL;
}

/// Lists the new ones among a row's neighbours in `walk->list`, and has their bytes fetched.
static size_t neighbours(const lh_graph *graph, lh_walk *walk, int32_t row, int layer) {
    const int32_t *links = lh_graph_links(graph, row, layer);
    if (!links) return 0;
    int32_t most = layer == 0 ? 2 * graph->links : graph->links;
    int32_t count = __atomic_load_n(links, __ATOMIC_ACQUIRE);
    if (count > most) count = most;
    size_t listed = 0;
    for (int32_t i = 1; i <= count; i++) {
        int32_t other = __atomic_load_n(links + i, __ATOMIC_ACQUIRE);
        if (!is_new(walk, other)) continue;
        const int8_t *bytes = graph->bytes + (size_t)other * graph->stride;
        for (size_t k = 0; k < graph->stride; k += 64) __builtin_prefetch(bytes + k);
        __builtin_prefetch(graph->rounding + other);
        walk->list[listed++] = other;
    }
    return listed;
}

void lh_compare(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale, size_t count) {
    lh_dot_rows(graph->machine, graph->bytes, graph->stride, graph->rounding, walk->list, 0, count, query,
                walk->dots);
    for (size_t i = 0; i < count; i++) {
        int32_t row = walk->list[i];
        walk->near[i].row = row;
        walk->near[i].similarity = (float)walk->dots[i] * graph->rounding[row].scale * scale;
    }
}

lh_near lh_climb(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale, lh_near from,
                 int layer) {
    forget(walk);
    for (;;) {
        lh_near best = from;
        size_t count = neighbours(graph, walk, from.row, layer);
        lh_compare(graph, walk, query, scale, count);
        for (size_t i = 0; i < count; i++) {
            if (lh_is_nearer(walk->near[i], best)) best = walk->near[i];
        }
        if (best.row == from.row) return from;
        from = best;
    }
}

// In `best`, a row that was looked at has its sign bit set.
#define LOOKED_AT INT32_MIN

size_t lh_widen_search(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale,
                       size_t starts, int layer, size_t ef) {
    forget(walk);
    lh_near *best = walk->best;
    size_t count = starts < ef ? starts : ef, next = 0;
    for (size_t i = 0; i < count; i++) is_new(walk, best[i].row);
    while (next < count) {
        int32_t row = best[next].row;
        best[next].row |= LOOKED_AT;
        size_t changed = count;
        size_t listed = neighbours(graph, walk, row, layer);
        lh_compare(graph, walk, query, scale, listed);
        for (size_t i = 0; i < listed; i++) {
            lh_near item = walk->near[i];
            if (count == ef && item.similarity <= best[count - 1].similarity) continue;
            size_t low = 0, high = count;
            while (low < high) {
                size_t middle = (low + high) / 2;
                if (best[middle].similarity >= item.similarity) low = middle + 1;
                else high = middle;
            }
            if (count < ef) count++;
            memmove(best + low + 1, best + low, (count - 1 - low) * sizeof(lh_near));
            best[low] = item;
            if (low < changed) changed = low;
        }
        next = changed <= next ? changed : next + 1;
        while (next < count && (best[next].row & LOOKED_AT)) next++;
    }
    for (size_t i = 0; i < count; i++) best[i].row &= ~LOOKED_AT;
    return count;
}

// Heaps: a parent stands above its two children. `sign` is 1 for the nearest on top, -1 for the worst.
static int stands_above(lh_near a, lh_near b, int sign) {
    return sign > 0 ? lh_is_nearer(a, b) : lh_is_nearer(b, a);
}

static void heap_push(lh_near *heap, size_t count, lh_near item, int sign) {
    size_t child = count;
    while (child > 0) {
        size_t parent = (child - 1) / 2;
        if (!stands_above(item, heap[parent], sign)) break;
        heap[child] = heap[parent];
        child = parent;
    }
    heap[child] = item;
}

/// Takes the top away and puts `item` in; `count` is what the heap then has.
static void heap_replace(lh_near *heap, size_t count, lh_near item, int sign) {
    size_t parent = 0;
    for (;;) {
        size_t child = 2 * parent + 1;
        if (child >= count) break;
        if (child + 1 < count && stands_above(heap[child + 1], heap[child], sign)) child++;
        if (!stands_above(heap[child], item, sign)) break;
        heap[parent] = heap[child];
        parent = child;
    }
    heap[parent] = item;
}

static int may_answer(const uint64_t *allowed, size_t allowed_rows, int32_t row) {
    return (size_t)row < allowed_rows && (allowed[row >> 6] >> (row & 63) & 1);
}

/// The same walk over layer 0 where not all rows may be answered with: it goes on until `ef` that may are nearer than
/// all that is left to look at.
static ptrdiff_t filtered_search(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale,
                                 size_t starts, size_t ef, const uint64_t *allowed,
                                 size_t allowed_rows, size_t budget) {
    forget(walk);
    if (!grow(&walk->open, &walk->open_size, starts)) return -1;
    size_t open = 0, count = 0, spent = starts;
    for (; open < starts; open++) {
        is_new(walk, walk->best[open].row);
        heap_push(walk->open, open, walk->best[open], 1);
    }
    for (size_t i = 0; i < starts; i++) {
        if (may_answer(allowed, allowed_rows, walk->open[i].row) && count < ef) {
            heap_push(walk->best, count++, walk->open[i], -1);
        }
    }
    while (open > 0) {
        lh_near node = walk->open[0];
        if (count == ef && lh_is_nearer(walk->best[0], node)) break;
        open--;
        if (open > 0) heap_replace(walk->open, open, walk->open[open], 1);
        size_t listed = neighbours(graph, walk, node.row, 0);
        spent += listed;
        if (spent > budget) return -1;
        if (!grow(&walk->open, &walk->open_size, open + listed)) return -1;
        lh_compare(graph, walk, query, scale, listed);
        for (size_t i = 0; i < listed; i++) {
            lh_near item = walk->near[i];
            if (count == ef && !lh_is_nearer(item, walk->best[0])) continue;
            heap_push(walk->open, open++, item, 1);
            if (!may_answer(allowed, allowed_rows, item.row)) continue;
            if (count < ef) heap_push(walk->best, count++, item, -1);
            else heap_replace(walk->best, count, item, -1);
        }
    }
    // Nearest first: the worst go to the end one by one.
    for (size_t left = count; left > 1; left--) {
        lh_near worst = walk->best[0];
        heap_replace(walk->best, left - 1, walk->best[left - 1], -1);
        walk->best[left - 1] = worst;
    }
    return (ptrdiff_t)count;
}

ptrdiff_t lh_graph_search(const lh_graph *graph, lh_walk *walk, const int8_t *query, float scale,
                          size_t ef, const uint64_t *allowed, size_t allowed_rows, size_t budget,
                          lh_near *found) {
    int64_t entry = __atomic_load_n(&graph->entry, __ATOMIC_ACQUIRE);
    if (entry < 0 || ef == 0) return 0;
    int32_t row = (int32_t)(entry & 0xFFFFFFFF);
    if ((size_t)(uint32_t)row >= graph->rows || !lh_walk_begin(walk, graph->rows, ef + lh_starts)) return -1;
    walk->list[0] = row;
    lh_compare(graph, walk, query, scale, 1);
    walk->best[0] = walk->near[0];
    int layer = (int)(entry >> 32);
    for (; layer > 1; layer--) walk->best[0] = lh_climb(graph, walk, query, scale, walk->best[0], layer);
    // Several ways in, found where rows are few: one alone may lead to a cluster that isn't the nearest.
    size_t starts = layer == 1 ? lh_widen_search(graph, walk, query, scale, 1, 1, lh_starts) : 1;
    ptrdiff_t count =
        allowed ? filtered_search(graph, walk, query, scale, starts, ef, allowed, allowed_rows, budget)
                : (ptrdiff_t)lh_widen_search(graph, walk, query, scale, starts, 0, ef);
    if (count > 0) memcpy(found, walk->best, (size_t)count * sizeof(lh_near));
    return count;
}
