#!/usr/bin/env python3
"""Writes the fixtures of EmbeddingTests with Sentence Transformers and Hugging Face's tokenizers.

    python3 -m venv reference
    reference/bin/pip install sentence-transformers sentencepiece protobuf
    reference/bin/python make_reference.py MODEL_FOLDER Fixtures

MODEL_FOLDER is all-MiniLM-L6-v2. Versions used: sentence-transformers 6.2, transformers 5.23,
tokenizers 0.23, sentencepiece 0.2.3. In `Fixtures` it writes

- texts.json, a list of texts, and vectors.f32, their vectors by the model in MODEL_FOLDER
  (little-endian float32, [texts, hidden]);
- tokens.json, a list of [text, ids] of its tokenizer, special tokens included, not cut off;
- bytes.json, a list of [hexadecimal, text]: bytes that aren't UTF-8 and what Python's
  errors="replace" makes of them;
- unigram-vocab.json and unigram-charsmap.txt: a small SentencePiece vocabulary trained here, and
  the `nmt_nfkc` table of characters that SentencePiece puts into every such model, XLM-RoBERTa's
  included;
- unigram.json: tokenizers made of these two, each a template of a tokenizer.json in which @VOCAB@
  and @CHARSMAP@ stand for them, with a list of [text, ids];
- models.json and models.f32: small models of each supported shape, as configuration files and the
  seed of their weights, and the vectors of texts.json by each of them. The weights come from
  `Weights` below, which SeededModel.swift repeats.

It also checks the published similarities of the real model, by printing them.
"""

import base64
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import sentencepiece
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer

from reference_texts import LANGUAGES, SAMPLES, TEXTS, UNIGRAM_SAMPLES, fuzzed

def corpus():
    """Sentences of words of one language, rarely of two; some words are made up of syllables."""
    source = random.Random(7)
    syllables = [a + b + c for a in "bcdfghklmnprstvw" for b in "aeiou" for c in ("", "n", "r", "st", "ing", "ed", "ly")]
    for _ in range(30_000):
        words = source.choice(LANGUAGES)
        line = []
        for _ in range(source.randint(3, 25)):
            if source.random() < 0.02:
                words = source.choice(LANGUAGES)
            word = source.choice(words)
            if words is LANGUAGES[0] and source.random() < 0.3:
                word = "".join(source.choice(syllables) for _ in range(source.randint(1, 3)))
            if source.random() < 0.1:
                word = word.capitalize() + source.choice([",", ".", "!", "?", ";", ""])
            if source.random() < 0.03:
                word = str(source.randrange(10 ** source.randint(1, 5)))
            line.append(word)
        yield ("" if words in LANGUAGES[1:3] else " ").join(line)


def trained(folder):
    """A Unigram vocabulary in XLM-RoBERTa's order, with pieces for bytes, and the charsmap."""
    prefix = str(folder / "unigram")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()), model_prefix=prefix, vocab_size=4000, model_type="unigram",
        normalization_rule_name="nmt_nfkc", byte_fallback=True, character_coverage=0.9995,
        hard_vocab_limit=False, num_threads=1, minloglevel=2,
    )
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(Path(prefix + ".model").read_bytes())
    pieces = [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0]]
    pieces += [[p.piece, p.score] for p in proto.pieces[3:]] + [["<mask>", 0.0]]
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    return pieces, charsmap


def templates(mask):
    """tokenizer.json in the shapes found in the wild: as converted years ago, as converted today,
    and one with the steps that other models use."""

    def added(content, id, **flags):
        token = {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False}
        return token | {"normalized": False, "special": True} | flags

    charsmap = {"type": "Precompiled", "precompiled_charsmap": "@CHARSMAP@"}
    frame = {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": "<s>", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "</s>", "type_id": 0}},
        ],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
        "special_tokens": {
            "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
            "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]},
        },
    }
    roberta = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": True}
    tokens = [added(c, i) for i, c in enumerate(["<s>", "<pad>", "</s>", "<unk>"])]
    whole = added("whole", mask + 1, special=False, normalized=True, single_word=True)

    def make(name, normalizer, pre, fallback, added_tokens, processor):
        return name, {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": added_tokens,
            "normalizer": normalizer, "pre_tokenizer": pre, "post_processor": processor,
            "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
            "model": {"type": "Unigram", "unk_id": 3, "vocab": "@VOCAB@", "byte_fallback": fallback},
        }

    yield make(
        "older", charsmap,
        {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": True}]},
        False, tokens + [added("<mask>", mask, lstrip=True)], frame)
    yield make(
        "converted",
        {"type": "Sequence", "normalizers": [
            charsmap, {"type": "Strip", "strip_left": False, "strip_right": True},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]},
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        True, tokens + [added("<mask>", mask, lstrip=True, rstrip=True, normalized=True)], roberta)
    yield make(
        "others",
        {"type": "Sequence", "normalizers": [
            {"type": "NFKC"}, {"type": "Lowercase"},
            {"type": "Replace", "pattern": {"String": "``"}, "content": "\""}]},
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": False},
        False, tokens + [whole], frame)


class Weights:
    """Numbers of eight bits over a power of two, exact in every float type, from a generator that
    any language has: Knuth's linear congruential one."""

    def __init__(self, seed, scale):
        self.state = seed
        self.scale = scale

    def tensor(self, name, shape):
        count = int(np.prod(shape))
        if name.endswith("LayerNorm.weight"):
            scale = None
        else:
            scale = 256 if name.endswith(".bias") or "embeddings.position" in name else self.scale
        raw = np.empty(count, dtype=np.float32)
        for index in range(count):
            self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
            raw[index] = 1 if scale is None else ((self.state >> 56) - 128) / scale
        return raw.reshape(shape)


def encoder_shapes(config):
    hidden, wide = config["hidden_size"], config["intermediate_size"]
    yield "embeddings.word_embeddings.weight", [config["vocab_size"], hidden]
    yield "embeddings.position_embeddings.weight", [config["max_position_embeddings"], hidden]
    yield "embeddings.token_type_embeddings.weight", [config["type_vocab_size"], hidden]
    yield "embeddings.LayerNorm.weight", [hidden]
    yield "embeddings.LayerNorm.bias", [hidden]
    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}."
        for name, out, wanted in [
            ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
            ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
            ("intermediate.dense", wide, hidden), ("output.dense", hidden, wide),
        ]:
            yield at + name + ".weight", [out, wanted]
            yield at + name + ".bias", [out]
        for norm in ["attention.output.LayerNorm", "output.LayerNorm"]:
            yield at + norm + ".weight", [hidden]
            yield at + norm + ".bias", [hidden]


