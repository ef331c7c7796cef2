#!/usr/bin/env python3
"""Is a passage found better when the headings above it are embedded too?

    Scripts/bench-headings.py PROJECT... [--longhand PROGRAM]

Known items, as in the inverse cloze task (Lee, Chang and Toutanova 2019, "Latent Retrieval for Weakly Supervised
Open Domain Question Answering"): a sentence is taken out of a passage and is the query, the rest of the passage is what
has to be found among all passages. Needs numpy and the model; indexes into a folder of its own.
"""
import argparse
import glob
import json
import os
import random
import re
import sqlite3
import subprocess
import tempfile

import numpy


def run(program, arguments, home, **options):
    environment = dict(os.environ, XDG_DATA_HOME=home, XDG_STATE_HOME=home)
    return subprocess.run([program] + arguments, env=environment, check=True, capture_output=True, text=True, **options).stdout


def passages(program, project, home):
    run(program, ["index", "-p", project], home)
    root = os.path.realpath(project)
    for path in glob.glob(home + "/longhand/libraries/*/library.sqlite"):
        if json.loads(run(program, ["status", "-p", project, "--json"], home))["database"] == path:
            with sqlite3.connect(path) as database:
                return database.execute(
                    "SELECT n.title, p.heading, p.text FROM passages p JOIN notes n ON n.id = p.note ORDER BY p.id").fetchall()
    raise SystemExit(f"no library of {root}")


def embed(program, texts, kind, home):
    with tempfile.TemporaryDirectory() as folder:
        source, target = folder + "/texts.txt", folder + "/vectors.npy"
        with open(source, "w") as file:
            file.writelines(re.sub(r"\s+", " ", text).strip() + "\n" for text in texts)
        run(program, ["embed", source, "--as", kind, "-o", target], home)
        return numpy.load(target)


def measure(program, project, home):
    found = passages(program, project, home)
    source = random.Random(5)
    queries, answers = [], []
    bodies = [text for _, _, text in found]
    for index, (_, _, text) in enumerate(found):
        sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if len(part) > 30]
        if len(sentences) < 3 or text.startswith("```"):
            continue
        sentence = source.choice(sentences)
        queries.append(sentence)
        answers.append(index)
        bodies[index] = text.replace(sentence, " ", 1)
    asked = embed(program, queries, "query", home)
    print(f"{project}: {len(found)} passages, {len(queries)} queries")
    for name, make in [
        ("body", lambda title, heading, body: body),
        ("heading path + body", lambda title, heading, body: f"{heading}. {body}" if heading else body),
        ("title + heading path + body", lambda title, heading, body: f"{title}. {heading}. {body}"),
    ]:
        vectors = embed(program, [make(title, heading, body) for (title, heading, _), body in zip(found, bodies)], "passage", home)
        scores = asked @ vectors.T
        own = scores[numpy.arange(len(answers)), answers]
        ranks = 1 + (scores > own[:, None]).sum(axis=1)
        mrr = numpy.where(ranks <= 10, 1 / ranks, 0).mean()
        print(f"  {name:30} MRR@10 {mrr:.3f}  first {numpy.mean(ranks == 1):.3f}  among ten {numpy.mean(ranks <= 10):.3f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("projects", nargs="+")
    parser.add_argument("--longhand", default=".build/release/longhand")
    options = parser.parse_args()
    models = os.path.join(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "longhand/models")
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(home + "/longhand")
        os.symlink(models, home + "/longhand/models")
        for project in options.projects:
            measure(options.longhand, project, home)


main()
