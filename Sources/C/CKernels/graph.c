// Building a graph of rows: the writing half of HNSW.
#include <stdlib.h>
#include <string.h>

#include "walk.h"

static void lock(const lh_graph *graph, int32_t row) {
    uint32_t times = 0;
    while (__atomic_exchange_n(graph->locks + row, 1, __ATOMIC_ACQUIRE)) lh_wait_a_moment(times++);
}

static void unlock(const lh_graph *graph, int32_t row) {
    __atomic_store_n(graph->locks + row, 0, __ATOMIC_RELEASE);
}

static const int8_t *bytes_of(const lh_graph *graph, int32_t row) {
    return graph->bytes + (size_t)row * graph->stride;
}

/// Chooses up to `most` of `sorted`, nearest first, into `walk->kept`: those that are nearer to the row than to any
/// chosen before, so that links lead out of a cluster too (the paper's algorithm 4). Where these are few, the
/// nearest of the others fill up to `least` places: among equal vectors nothing else would lead to most of them.
static size_t choose(const lh_graph *graph, lh_walk *walk, const lh_near *sorted, size_t count, size_t least,
                     size_t most) {
    int32_t others[lh_most_links];
    size_t kept = 0, left = 0;
    for (size_t i = 0; i < count && kept < most; i++) {
        int32_t row = sorted[i].row;
        lh_dot_rows(graph->machine, graph->bytes, graph->stride, graph->rounding, walk->kept, 0, kept,
                    bytes_of(graph, row), walk->dots);
        float scale = graph->rounding[row].scale;
        int is_diverse = 1;
        for (size_t k = 0; k < kept && is_diverse; k++) {
            float other = (float)walk->dots[k] * graph->rounding[walk->kept[k]].scale * scale;
            is_diverse = other < sorted[i].similarity;
        }
        if (is_diverse) walk->kept[kept++] = row;
        else if (left < least) others[left++] = row;
    }
    for (size_t i = 0; i < left && kept < least; i++) walk->kept[kept++] = others[i];
    return kept;
}

/// Writes a list of links. A reader may see some of the old ones and some of the new, and each is a row; the count
/// comes last when the list grows, so that no reader sees a link that isn't there yet.
static void write_links(int32_t *links, const int32_t *rows, size_t count) {
    for (size_t i = 0; i < count; i++) __atomic_store_n(links + 1 + i, rows[i], __ATOMIC_RELEASE);
    __atomic_store_n(links, (int32_t)count, __ATOMIC_RELEASE);
}

static void sort_near(lh_near *list, size_t count) {
    for (size_t i = 1; i < count; i++) {
        lh_near item = list[i];
        size_t at = i;
        for (; at > 0 && lh_is_nearer(item, list[at - 1]); at--) list[at] = list[at - 1];
        list[at] = item;
    }
}

/// Adds `other` to the links of `row`; where there are too many, the best are chosen.
static void link(const lh_graph *graph, lh_walk *walk, int32_t row, lh_near other, int layer) {
    int32_t *links = lh_graph_links(graph, row, layer);
    if (!links) return;
    size_t most = (size_t)(layer == 0 ? 2 * graph->links : graph->links);
    lock(graph, row);
    size_t count = (size_t)links[0];
    int is_linked = 0;
    for (size_t i = 1; i <= count; i++) is_linked |= links[i] == other.row;
    if (!is_linked && count < most) {
        __atomic_store_n(links + 1 + count, other.row, __ATOMIC_RELEASE);
        __atomic_store_n(links, (int32_t)count + 1, __ATOMIC_RELEASE);
    } else if (!is_linked) {
        memcpy(walk->list, links + 1, count * sizeof(int32_t));
        lh_compare(graph, walk, bytes_of(graph, row), graph->rounding[row].scale, count);
        walk->near[count] = other;
        sort_near(walk->near, count + 1);
        write_links(links, walk->kept, choose(graph, walk, walk->near, count + 1, most / 2, most));
    }
    unlock(graph, row);
}

