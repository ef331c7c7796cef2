"""Measures the encoder beside onnxruntime and Sentence Transformers, in one run, so that the ratios hold on a
machine that is shared.

    python3 Scripts/bench_encoder.py [--texts N] [--scale] [--no-peers]

The peers are installed into out/bench-venv on first use; without a network they are left out and said so. Every
program gets the same texts: windows of the sample notes, 68 tokens on average.
"""

import argparse
import glob
import json
import os
import random
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
VENV = os.path.join(ROOT, "out", "bench-venv")
PYTHON = os.path.join(VENV, "bin", "python")
WORK = os.path.join(ROOT, "out", "bench")
BENCH = os.path.join(ROOT, ".build", "release", "encoder-bench")
PACKAGES = ["onnxruntime", "onnx", "sentence-transformers", "tokenizers", "numpy"]

PEER = r'''
import json, os, sys, time
import numpy as np
model, texts_file, work, question = sys.argv[1:5]
texts = open(texts_file, encoding="utf-8").read().split("\n")[:-1]
order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
sorted_texts = [texts[i] for i in order]
threads = 2

import torch
torch.set_num_threads(threads)
from transformers import AutoModel
from tokenizers import Tokenizer
import onnxruntime

onnx = os.path.join(work, "model.onnx")
if not os.path.exists(onnx):
    class Hidden(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = AutoModel.from_pretrained(model, attn_implementation="eager").eval()
        def forward(self, ids, mask, kind):
            return self.model(input_ids=ids, attention_mask=mask, token_type_ids=kind).last_hidden_state
    ids = torch.randint(5, 1000, (2, 16))
    names = ["input_ids", "attention_mask", "token_type_ids", "hidden"]
    torch.onnx.export(Hidden(), (ids, torch.ones_like(ids), torch.zeros_like(ids)), onnx, input_names=names[:3],
        output_names=names[3:], dynamic_axes={n: {0: "batch", 1: "tokens"} for n in names}, opset_version=17,
        dynamo=False)
quantised = os.path.join(work, "model-int8.onnx")
if not os.path.exists(quantised):
    from onnxruntime.quantization import quantize_dynamic, QuantType
    quantize_dynamic(onnx, quantised, weight_type=QuantType.QInt8, per_channel=True)

tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
tokenizer.enable_padding()
tokenizer.enable_truncation(256)
result = {"tokens": sum(sum(e.attention_mask) for e in tokenizer.encode_batch(texts)) / len(texts)}

def p50(body, times=100):
    samples = []
    for _ in range(times):
        start = time.perf_counter()
        body()
        samples.append(time.perf_counter() - start)
    return sorted(samples)[times // 2] * 1000

for name, path in (("onnxruntime", onnx), ("onnxruntime_int8", quantised)):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    def encode(batch):
        encodings = tokenizer.encode_batch(batch)
        ids = np.array([e.ids for e in encodings], dtype=np.int64)
        mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
        hidden = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    encode(sorted_texts[:32])
    start = time.perf_counter()
    rows = np.concatenate([encode(sorted_texts[i:i + 32]) for i in range(0, len(texts), 32)])
    result[name] = len(texts) / (time.perf_counter() - start)
    result[name + "_query"] = p50(lambda: encode([question]))
    if name == "onnxruntime":
        vectors = np.empty_like(rows)
        vectors[order] = rows
        for precision in ("fp32", "int8"):
            ours = np.fromfile(os.path.join(work, precision + ".f32"), dtype="<f4").reshape(len(texts), -1)
            cosines = (ours * vectors).sum(1)
            result["cosine_" + precision] = [float(cosines.mean()), float(cosines.min())]

from sentence_transformers import SentenceTransformer
reference = SentenceTransformer(model, device="cpu")
few = sorted_texts[:: max(1, len(texts) // 500)]
reference.encode(few[:32])
start = time.perf_counter()
reference.encode(few, batch_size=32, normalize_embeddings=True)
result["sentence_transformers"] = len(few) / (time.perf_counter() - start)
print(json.dumps(result))
'''

QUESTION = ("how do small worlds make the search of a graph in many dimensions fast and what does the parameter ef mean "
            "for its recall")


