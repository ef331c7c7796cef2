"""Measures the studio from outside, through a pseudo-terminal, beside vim and nano where they are
installed: exec to first paint, key to repaint, bytes a key and memory; and the indexer's passages a second
(--editors leaves those out).

Every figure of a run comes from the same run, so that ratios hold on a machine that is shared.
"""

import glob
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
        # What one run leaves when it is killed, a journal for instance, is no other's.
        environment = dict(environment, XDG_STATE_HOME=tempfile.mkdtemp(dir=environment["HOME"]))
        self.folder = os.path.dirname(command[-1])
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
        # What vim would ask about the next time.
        for swap in glob.glob(os.path.join(self.folder, ".*.sw?")):
            os.remove(swap)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(name, command, environment, needle, keys=600, start=b"", ready=None):
    """Starts and keys of one program; `ready` waits for the moment from which keys are measured."""
    paints = []
    for _ in range(9):
        terminal = Terminal(command, environment)
        paint = terminal.first_paint(needle)
        terminal.close()
        if paint is None:
            print("  %-9s did not start" % name)
            return None
        paints.append(paint * 1000)
    terminal = Terminal(command, environment)
    terminal.first_paint(needle)
    if ready:
        ready(terminal)
    else:
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
    figures = {
        "paint": statistics.median(paints), "p50": percentile(times, 0.5), "p99": percentile(times, 0.99), "bytes": statistics.mean(sent),
        "memory": terminal.memory()}
    terminal.close()
    print("  %-9s first paint %6.1f ms   key p50 %5.2f ms  p99 %5.2f ms   %4d bytes a key   %5.0f MB" % (
        name, figures["paint"], figures["p50"], figures["p99"], figures["bytes"], figures["memory"]))
    return figures


def ratios(ours, peer, name):
    if ours and peer:
        print("  to %-6s %s" % (name, "   ".join("%s %.2fx" % (key, ours[key] / peer[key]) for key in ["paint", "p50", "p99", "bytes"])))


def editors(folder, environment):
    """Each editor on an article that is no note: what is measured is the editor, with its three panes. Memory is that of the
    editor without a model."""
    bare = dict(environment, LONGHAND_MODELS=folder + "/none")
    for label, size in [("10 KB", 10_000), ("10 MB", 10_000_000)]:
        project = os.path.join(folder, label.replace(" ", ""))
        os.makedirs(project)
        path = os.path.join(project, "article.md")
        with open(path, "w") as file:
            file.write(article(size))
        with open(os.path.join(project, "longhand.toml"), "w") as file:
            file.write('[notes]\ninclude = ["notes/**"]\n')
        print("%s article, 140x40:" % label)
        needle = b"An article"
        ours = measure("longhand", [PROGRAM, path], bare, needle)
        measure("with model", [PROGRAM, path], environment, needle, keys=100)
        vim = measure("vim", ["vim", "--clean", path], environment, needle, start=b"i") if shutil.which("vim") else None
        nano = measure("nano", ["nano", "--ignorercfiles", path], environment, needle) if shutil.which("nano") else None
        ratios(ours, vim, "vim")
        ratios(ours, nano, "nano")
        print("A new paragraph at the end of it:")
        ours = measure("longhand", [PROGRAM, path], bare, needle, start=b"\x1b[1;5F\r\r")
        vim = measure("vim", ["vim", "--clean", path], environment, needle, start=b"Go\r") if shutil.which("vim") else None
        ratios(ours, vim, "vim")


def busy(folder, environment):
    """Keys in the middle of ten megabytes while the notes are embedded on the other core."""
    project = os.path.join(folder, "busy")
    write_notes(project, copies=40)
    path = os.path.join(project, "article.md")
    text = article(10_000_000)
    with open(path, "w") as file:
        file.write(text)
    with open(os.path.join(project, "longhand.toml"), "w") as file:
        file.write('[notes]\ninclude = ["notes/**"]\n')
    middle = text.count("\n") // 2
    print("In the middle of 10 MB, indexing all the while:")

    def indexes(terminal):
        end = time.perf_counter() + 20
        data = b""
        while b"indexing " not in data and time.perf_counter() < end:
            data += terminal.read(0.5)
        time.sleep(1)
        terminal.drain(quiet=0.01, limit=1)

    ours = measure("longhand", [PROGRAM, "+%d" % middle, path], environment, b"Research", ready=indexes)
    if shutil.which("vim"):
        # Beside an indexing run of its own, so that both have the same machine.
        with subprocess.Popen(
            [PROGRAM, "index", "--rebuild", "-p", project], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as indexer:
            time.sleep(1)
            vim = measure("vim", ["vim", "--clean", "+%d" % middle, path], environment, b"meaning", start=b"i")
            indexer.kill()
        ratios(ours, vim, "vim")


def write_notes(project, copies):
    os.makedirs(os.path.join(project, "notes"))
    sources = [
        open(os.path.join(base, name), encoding="utf-8").read()
        for base, _, names in os.walk("Samples/notes") for name in names]
    for copy in range(copies):
        for index, text in enumerate(sources):
            with open(os.path.join(project, "notes", "%d-%d.md" % (copy, index)), "w") as file:
                # Another ending makes other passages: nothing is embedded twice.
                file.write("\n\n".join(part + " (%d)" % copy for part in text.split("\n\n")))


def indexing(folder, environment):
    project = os.path.join(folder, "notes-project")
    write_notes(project, copies=12)
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
        if "--editors" not in sys.argv:
            indexing(folder, environment)
        editors(folder, environment)
        busy(folder, environment)


if __name__ == "__main__":
    main()