int lh_graph_insert(lh_graph *graph, lh_walk *walk, int32_t row, int level, size_t ef) {
    if (!lh_walk_begin(walk, graph->rows, ef + lh_starts)) return 0;
    if (level > 0) {
        uint64_t block = __atomic_fetch_add(&graph->upper_used, (uint64_t)level, __ATOMIC_RELAXED);
        if (block + (uint64_t)level > graph->upper_blocks) level = 0;
        else graph->upper_at[row] = (uint32_t)block;
    }
    __atomic_store_n(graph->levels + row, (int8_t)(level + 1), __ATOMIC_RELEASE);

    int64_t own = (int64_t)level << 32 | (int64_t)row;
    int64_t entry = -1;
    if (__atomic_compare_exchange_n(&graph->entry, &entry, own, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
        return 1;
    }
    const int8_t *query = bytes_of(graph, row);
    float scale = graph->rounding[row].scale;
    int top = (int)(entry >> 32);
    walk->list[0] = (int32_t)(entry & 0xFFFFFFFF);
    lh_compare(graph, walk, query, scale, 1);
    lh_near from = walk->near[0];
    for (int layer = top; layer > level; layer--) from = lh_climb(graph, walk, query, scale, from, layer);

    // The row's own links on all layers come first: a search that is led to it on one goes on from it below.
    int shared = level < top ? level : top;
    walk->best[0] = from;
    size_t found = 1;
    if (shared == 0 && top > 0) found = lh_widen_search(graph, walk, query, scale, 1, 1, lh_starts);
    for (int layer = shared; layer >= 0; layer--) {
        found = lh_widen_search(graph, walk, query, scale, found, layer, ef);
        size_t kept = choose(graph, walk, walk->best, found, (size_t)graph->links / 4, (size_t)graph->links);
        int32_t *links = lh_graph_links(graph, row, layer);
        if (links) write_links(links, walk->kept, kept);
    }
    for (int layer = 0; layer <= shared; layer++) {
        const int32_t *links = lh_graph_links(graph, row, layer);
        int32_t chosen[lh_most_links];
        size_t count = links ? (size_t)links[0] : 0;
        if (count) memcpy(chosen, links + 1, count * sizeof(int32_t));
        for (size_t i = 0; i < count; i++) {
            walk->list[0] = chosen[i];
            lh_compare(graph, walk, query, scale, 1);
            lh_near back = {walk->near[0].similarity, row};
            link(graph, walk, chosen[i], back, layer);
        }
    }
    while (level > (int)(entry >> 32)) {
        if (__atomic_compare_exchange_n(&graph->entry, &entry, own, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) break;
    }
    return 1;
}

static int is_gone(const uint64_t *gone, int32_t row) { return gone[row >> 6] >> (row & 63) & 1; }

int lh_graph_bridge(lh_graph *graph, lh_walk *walk, int32_t row, const uint64_t *gone) {
    for (int layer = 0; layer < graph->levels[row]; layer++) {
        int32_t *links = lh_graph_links(graph, row, layer);
        if (!links) continue;
        size_t most = (size_t)(layer == 0 ? 2 * graph->links : graph->links);
        size_t count = (size_t)links[0] > most ? most : (size_t)links[0];
        if (!lh_walk_begin(walk, graph->rows, count * (1 + most))) return 0;
        int has_gone = 0;
        size_t found = 0;
        for (size_t i = 1; i <= count; i++) has_gone |= is_gone(gone, links[i]);
        if (!has_gone) continue;
        for (size_t i = 1; i <= count; i++) {
            const int32_t *others = is_gone(gone, links[i]) ? lh_graph_links(graph, links[i], layer) : NULL;
            if (!others) {
                if (!is_gone(gone, links[i])) walk->best[found++].row = links[i];
                continue;
            }
            size_t further = (size_t)others[0] > most ? most : (size_t)others[0];
            for (size_t k = 1; k <= further; k++) {
                if (!is_gone(gone, others[k]) && others[k] != row) walk->best[found++].row = others[k];
            }
        }
        // Each once, with its similarity.
        size_t unique = 0;
        for (size_t i = 0; i < found; i++) {
            int is_known = 0;
            for (size_t k = 0; k < unique && !is_known; k++) is_known = walk->best[k].row == walk->best[i].row;
            if (!is_known) walk->best[unique++].row = walk->best[i].row;
        }
        for (size_t i = 0; i < unique; i++) {
            walk->list[0] = walk->best[i].row;
            lh_compare(graph, walk, bytes_of(graph, row), graph->rounding[row].scale, 1);
            walk->best[i].similarity = walk->near[0].similarity;
        }
        sort_near(walk->best, unique);
        lock(graph, row);
        write_links(links, walk->kept, choose(graph, walk, walk->best, unique, most / 2, most));
        unlock(graph, row);
    }
    return 1;
}

static int are_rows(const int32_t *links, int32_t most, size_t count) {
    if (links[0] < 0 || links[0] > most) return 0;
    for (int32_t i = 1; i <= links[0]; i++) {
        if ((size_t)(uint32_t)links[i] >= count) return 0;
    }
    return 1;
}

int lh_graph_is_sound(const lh_graph *graph, size_t count) {
    int32_t entry = (int32_t)(graph->entry & 0xFFFFFFFF);
    if (graph->entry >= 0) {
        if ((size_t)(uint32_t)entry >= count || graph->entry >> 32 >= graph->levels[entry]) return 0;
    } else if (count > 0 && graph->entry != -1) return 0;
    for (size_t row = 0; row < count; row++) {
        int levels = graph->levels[row];
        if (levels < 0 || !are_rows(lh_graph_links(graph, (int32_t)row, 0), 2 * graph->links, count)) return 0;
        for (int layer = 1; layer < levels; layer++) {
            const int32_t *links = lh_graph_links(graph, (int32_t)row, layer);
            if (!links || !are_rows(links, graph->links, count)) return 0;
        }
    }
    return 1;
}