def write_texts(count):
    """Windows of the sample notes' words; lengths spread around 68 tokens as those of passages do."""
    words = []
    for path in sorted(glob.glob(os.path.join(ROOT, "Samples", "notes", "*.*"))):
        words += open(path, encoding="utf-8", errors="replace").read().split()
    chance = random.Random(7)
    path = os.path.join(WORK, "texts-%d.txt" % count)
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(count):
            tokens = max(8, min(250, int(chance.lognormvariate(4.11, 0.5))))
            start = chance.randrange(len(words) - 300)
            file.write(" ".join(words[start:start + max(4, int(tokens / 1.55))]) + "\n")
    return path


def ours(model, texts, precision, vectors=True):
    command = [BENCH, model, texts, precision]
    if vectors:
        command.append(os.path.join(WORK, precision + ".f32"))
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peers(model, texts):
    if not os.path.exists(PYTHON):
        print("installing the peers into out/bench-venv (once)", file=sys.stderr)
        made = subprocess.run([sys.executable, "-m", "venv", VENV]).returncode == 0
        if not made or subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *PACKAGES]).returncode:
            return None
    run = subprocess.run([PYTHON, "-c", PEER, model, texts, WORK, QUESTION], capture_output=True, text=True)
    if run.returncode:
        print(run.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(run.stdout.splitlines()[-1])


def report(model, texts, with_peers):
    exact, coarse = ours(model, texts, "fp32"), ours(model, texts, "int8")
    peer = peers(model, texts) if with_peers else None
    # Once more, so that a machine which slows down or speeds up is seen.
    again = ours(model, texts, "fp32", vectors=False)
    print("\n%-34s %10s %10s" % ("encoder, %d passages" % exact["texts"], "fp32", "int8"))
    rows = [("passages a second", "passages_per_second", "%.1f"), ("query of 28 tokens, p50 ms", "query_p50_ms", "%.2f"),
            ("the same beside indexing, p50 ms", "query_beside_indexing_p50_ms", "%.2f"),
            ("load, ms", "load_ms", "%.1f"), ("first text with packing, ms", "first_ms", "%.1f"),
            ("peak memory, MB", "peak_mb", "%.0f")]
    for title, key, form in rows:
        print("%-34s %10s %10s" % (title, form % exact[key], form % coarse[key]))
    print("%-34s %10.1f" % ("passages a second, once more", again["passages_per_second"]))
    if not peer:
        print("peers: not available")
        return
    print("\ntokens a passage: %.1f" % peer["tokens"])
    speed = (exact["passages_per_second"] + again["passages_per_second"]) / 2
    for name in ("onnxruntime", "onnxruntime_int8", "sentence_transformers"):
        print("%-22s %6.1f passages/s; fp32 is %.2fx, int8 %.2fx" % (
            name, peer[name], speed / peer[name], coarse["passages_per_second"] / peer[name]))
    for name in ("onnxruntime", "onnxruntime_int8"):
        print("%-22s %6.2f ms a query; fp32 takes %.2fx, int8 %.2fx" % (
            name, peer[name + "_query"], exact["query_p50_ms"] / peer[name + "_query"],
            coarse["query_p50_ms"] / peer[name + "_query"]))
    for precision in ("fp32", "int8"):
        print("cosine of %s with onnxruntime: mean %.6f, least %.6f" % ((precision,) + tuple(peer["cosine_" + precision])))


def scale(model):
    print("\n%10s %12s %14s %10s" % ("passages", "passages/s", "seconds", "peak MB"))
    for count in (1000, 10_000, 100_000):
        row = ours(model, write_texts(count), "int8", vectors=False)
        print("%10d %12.1f %14.1f %10.0f" % (
            count, row["passages_per_second"], count / row["passages_per_second"], row["peak_mb"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--scale", action="store_true", help="cost from 1,000 to 100,000 passages (ten minutes)")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    root = os.environ.get("LONGHAND_MODELS") or os.path.join(
        os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "longhand", "models")
    model = os.path.join(root, "all-MiniLM-L6-v2")
    os.makedirs(WORK, exist_ok=True)
    if options.scale:
        scale(model)
    else:
        report(model, write_texts(options.texts), not options.no_peers)


if __name__ == "__main__":
    main()
