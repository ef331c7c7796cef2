"""Writes a packed 4-bit E5 model out in the layout of Sentence Transformers.

    unpack_e5.py WEIGHTS FOLDER

Blocks of 32 weights are one half-precision scale and 32 numbers of four bits less 8 (Q4_0); byte j has weights j and
j + 16. What comes out are half-precision floats: a product of a scale and a number below 8 fits nearly exactly.
"""
import json
import os
import struct
import sys

import numpy

source, folder = sys.argv[1:3]
data = open(source, "rb").read()
assert data[:4] == b"E5S1", "not a packed E5 model"
hidden, layers, heads, inner, vocabulary, window, types, epsilon, block = struct.unpack_from("<7ifi", data, 8)
assert block == 32
place = 44
pieces, begin, end, pad, unknown, length = struct.unpack_from("<5iQ", data, place)
place += 28
offsets = struct.unpack_from(f"<{pieces + 1}I", data, place)
place += 4 * (pieces + 1)
scores = struct.unpack_from(f"<{pieces}f", data, place)
place += 4 * pieces
spellings = data[place:place + length]
place += length
# The table of characters that are written otherwise: it is that of NFKC, which the tokenizer's file asks for by name.
_, size = struct.unpack_from("<iI", data, place)
place += 8 + size

tensors = {}
(count,) = struct.unpack_from("<i", data, place)
place += 4
for _ in range(count):
    (letters,) = struct.unpack_from("<H", data, place)
    name = data[place + 2:place + 2 + letters].decode()
    place += 2 + letters
    kind, number, start, taken = struct.unpack_from("<BIQQ", data, place)
    place += 21
    tensors[name] = (kind, number, start, taken)


def floats(name, *shape):
    _, _, start, _ = tensors[name]
    return numpy.frombuffer(data, "<f4", int(numpy.prod(shape)), start).reshape(shape).astype("<f2")


def weights(name, rows, columns):
    _, _, start, taken = tensors[name]
    blocks = rows * columns // 32
    assert taken == blocks * 18, name
    raw = numpy.frombuffer(data, numpy.uint8, blocks * 18, start).reshape(blocks, 18)
    scale = raw[:, :2].copy().view("<f2").astype("f4")
    low, high = raw[:, 2:] & 15, raw[:, 2:] >> 4
    values = (numpy.concatenate([low, high], 1).astype("f4") - 8) * scale
    return values.reshape(rows, columns).astype("<f2")


out = {
    "embeddings.word_embeddings.weight": weights("emb.word", vocabulary, hidden),
    "embeddings.position_embeddings.weight": floats("emb.pos", window, hidden),
    "embeddings.token_type_embeddings.weight": floats("emb.type", types, hidden) if tensors["emb.type"][1] >= types * hidden
    else numpy.tile(floats("emb.type", 1, hidden), (types, 1)),
    "embeddings.LayerNorm.weight": floats("emb.ln.w", hidden),
    "embeddings.LayerNorm.bias": floats("emb.ln.b", hidden),
}
parts = [
    ("q", "attention.self.query", hidden, hidden), ("k", "attention.self.key", hidden, hidden),
    ("v", "attention.self.value", hidden, hidden), ("ao", "attention.output.dense", hidden, hidden),
    ("fi", "intermediate.dense", inner, hidden), ("fo", "output.dense", hidden, inner),
]
for layer in range(layers):
    for short, long, rows, columns in parts:
        out[f"encoder.layer.{layer}.{long}.weight"] = weights(f"l{layer}.{short}.w", rows, columns)
        out[f"encoder.layer.{layer}.{long}.bias"] = floats(f"l{layer}.{short}.b", rows)
    for short, long in [("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")]:
        out[f"encoder.layer.{layer}.{long}.weight"] = floats(f"l{layer}.{short}.w", hidden)
        out[f"encoder.layer.{layer}.{long}.bias"] = floats(f"l{layer}.{short}.b", hidden)

header, at = {}, 0
for name, tensor in out.items():
    header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [at, at + tensor.nbytes]}
    at += tensor.nbytes
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(folder + "/model.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text)
    for tensor in out.values():
        file.write(tensor.tobytes())


def write(name, value):
    os.makedirs(os.path.dirname(folder + "/" + name), exist_ok=True)
    with open(folder + "/" + name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=None if name == "tokenizer.json" else 2)


vocab = [[spellings[offsets[i]:offsets[i + 1]].decode(), scores[i]] for i in range(pieces)]
special = {begin: "<s>", pad: "<pad>", end: "</s>", unknown: "<unk>"}
for number, spelling in special.items():
    vocab[number] = [spelling, 0.0]
write("tokenizer.json", {
    "version": "1.0", "truncation": None, "padding": None,
    "added_tokens": [
        {"id": number, "content": spelling, "special": True, "normalized": False, "lstrip": False, "rstrip": False,
         "single_word": False} for number, spelling in sorted(special.items())],
    "normalizer": {"type": "Sequence", "normalizers": [
        {"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
        {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True}]},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                   {"SpecialToken": {"id": "</s>", "type_id": 0}}],
        "pair": [], "special_tokens": {
            "<s>": {"id": "<s>", "ids": [begin], "tokens": ["<s>"]},
            "</s>": {"id": "</s>", "ids": [end], "tokens": ["</s>"]}}},
    "decoder": None, "model": {"type": "Unigram", "unk_id": unknown, "vocab": vocab}})
write("config.json", {
    "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": hidden,
    "intermediate_size": inner, "layer_norm_eps": 1e-12, "max_position_embeddings": window,
    "num_attention_heads": heads, "num_hidden_layers": layers, "pad_token_id": 0, "position_embedding_type": "absolute",
    "tokenizer_class": "XLMRobertaTokenizer", "type_vocab_size": types, "vocab_size": vocabulary})
write("modules.json", [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}])
write("sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})
write("config_sentence_transformers.json", {"prompts": {"query": "query: ", "document": "passage: "}})
write("1_Pooling/config.json", {
    "word_embedding_dimension": hidden, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True,
    "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False})
