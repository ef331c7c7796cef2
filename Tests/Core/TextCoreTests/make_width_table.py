#!/usr/bin/env python3
"""Writes WidthReference.swift: what the wcwidth package (pip install wcwidth) says of every code point and of some sequences.

Run it beside that file.
"""
import importlib.metadata

import wcwidth

SEQUENCES = [
    # Families, professions, couples; skin tones.
    "👩‍👩‍👧", "👨‍👩‍👧‍👦", "👩🏽‍🚀", "👨‍❤️‍💋‍👨", "🧑🏻‍🤝‍🧑🏿", "👍🏽", "🤦🏼‍♂️", "🏃‍♀️‍➡️", "👁️‍🗨️", "🏳️‍🌈", "🏴‍☠️", "🐻‍❄️",
    # Flags, of regions and of a part of one.
    "🇫🇷", "🇩🇪🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    # Keycaps, and variation selectors 15 and 16.
    "1️⃣", "#️⃣", "❤️", "❤", "❤︎", "☺️", "☺︎", "⌚️", "⌚︎", "©️", "©", "™️", "㊗️", "〰️",
    # Combining marks.
    "e\u0301", "a\u0301\u0302\u0303", "o\u0308\u0323", "\u0301", "x\u20dd", "か\u3099", "は\u309a", "ｶﾞ", "ﾊﾟ",
    # Hangul, composed and in jamo, with fillers.
    "한", "한글", "\u1112\u1161\u11ab", "\u1100\u1161", "\u1100\u1100", "\u11a8",
    # Scripts that add letters to letters.
    "กำ", "น้ำ", "ที่", "ຄໍາ", "नि", "की", "हिन्दी", "நி", "தமிழ்", "বাংলা", "ကို", "ខ្មែរ", "བོད་",
    # Joiners and other things without a cell.
    "a\u200db", "a\u200bb", "\u200d", "\ufeff", "a\u2060b", "\u061c", "שָׁלוֹם", "مَرْحَبًا",
    # Wide, half-width and full-width; what may be either is narrow.
    "你好", "ｱｲｳ", "ＡＢＣ", "，。", "“”‘’", "—…", "①②", "αβγ", "─│┌", "★☆", "、「」", "℃№", "ﾠ", "ㅤ",
]


def ranges():
    """The code points that don't have one cell, in ranges of equal width; controls count as 0."""
    found = []
    for value in range(0x110000):
        if 0xD800 <= value <= 0xDFFF:
            continue
        cells = max(0, wcwidth.wcwidth(chr(value)))
        if cells == 1:
            continue
        if found and found[-1][1] == value - 1 and found[-1][2] == cells:
            found[-1][1] = value
        else:
            found.append([value, value, cells])
    return found


def quoted(text):
    return '"' + "".join(c if 0x21 <= ord(c) < 0x7F and c not in '"\\' else "\\u{%X}" % ord(c) for c in text) + '"'


with open("WidthReference.swift", "w") as file:
    file.write("/// Written by make_width_table.py with wcwidth %s, Unicode %s.\n" % (importlib.metadata.version("wcwidth"), wcwidth.list_versions()[-1]))
    file.write("enum WidthReference {\n    /// First and last code point, cells; all others have one.\n    static let ranges: [(UInt32, UInt32, Int)] = [\n")
    row = "       "
    for first, last, cells in ranges():
        item = " (0x%X, 0x%X, %d)," % (first, last, cells)
        if len(row) + len(item) > 138:
            file.write(row + "\n")
            row = "       "
        row += item
    file.write(row + "\n    ]\n\n    static let sequences: [(String, Int)] = [\n")
    for text in SEQUENCES:
        file.write("        (%s, %d),\n" % (quoted(text), wcwidth.wcswidth(text)))
    file.write("    ]\n}\n")
