"""Measures the studio from outside, through a pseudo-terminal, beside vim and nano where they are
installed: exec to first paint, key to repaint, and memory; and the indexer's passages a second.

Every figure of a run comes from the same run, so that ratios hold on a machine that is shared.
"""

import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import fcntl
import subprocess
import sys
import tempfile
import termios
import time

PROGRAM = os.path.abspath(".build/release/longhand")
WORDS = "meaning becomes vectors when words that keep the same company point the same way ".split()


def article(size):
    """Paragraphs and headings of about `size` bytes."""
    pieces, total, number = [], 0, 0
    while total < size:
        number += 1
        text = ("## Part %d\n\n" % number if number % 12 == 1 else "") + " ".join(
            WORDS[(number + i) % len(WORDS)] for i in range(70)) + ".\n\n"
        pieces.append(text)
        total += len(text)
    return "# An article\n\n" + "".join(pieces)


class Terminal:
    def __init__(self, command, environment, rows=40, columns=140):
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self.descriptor, 1 << 16)
        except OSError:
            return b""

    def drain(self, quiet=0.15, limit=30.0):
        """Reads until nothing comes for `quiet` seconds."""
        end = time.perf_counter() + limit
        data = b""
        while time.perf_counter() < end:
            piece = self.read(quiet)
            if not piece:
                return data
            data += piece
        return data

    def first_paint(self, needle):
        data = b""
        while needle not in data:
            piece = self.read(20)
            if not piece:
                return None
            data += piece
        return time.perf_counter() - self.started

    def key(self, key):
        """From writing the key to the first byte of what it painted; and the bytes painted."""
        start = time.perf_counter()
        os.write(self.descriptor, key)
        first = self.read(2)
        took = time.perf_counter() - start
        count = len(first)
        while True:
            piece = self.read(0.004)
            if not piece:
                return took, count
            count += len(piece)

    def memory(self):
        """Peak resident memory in MB."""
        for line in open("/proc/%d/status" % self.pid):
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except OSError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(name, command, environment, needle, keys=300, start=b""):
    paints = []
    for _ in range(7):
        terminal = Terminal(command, environment)
        paint = terminal.first_paint(needle)
        terminal.close()
        if paint is None:
            print("  %-9s did not start" % name)
            return
        paints.append(paint * 1000)
    terminal = Terminal(command, environment)
    terminal.first_paint(needle)
    terminal.drain(quiet=1.0)
    if start:
        os.write(terminal.descriptor, start)
        terminal.drain(quiet=0.5)
    times, sent = [], []
    for index in range(keys):
        took, count = terminal.key(bytes([97 + index % 26]) if index % 6 else b" ")
        times.append(took * 1000)
        sent.append(count)
        time.sleep(0.003)
    memory = terminal.memory()
    terminal.close()
    print("  %-9s first paint %6.1f ms   key p50 %5.2f ms  p99 %5.2f ms   %4d bytes a key   %5.0f MB" % (
        name, statistics.median(paints), percentile(times, 0.5), percentile(times, 0.99), statistics.mean(sent), memory))


def editors(folder, environment):
    for label, size in [("10 KB", 10_000), ("10 MB", 10_000_000)]:
        project = os.path.join(folder, label.replace(" ", ""))
        os.makedirs(project)
        path = os.path.join(project, "article.md")
        with open(path, "w") as file:
            file.write(article(size))
        # The article is no note: what is measured is the editor, with its three panes.
        with open(os.path.join(project, "longhand.toml"), "w") as file:
            file.write('[notes]\ninclude = ["notes/**"]\n')
        print("%s article, 140x40:" % label)
        needle = b"An article"
        measure("longhand", [PROGRAM, path], environment, needle)
        if shutil.which("vim"):
            measure("vim", ["vim", "--clean", path], environment, needle, start=b"i")
        if shutil.which("nano"):
            measure("nano", ["nano", "--ignorercfiles", path], environment, needle)


def indexing(folder, environment):
    project = os.path.join(folder, "notes-project")
    os.makedirs(os.path.join(project, "notes"))
    sources = [
        open(os.path.join(base, name), encoding="utf-8").read()
        for base, _, names in os.walk("Samples/notes") for name in names]
    for copy in range(12):
        for index, text in enumerate(sources):
            with open(os.path.join(project, "notes", "%d-%d.md" % (copy, index)), "w") as file:
                # Another ending makes other passages: nothing is embedded twice.
                file.write("\n\n".join(part + " (%d)" % copy for part in text.split("\n\n")))
    result = subprocess.run(
        ["/usr/bin/env", "time", "-f", "%M", PROGRAM, "index", "-p", project, "--json"] if shutil.which("time")
        else [PROGRAM, "index", "-p", project, "--json"],
        env=environment, capture_output=True, text=True)
    report = json.loads(result.stdout)
    seconds = report["took_ms"] / 1000
    print("indexing: %d passages of %d notes in %.1f s: %.1f passages/s" % (
        report["embedded"], report["notes"], seconds, report["embedded"] / seconds))
    import resource
    print("  peak memory %.0f MB" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
    start = time.perf_counter()
    subprocess.run([PROGRAM, "index", "-p", project, "--json"], env=environment, capture_output=True)
    print("  second run, nothing changed: %.0f ms, whole process" % ((time.perf_counter() - start) * 1000))


def main():
    if not os.path.exists(PROGRAM):
        sys.exit("bench: build first: make build")
    data = os.environ.get("XDG_DATA_HOME", os.path.expanduser("~/.local/share"))
    models = os.environ.get("LONGHAND_MODELS", data + "/longhand/models")
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(
            os.environ, HOME=folder, XDG_DATA_HOME=folder + "/data", XDG_STATE_HOME=folder + "/state",
            LONGHAND_MODELS=models, TERM="xterm-256color", LANG="C.UTF-8")
        indexing(folder, environment)
        editors(folder, environment)


if __name__ == "__main__":
    main()