def word_pieces(count):
    """A BERT vocabulary of special tokens, ASCII and ideographs, as SeededModel.swift makes it."""
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces += [chr(code) for code in range(0x21, 0x7F)]
    pieces += ["##" + chr(code) for code in list(range(0x30, 0x3A)) + list(range(0x61, 0x7B))]
    pieces += [chr(0x4E00 + index) for index in range(0x5200)]
    pieces += [f"[unused{index}]" for index in range(100)]
    return pieces[:count]


def model_specs(unigram_count):
    def config(**changes):
        return {
            "model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu",
            "num_hidden_layers": 2, "num_attention_heads": 4, "hidden_size": 32,
            "intermediate_size": 64, "max_position_embeddings": 64, "type_vocab_size": 2,
            "layer_norm_eps": 1e-12, "vocab_size": 1024, "pad_token_id": 0,
        } | changes

    def modules(*kinds):
        return [
            {"idx": index, "name": str(index), "path": "" if kind == "Transformer" else f"{index}_{kind}",
             "type": "sentence_transformers.models." + kind} for index, kind in enumerate(kinds)
        ]

    def flags(width, mode):
        return {"word_embedding_dimension": width, "pooling_mode_cls_token": mode == "cls",
                "pooling_mode_mean_tokens": mode == "mean", "pooling_mode_max_tokens": False,
                "pooling_mode_mean_sqrt_len_tokens": False}

    bert = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 1e30}
    xlmr = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, "bos_token": "<s>",
            "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
    plain = modules("Transformer", "Pooling", "Normalize")
    yield {
        "name": "mean", "seed": 1, "scale": 128, "type": "F16", "root": "",
        "files": {
            "config.json": config(num_hidden_layers=12, hidden_size=16, intermediate_size=32,
                                  max_position_embeddings=512, vocab_size=21128),
            "tokenizer_config.json": bert, "modules.json": modules("Transformer", "Pooling"),
            "sentence_bert_config.json": {"max_seq_length": 128, "do_lower_case": False},
            "1_Pooling/config.json": flags(16, "mean")}}
    yield {
        "name": "cls", "seed": 2, "scale": 128, "type": "F32", "root": "bert.",
        "files": {
            "config.json": config(), "modules.json": plain, "1_Pooling/config.json": flags(32, "cls"),
            "tokenizer_config.json": bert | {"model_max_length": 48}}}
    yield {
        "name": "dense", "seed": 3, "scale": 128, "type": "F32", "root": "",
        "files": {
            "config.json": config(num_hidden_layers=1), "tokenizer_config.json": bert,
            "modules.json": modules("Transformer", "Pooling", "Dense", "Normalize"),
            "1_Pooling/config.json": {"embedding_dimension": 32, "pooling_mode": "mean", "include_prompt": True},
            "2_Dense/config.json": {"in_features": 32, "out_features": 24, "bias": True,
                                    "activation_function": "torch.nn.modules.activation.Tanh"}}}
    for seed, act in [(4, "gelu_new"), (5, "relu")]:
        yield {
            "name": act, "seed": seed, "scale": 256, "type": "F32", "root": "",
            "files": {
                "config.json": config(hidden_act=act), "tokenizer_config.json": bert, "modules.json": plain,
                "1_Pooling/config.json": {"embedding_dimension": 32, "pooling_mode": "cls"}}}
    yield {
        "name": "xlm-roberta", "seed": 6, "scale": 128, "type": "F32", "root": "roberta.", "tokenizer": "older",
        "files": {
            "config.json": config(
                model_type="xlm-roberta", architectures=["XLMRobertaModel"], type_vocab_size=1,
                max_position_embeddings=66, pad_token_id=1, bos_token_id=0, eos_token_id=2,
                layer_norm_eps=1e-5, vocab_size=unigram_count),
            "tokenizer_config.json": xlmr, "modules.json": plain,
            "sentence_bert_config.json": {"max_seq_length": 64, "do_lower_case": False},
            "1_Pooling/config.json": flags(32, "mean")}}


