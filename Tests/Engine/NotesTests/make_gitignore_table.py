#!/usr/bin/env python3
"""Writes GitIgnoreTable.swift: what `git check-ignore` says of the files of one tree, list of patterns by list.

Run it beside that file; it needs git. ASCII only, since git's `?` is a byte and ours a character.
"""
import os
import random
import subprocess
import tempfile

TREE = [
    "a.md", "b.txt", "read me.md", "x.md/inner.txt", "notes/a.md", "notes/b.txt", "notes/draft-1.md", "notes/old/a.md",
    "notes/old/deep/a.md", "notes/old/deep/c.org", "talks/notes/a.md", "talks/a1.md", "talks/a2.md", "talks/B3.md",
    "drafts/a.md", "drafts/keep/a.md", "drafts/keep/b.txt", "#hash.md", "!bang.md", "back\\slash.md", "star*.md", "a[.md",
    "br]cket.md", "dash-.md", "trail ", "foo/bar/baz.md", "foo/x/bar/baz.md", "foo/x/y/bar/baz.md", "bar/foo.md", "foobar.md",
]
LISTS = [
    ["*.md"], ["/*.md"], ["notes"], ["notes/"], ["/notes"], ["/notes/"], ["notes/*"], ["notes/*.md"], ["notes/**"],
    ["notes/**/a.md"], ["**/a.md"], ["**/notes/a.md"], ["**/notes"], ["**/notes/"], ["foo/**/bar"], ["foo/**/baz.md"],
    ["foo/**"], ["foo/**/"], ["**"], ["/**"], ["**/"], ["**/**"], ["*/"], ["*"], ["/*"], ["?.md"], ["talks/a?.md"], ["talks/a[1].md"],
    ["talks/[a-b][!1].md"], ["talks/[[:upper:]]*.md"], ["[[:digit:]]*"], ["*[[:digit:]].md"], ["[^a].md"], ["a[.md"], ["a\\[.md"],
    ["br[]]cket.md"], ["br[!]]cket.md"], ["dash[-].md"], ["dash[!-]"], ["dash[a-].md"], ["[]-a].md"], ["\\#hash.md"], ["#hash.md"],
    ["\\!bang.md"], ["!bang.md"], ["back\\\\slash.md"], ["back\\slash.md"], ["star\\*.md"], ["star*.md"], ["trail "], ["trail\\ "],
    ["read me.md  "], ["read\\ me.md"], ["*.md", "!a.md"], ["*.md", "!/a.md"], ["!a.md", "*.md"], ["drafts", "!drafts/keep"],
    ["drafts/*", "!drafts/keep"], ["drafts/*", "!drafts/keep/"], ["drafts/**", "!drafts/keep/", "!drafts/keep/*.txt"],
    ["*", "!*/", "!*.txt"], ["*", "!*.md"], ["/*", "!/notes", "/notes/*", "!/notes/old"], ["x.md"], ["x.md/"], ["!x.md/", "*.md"],
    ["*.md", "!x.md/"], ["a.md/"], ["notes/old/", "!notes/old/a.md"], ["notes/old/*", "!notes/old/a.md"], ["**/old/**"],
    ["no**es"], ["**.md"], ["notes**"], ["notes/**.md"], ["**foo"], ["***"], ["***/a.md"], ["foo/***/baz.md"],
    ["foo*"], ["*foo*"], ["*o/b*"], ["f*/b*/b*"], ["foo/*/bar"], ["foo/*/*/bar"], ["", "a.md"], ["/"], ["!"], ["\\"], ["a\\"],
    ["a.md\\"], ["\\a.md"], ["[a"], ["[a-"], ["[!"], ["[[:nosuch:]]"], ["[[:alpha:]"], ["[\\a-b].md"], ["[a\\-c].md"], ["[z-a].md"],
    ["A.md"], ["notes/../a.md"], ["./a.md/"], ["*.md", "!*.md", "*.md", "!notes/*.md"], ["notes/old/deep/*.org"], ["old/a.md"],
]


def judged(patterns):
    with tempfile.TemporaryDirectory() as folder:
        for path in TREE:
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            open(place, "w").close()
        subprocess.run(["git", "init", "-q", folder], check=True)
        with open(os.path.join(folder, ".git/info/exclude"), "w") as file:
            file.write("\n".join(patterns) + "\n")
        answer = subprocess.run(
            ["git", "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"], cwd=folder,
            input="\0".join(TREE), capture_output=True, text=True)
        assert answer.returncode in (0, 1), answer.stderr
        return [path in set(answer.stdout.split("\0")) for path in TREE]


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    source = random.Random(11)
    pieces = ["a", "b", "*", "**", "?", "/", "/", ".md", "notes", "old", "foo", "bar", "[ab]", "[!a]", "\\", "keep", "drafts", "!"]
    lists = LISTS + [
        [("!" if source.random() < 0.25 else "") + "".join(source.choice(pieces) for _ in range(source.randint(1, 5)))
         for _ in range(source.randint(1, 4))]
        for _ in range(220)
    ]
    # `foo**/bar`, too, isn't asked: git's manual says that its stars are plain ones, and git crosses folders all the same.
    # What is documented to differ: slashes without names between them, and escaped slashes.
    lists = [patterns for patterns in lists if not any("//" in text or "\\/" in text or text.startswith("./") for text in patterns)]
    lines = ["/// Written by make_gitignore_table.py.", "enum GitIgnoreTable {", "    static let tree = ["]
    lines += [f"        {literal(path)}," for path in TREE]
    lines += ["    ]", "", "    /// Patterns, and for each of the files whether git ignores it.", "    static let cases: [([String], String)] = ["]
    for patterns in lists:
        bits = "".join("x" if bit else "." for bit in judged(patterns))
        lines.append(f"        ([{', '.join(map(literal, patterns))}], \"{bits}\"),")
    lines += ["    ]", "}", ""]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "GitIgnoreTable.swift"), "w") as file:
        file.write("\n".join(lines))


main()
