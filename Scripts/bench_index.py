"""Measures the vector indexes beside numpy, faiss, hnswlib and usearch, in one run.

    python3 Scripts/bench_index.py [--rows N] [--hnsw] [--scale]

The vectors are mixtures of the real vectors of sample passages, which Scripts/bench_encoder.py leaves in
out/bench/fp32.f32; run that first. The peers are installed into out/bench-venv; one that can't be is left out.
"""

import argparse
import json
import os
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
VENV = os.path.join(ROOT, "out", "bench-venv")
PYTHON = os.path.join(VENV, "bin", "python")
WORK = os.path.join(ROOT, "out", "bench")
BENCH = os.path.join(ROOT, ".build", "release", "index-bench")
DIMENSION = 384

MIX = r'''
import sys
import numpy as np
work, rows, dimension = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
real = np.fromfile(work + "/fp32.f32", dtype="<f4").reshape(-1, dimension)
chance = np.random.default_rng(5)
def mixtures(count):
    return np.concatenate([part(min(100000, count - start)) for start in range(0, count, 100000)])
def part(count):
    weights = chance.dirichlet([0.6] * 4, count).astype("f4")
    mixed = (real[chance.integers(0, len(real), (count, 4))] * weights[..., None]).sum(1)
    mixed += chance.normal(0, 0.01, mixed.shape).astype("f4")
    return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype("<f4")
mixtures(rows).tofile(work + "/rows.f32")
mixtures(500).tofile(work + "/queries.f32")
'''

PEERS = r'''
import json, sys, time
import numpy as np
work, dimension, graphs = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1"
rows = np.fromfile(work + "/rows.f32", dtype="<f4").reshape(-1, dimension)
queries = np.fromfile(work + "/queries.f32", dtype="<f4").reshape(-1, dimension)
exact = []
samples = []
for query in queries:
    start = time.perf_counter()
    scores = rows @ query
    best = np.argpartition(-scores, 10)[:10]
    best = best[np.argsort(-scores[best])]
    samples.append(time.perf_counter() - start)
    exact.append(set(best.tolist()))
print(json.dumps({"peer": "numpy", "p50_ms": sorted(samples)[len(samples) // 2] * 1000}))
def report(name, build, search):
    start = time.perf_counter()
    build()
    took = time.perf_counter() - start
    for ef in (32, 64, 128, 256):
        found = 0
        start = time.perf_counter()
        for query, right in zip(queries, exact):
            found += len(right & set(search(query, ef)))
        seconds = time.perf_counter() - start
        print(json.dumps({"peer": name, "build_s": took, "ef": ef, "qps": len(queries) / seconds,
                          "recall": found / (10 * len(queries))}))
if graphs:
    try:
        import faiss
        faiss.omp_set_num_threads(2)
        index = faiss.IndexHNSWFlat(dimension, 16, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 200
        def search(query, ef):
            index.hnsw.efSearch = ef
            return index.search(query[None], 10)[1][0].tolist()
        report("faiss", lambda: index.add(rows), search)
    except ImportError:
        pass
    try:
        import hnswlib
        other = hnswlib.Index(space="ip", dim=dimension)
        other.init_index(max_elements=len(rows), M=16, ef_construction=200)
        other.set_num_threads(2)
        def search2(query, ef):
            other.set_ef(ef)
            return other.knn_query(query, 10, num_threads=1)[0][0].tolist()
        report("hnswlib", lambda: other.add_items(rows), search2)
    except ImportError:
        pass
    try:
        from usearch.index import Index
        third = Index(ndim=dimension, metric="ip", connectivity=16, expansion_add=200)
        def search3(query, ef):
            third.expansion_search = ef
            return third.search(query, 10).keys.tolist()
        report("usearch", lambda: third.add(np.arange(len(rows)), rows, threads=2), search3)
    except ImportError:
        pass
'''


def run(code, *arguments):
    return subprocess.run([PYTHON, "-c", code, *arguments], capture_output=True, text=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--hnsw", action="store_true", help="graphs too, ours and the peers' (minutes)")
    parser.add_argument("--scale", action="store_true", help="our graph from 1,000 to 1,000,000 rows (minutes)")
    options = parser.parse_args()
    if not os.path.exists(os.path.join(WORK, "fp32.f32")) or not os.path.exists(PYTHON):
        print("bench_index: run Scripts/bench_encoder.py first", file=sys.stderr)
        return 1
    if options.hnsw:
        for package in ("faiss-cpu", "hnswlib", "usearch"):
            subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", package], capture_output=True)
    if options.scale:
        return scale()
    if not mix(options.rows):
        return 1
    command = [BENCH, WORK + "/rows.f32", WORK + "/queries.f32", str(DIMENSION)]
    if options.hnsw:
        command += ["32", "64", "96", "128", "256"]
    ours = measured(command)
    peers = run(PEERS, WORK, str(DIMENSION), "1" if options.hnsw else "0")
    rows = [json.loads(line) for line in peers.stdout.splitlines()]
    show(rows)
    flat, numpy = ours[0], next(row for row in rows if row["peer"] == "numpy")
    print("exact search of %d rows takes %.2fx numpy's time" % (options.rows, flat["p50_ms"] / numpy["p50_ms"]))
    if options.hnsw:
        compare(ours, rows)
    return 0


def mix(rows):
    made = run(MIX, WORK, str(rows), str(DIMENSION))
    if made.returncode:
        print(made.stderr[-1000:], file=sys.stderr)
    return made.returncode == 0


def measured(command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    show(rows)
    return rows


def show(rows):
    for row in rows:
        print("  ".join("%s %s" % (key, "%.4g" % value if isinstance(value, float) else value) for key, value in row.items()), flush=True)


def compare(ours, peers):
    """The fastest width of each that finds 99 of 100 of the nearest ten."""
    def fastest(rows):
        return max((row for row in rows if row["recall"] >= 0.99), key=lambda row: row["qps"], default=None)

    own = fastest([row for row in ours if row["index"] == "hnsw"])
    for name in ("faiss", "hnswlib", "usearch"):
        other = fastest([row for row in peers if row["peer"] == name and "qps" in row])
        if own and other:
            print(
                "at recall >= 0.99: %.0f searches a second (ef %d), %.2fx those of %s (%.0f, ef %d); built in %.1f s, %.2fx of its %.1f s"
                % (own["qps"], own["ef"], own["qps"] / other["qps"], name, other["qps"], other["ef"], own["build_s"],
                   own["build_s"] / other["build_s"], other["build_s"]))


def scale():
    for rows in (1_000, 10_000, 100_000, 1_000_000):
        if not mix(rows):
            return 1
        measured([BENCH, "--filed", WORK + "/rows.f32", WORK + "/queries.f32", str(DIMENSION), "384" if rows == 1_000_000 else "96"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
