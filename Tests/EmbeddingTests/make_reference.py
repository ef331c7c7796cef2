#!/usr/bin/env python3
"""Writes the fixtures of EmbeddingTests, by a road that shares no code with the encoder.

The tokenizer is Hugging Face's (the `tokenizers` package); the forward pass is numpy in float64,
straight from the safetensors file.

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install numpy tokenizers
    /tmp/reference/bin/python make_reference.py MODEL_FOLDER Fixtures

Fixtures: texts.json (a list of texts), vectors.f32 (little-endian float32, [texts, hidden]),
tokens.json (a list of [text, ids]; ids with the special tokens, not cut off).
"""

import json
import math
import random
import struct
import sys
import unicodedata
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

LONGEST = 256

TEXTS = [
    "",
    "That is a happy person",
    "That is a very happy person",
    "That is a happy dog",
    "Today is a sunny day",
    "The quick brown fox jumps over the lazy dog.",
    "写作是一种思考的方式,笔记帮助我们记住读过的东西。",
    "東京は日本の首都です。カフェで本を読む。",
    "Great news! 🎉🚀 The family 👨‍👩‍👧 arrived 😀.",
    "Café naïve façade — “Ångström” and Straße, ÉCOLE, İstanbul",
    "x",
    "Attention lets every token look at every other token of its own sentence. " * 40,
    "Ωμέγα и Москва: смешанный текст, with HTML <b>bold</b> & code `let x = 1`",
]

SAMPLES = [
    "hello world", "Hello, World!", "  leading and trailing  ", "tabs\tand\nnew\r\nlines",
    "unaffable unbelievably antidisestablishmentarianism", "don't can't won't it's",
    "http://example.com/a?b=c&d=%20#frag", "foo_bar-baz.qux@host.tld", "1,234.56 €3.99 £7 ¥100",
    "你好,世界。写作", "混合English与中文text", "日本語のテキスト ひらがな カタカナ が ぎ ガ", "한국어 텍스트 안녕하세요",
    "Москва ёлка Йод", "ελληνικά Άλφα ΑΣ ς", "العربية نص", "עברית שלום", "हिन्दी पाठ किताब", "ภาษาไทย",
    "Tiếng Việt có dấu", "ÀÉÎÕÜ àéîõü ŒœßẞıİŁł", "e\u0301 combining a\u030a o\u0308\u0323",
    "zero\u200bwidth\u200djoin\ufeffbom", "soft\u00adhyphen", "nbsp\u00a0space\u2003em\u3000ideographic",
    "line\u2028sep\u2029para\u0085nel", "null\u0000byte \ufffd replacement \u0007bell \u000bvt \u000cff",
    "\ue000private\uf8ff", "emoji 😀👍🏽👨‍👩‍👧‍👦🇫🇷☺️", "math ∑∫√∞≈≠ ½ ² ³ ™ © ®", "quotes “double” ‘single’ «guillemets» „low“",
    "dashes – — ― … · •", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "z" * 5000,
    "豈更車 CJK compat \uf900\ufa0e", "\U00020000\U0002a6d6\U0002b740\U0002b820\U0002ceb0", "\u037e greek question \u1fef", "\u2000en\u2001quad",
    "[CLS] literal [SEP] and [MASK]x[UNK] [pad] [PAD] [ CLS]", "[[CLS]]", "##ing ##", "# ## ###", "^caret$dollar+plus=eq|pipe~tilde<lt>`tick`",
    "ﬁ ligature ﬂ Ⅷ ① ａｂｃ ＡＢＣ", "ǅ Ǆ ǆ ŉ ΐ", "\u1e9e \u0130 \u0131", "Ａ\u0301", "word\u0300\u0301\u0302", "\u0301 lone mark",
    "", " ", "\u0000", "\u0301", "漢\u0301字", "\u3099", "\u0e33 \u0ec0", "𝒜𝓁𝓅𝒽𝒶", "𐐀𐐨", "ꙀꙁᎠ Ა", "\U000e0001tag", "\u061c\u200f rtl",
]