def make_model(spec, folder, tokenizers):
    for name, content in spec["files"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    config = spec["files"]["config.json"]
    if "tokenizer" in spec:
        (folder / "tokenizer.json").write_text(tokenizers[spec["tokenizer"]])
    else:
        (folder / "vocab.txt").write_text("\n".join(word_pieces(config["vocab_size"])) + "\n")
    weights = Weights(spec["seed"], spec["scale"])
    kind = np.float16 if spec["type"] == "F16" else np.float32
    tensors = {spec["root"] + name: weights.tensor(name, shape).astype(kind) for name, shape in encoder_shapes(config)}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    dense = spec["files"].get("2_Dense/config.json")
    if dense:
        out, wanted = dense["out_features"], dense["in_features"]
        tensors = {"linear.weight": weights.tensor("linear.weight", [out, wanted]), "linear.bias": weights.tensor("linear.bias", [out])}
        save_file(tensors, folder / "2_Dense" / "model.safetensors", metadata={"format": "pt"})


def vectors(folder, texts):
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": "float32"})
    return model.encode(texts, prompt="", batch_size=1, normalize_embeddings=True).astype("<f4")


def mangled(count):
    """Text with invalid bytes in it, decoded as a careless program would."""
    source = random.Random(99)
    for text in source.sample(TEXTS[1:35], count):
        raw = bytearray(text.encode()[:80])
        for _ in range(3):
            raw[source.randrange(len(raw))] = source.randrange(0x80, 0x100)
        yield bytes(raw).decode("utf-8", errors="replace")


def broken(count):
    """Bytes of which many aren't UTF-8."""
    source = random.Random(5)
    leads = [0x41, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xE4, 0xED, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF, 0x9F, 0xA0, 0x90, 0x8F]
    for _ in range(count):
        raw = bytes(source.choice(leads) for _ in range(source.randint(1, 12)))
        yield [raw.hex(), raw.decode("utf-8", errors="replace")]


def samples(tokenizer, texts):
    lines = [json.dumps([text, tokenizer.encode(text).ids], separators=(",", ":")) for text in texts]
    return "[\n" + ",\n".join(lines) + "\n]"


def main():
    model, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    (out / "texts.json").write_text(json.dumps(TEXTS) + "\n")
    rows = vectors(model, TEXTS)
    (out / "vectors.f32").write_bytes(rows.tobytes())
    for other in (2, 3, 4):
        print(TEXTS[1], "|", TEXTS[other], round(float(rows[1] @ rows[other]), 6))

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    texts = SAMPLES + TEXTS + list(fuzzed(400)) + list(mangled(20))
    (out / "tokens.json").write_text(samples(tokenizer, texts) + "\n")

    (out / "bytes.json").write_text(json.dumps(list(broken(200))) + "\n")

    with tempfile.TemporaryDirectory() as temporary:
        pieces, charsmap = trained(Path(temporary))
        vocab = "[" + ",\n".join(json.dumps(piece, ensure_ascii=False) for piece in pieces) + "]"
        (out / "unigram-vocab.json").write_text(vocab + "\n")
        (out / "unigram-charsmap.txt").write_text(charsmap + "\n")
        texts = UNIGRAM_SAMPLES + [t[:400] for t in TEXTS + SAMPLES] + list(fuzzed(120)) + list(mangled(20))
        tokenizers, entries = {}, []
        for name, template in templates(len(pieces) - 1):
            source = json.dumps(template, ensure_ascii=False)
            tokenizers[name] = source.replace('"@VOCAB@"', vocab).replace("@CHARSMAP@", charsmap)
            tokenizer = Tokenizer.from_str(tokenizers[name])
            entries.append(
                json.dumps({"name": name, "template": source}, ensure_ascii=False)[:-1]
                + ',"samples":' + samples(tokenizer, texts) + "}"
            )
        (out / "unigram.json").write_text("[" + ",\n".join(entries) + "]\n")

        specs, rows = [], []
        for spec in model_specs(len(pieces)):
            folder = Path(temporary) / spec["name"]
            make_model(spec, folder, tokenizers)
            rows.append(vectors(folder, TEXTS).tobytes())
            specs.append(spec)
            print(spec["name"])
        (out / "models.json").write_text(json.dumps(specs, indent=1) + "\n")
        (out / "models.f32").write_bytes(b"".join(rows))


if __name__ == "__main__":
    main()