POOLS = [
    (0x20, 0x7F), (0x00, 0x20), (0xA0, 0x250), (0x250, 0x370), (0x370, 0x530), (0x590, 0x700),
    (0x900, 0x980), (0xE00, 0xE80), (0x10A0, 0x1100), (0x1E00, 0x2000), (0x2000, 0x2070),
    (0x2100, 0x2400), (0x3000, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xF900, 0xFB07),
    (0xFE00, 0xFE70), (0xFF00, 0xFFF0), (0x1D400, 0x1D500), (0x1F300, 0x1F650), (0x20000, 0x20050),
    (0x2F800, 0x2F850),
]


def fuzzed(count):
    """Texts of random scalars. The reference's tables of character classes are as old as Unicode 9,
    and Swift's follow the standard, so scalars that came later are left out of the comparison."""
    source = random.Random(20240229)

    def scalar(pool):
        while True:
            one = chr(source.randrange(*pool))
            if pool[0] >= 0x1D400 or unicodedata.ucd_3_2_0.category(one) != "Cn":
                return one

    for _ in range(count):
        pools = source.sample(POOLS, source.randint(1, 4)) + [(0x61, 0x7B)] * 2
        text = "".join(
            " " if source.random() < 0.15 else scalar(source.choice(pools))
            for _ in range(source.randint(1, 40))
        )
        yield text


def tensors(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    result = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        raw = np.frombuffer(data[8 + length + start : 8 + length + end], dtype="<f4")
        result[name] = raw.reshape(entry["shape"]).astype(np.float64)
    return result


ERF = np.vectorize(math.erf)


def forward(ids, w, config):
    heads, eps = config["num_attention_heads"], config["layer_norm_eps"]

    def norm(x, name):
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + eps) * w[name + ".weight"] + w[name + ".bias"]

    def linear(x, name):
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    x = (
        w["embeddings.word_embeddings.weight"][ids]
        + w["embeddings.position_embeddings.weight"][: len(ids)]
        + w["embeddings.token_type_embeddings.weight"][0]
    )
    x = norm(x, "embeddings.LayerNorm")
    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}."

        def split(name):
            return linear(x, at + "attention.self." + name).reshape(len(ids), heads, -1).swapaxes(0, 1)

        q, k, v = split("query"), split("key"), split("value")
        scores = q @ k.swapaxes(1, 2) / math.sqrt(q.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        context = (scores @ v).swapaxes(0, 1).reshape(len(ids), -1)
        x = norm(x + linear(context, at + "attention.output.dense"), at + "attention.output.LayerNorm")
        h = linear(x, at + "intermediate.dense")
        h = 0.5 * h * (1 + ERF(h / math.sqrt(2)))
        x = norm(x + linear(h, at + "output.dense"), at + "output.LayerNorm")
    pooled = x.mean(0)
    return pooled / np.linalg.norm(pooled)


def main():
    model, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def ids_of(text):
        return tokenizer.encode(text).ids

    w = tensors(model / "model.safetensors")
    config = json.loads((model / "config.json").read_text())
    rows = []
    for text in TEXTS:
        ids = ids_of(text)
        if len(ids) > LONGEST:
            ids = ids[: LONGEST - 1] + ids[-1:]
        rows.append(forward(ids, w, config))
    (out / "texts.json").write_text(json.dumps(TEXTS) + "\n")
    (out / "vectors.f32").write_bytes(np.array(rows, dtype="<f4").tobytes())
    samples = SAMPLES + TEXTS + list(fuzzed(400))
    lines = [json.dumps([text, ids_of(text)], separators=(",", ":")) for text in samples]
    (out / "tokens.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    for other in (2, 3, 4):
        print(TEXTS[1], "|", TEXTS[other], round(float(rows[1] @ rows[other]), 6))


if __name__ == "__main__":
    main()
