import Foundation
import TestModels
import TestSupport
import TestTerminal
import Testing

/// A library that is kept up to date while people and programs change its notes, in the real program.
@Suite(.serialized) struct LivingTests {
    private func sandbox(notes: Int = 3) throws -> Sandbox {
        var files: [String: String] = [:]
        for index in 0..<notes { files["n\(index).md"] = "# Note \(index)\n\nThe words of note number \(index).\n" }
        let sandbox = try Sandbox(
            article: "# Article\n\nText.\n", notes: files, settings: "model = \"tiny\"\n", model: false)
        try sandbox.install(TinyModel().files, as: "tiny")
        return sandbox
    }

    private func found(_ sandbox: Sandbox, _ word: String) throws -> Bool {
        let output = try sandbox.run(["search", word, "-p", sandbox.project.path, "--mode", "text", "--json"])
        return output.output.contains("\"rank\":1")
    }

    private func status(_ sandbox: Sandbox) throws -> [String: Any] {
        let output = try sandbox.run(["status", "-p", sandbox.project.path, "--json"])
        return try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any] ?? [:]
    }

    private func batches(_ program: RunningProgram) -> [[String: Any]] {
        program.outputSoFar.split(separator: "\n").compactMap {
            try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    private func library(_ sandbox: Sandbox) throws -> URL {
        let folder = sandbox.folder.appending(path: "home/.local/share/longhand/libraries")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return folder.appending(path: try #require(names.first))
    }

    @Test func watchingTakesInWhatChangesUntilCtrlC() throws {
        let sandbox = try sandbox()
        let program = try sandbox.launch(["index", "-p", sandbox.project.path, "--watch", "--json"])
        try program.wait(for: "; Ctrl-C ends.")
        #expect(batches(program).count == 1 && batches(program)[0]["embedded"] as? Int == 4)
        try sandbox.write("# New\n\nSomething about xylophones.\n", to: "notes/new.md")
        try program.wait(for: "\"batch\":1,")
        #expect(try found(sandbox, "xylophones"))
        // A checkout: many files at once, one batch, or a few where the machine has so much else to do that writing takes
        // seconds.
        for index in 0..<400 {
            try sandbox.write("# Many \(index)\n\nWords of a checkout.\n", to: "notes/many\(index).md")
        }
        func taken() -> Int { batches(program).dropFirst(2).reduce(0) { $0 + ($1["changed"] as? Int ?? 0) } }
        for batch in 2..<10 where taken() < 400 { try program.wait(for: "\"batch\":\(batch),") }
        #expect(taken() == 400)
        let next = batches(program).count
        try FileManager.default.removeItem(at: sandbox.project.appending(path: "notes/new.md"))
        try program.wait(for: "\"batch\":\(next),")
        #expect(batches(program).last?["removed"] as? Int == 1)
        #expect(try !found(sandbox, "xylophones"))
        program.interrupt()
        #expect(try program.wait().status == 130)
        let final = try status(sandbox)
        #expect(final["stale"] as? Int == 0 && final["embedded"] as? Int == final["passages"] as? Int)
    }

    @Test func severalKeepOneLibraryWithoutHinderingEachOther() throws {
        let sandbox = try sandbox()
        let watchers = try (0..<3).map { _ in
            try sandbox.launch(["index", "-p", sandbox.project.path, "--watch", "--json"])
        }
        for watcher in watchers { try watcher.wait(for: "; Ctrl-C ends.") }
        for round in 0..<6 {
            let once = try (0..<2).map { _ in try sandbox.launch(["index", "-p", sandbox.project.path]) }
            for index in 0..<40 {
                try sandbox.write("# R \(round)\n\nRound\(round) words \(index).\n", to: "notes/r\(index).md")
            }
            try sandbox.write("# Last\n\nlast\(round)word\n", to: "notes/z\(round).md")
            for program in once {
                let output = try program.wait()
                #expect(output.status == 0, "\(output.errors)")
            }
            // One of the watchers leaves, by and by with no warning; the others find its work theirs.
            if round == 2 { watchers[0].crash() }
            if round == 4 {
                watchers[1].interrupt()
                #expect(try watchers[1].wait().status == 130)
            }
            var isFound = false
            for _ in 0..<500 where !isFound {
                isFound = try found(sandbox, "last\(round)word")
                if !isFound { usleep(20_000) }
            }
            #expect(isFound, "round \(round)")
        }
        watchers[2].interrupt()
        let last = try watchers[2].wait()
        for errors in watchers.map(\.errorsSoFar) {
            #expect(!errors.contains("locked") && !errors.contains("busy") && !errors.contains("failed"), "\(errors)")
        }
        #expect(last.status == 130)
        let report = try sandbox.run(["index", "-p", sandbox.project.path, "--json"])
        #expect(report.output.contains("\"changed\":0") && report.output.contains("\"embedded\":0"), "\(report.output)")
    }

    @Test func whoWaitsSaysForWhom() throws {
        let sandbox = try sandbox()
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        // Another process has the lock, as an indexing one has.
        let lock = open(try library(sandbox).appending(path: "writer").path, O_RDWR | O_CLOEXEC)
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let program = try sandbox.launch(["index", "-p", sandbox.project.path])
        try program.wait(for: "is writing this library; waiting until it is done.")
        // Readers don't wait.
        #expect(try found(sandbox, "words"))
        close(lock)
        #expect(try program.wait().status == 0)
        let other = open(try library(sandbox).appending(path: "writer").path, O_RDWR | O_CLOEXEC)
        #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
        defer { close(other) }
        let impatient = try sandbox.launch(["index", "-p", sandbox.project.path])
        try impatient.wait(for: "waiting")
        impatient.interrupt()
        #expect(try impatient.wait().status == 130)
    }

    /// What a search and the listing of notes say, which must be the same however the library came about.
    private func answers(_ sandbox: Sandbox) throws -> [String] {
        var answers: [String] = []
        for query in ["words of note", "number 17", "river stone changed"] {
            for mode in ["text", "semantic"] {
                let output = try sandbox.run(
                    ["search", query, "-p", sandbox.project.path, "--mode", mode, "-k", "all", "--json"])
                guard output.status <= 1 else {
                    throw PseudoTerminal.Failure("\(query), \(mode): \(output.status), \(output.errors)")
                }
                let found = try JSONSerialization.jsonObject(with: output.bytes) as? [String: Any]
                // Of equal hits the one that was read first comes first.
                let hits = (found?["hits"] as? [[String: Any]] ?? []).map { hit in
                    ["id", "path", "line", "passage", "similarity", "text_score"].map { "\($0) \(hit[$0] ?? "")" }
                        .joined(separator: ", ")
                }
                answers += ["\(mode) \(query)"] + hits.sorted()
            }
        }
        let state = try status(sandbox)
        answers.append(
            ["notes", "passages", "embedded", "stale", "damaged"].map { "\($0) \(state[$0] ?? "")" }.joined(
                separator: ", "))
        return answers
    }

    /// Kills `longhand index` at random moments: 25 times, or as often as LONGHAND_KILLS says.
    @Test func aCrashAtAnyMomentLeavesAUsableLibrary() throws {
        let kills = ProcessInfo.processInfo.environment["LONGHAND_KILLS"].flatMap { Int($0) } ?? 25
        let sandbox = try sandbox(notes: 120)
        var random = SeededGenerator(seed: 20_260_101)
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        // How long a run takes, in milliseconds, so that the crashes are spread over all of it: as the machine has more or
        // less else to do, it is found anew.
        var length = 400.0
        var died = 0
        for round in 0..<kills {
            for _ in 0..<30 {
                let note = random.below(150)
                switch random.below(4) {
                case 0: try? FileManager.default.removeItem(at: sandbox.project.appending(path: "notes/n\(note).md"))
                default:
                    try sandbox.write(
                        "# Note \(note)\n\nThe river stone changed in \(round).\n", to: "notes/n\(note).md")
                }
            }
            let arguments = ["index", "-p", sandbox.project.path] + (random.below(4) == 0 ? ["--rebuild"] : [])
            let program = try sandbox.launch(arguments)
            usleep(UInt32(random.below(Int(length * 1_000))))
            let isRunning = program.isRunning
            if isRunning { died += 1 }
            length = isRunning ? length * 1.1 : max(10, length * 0.8)
            program.crash()
            // What is there can be searched at once.
            let output = try sandbox.run(["search", "words", "-p", sandbox.project.path, "--mode", "text"])
            #expect([0, 1, 5].contains(output.status) && !output.errors.contains("damaged"), "\(output.errors)")
        }
        #expect(died > kills / 4)
        let report = try sandbox.run(["index", "-p", sandbox.project.path])
        #expect(report.status == 0 && !report.errors.contains("damaged"), "\(report.errors)")
        let survived = try answers(sandbox)
        try FileManager.default.removeItem(at: try library(sandbox))
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        #expect(try answers(sandbox) == survived)
    }

    @Test(arguments: ["truncated", "overwritten", "flipped", "emptied head", "texts changed"])
    func aDamagedLibraryIsKeptAsideAndMadeAnew(kind: String) throws {
        let sandbox = try sandbox(notes: 60)
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        let expected = try answers(sandbox)
        let folder = try library(sandbox)
        let file = folder.appending(path: "library.sqlite")
        for round in 0..<2 {
            var bytes = Array(try Data(contentsOf: file))
            switch kind {
            case "truncated": bytes.removeLast(bytes.count / 2)
            case "overwritten": bytes = Array("This is a shopping list.\n".utf8)
            case "emptied head": for index in 0..<4_096 { bytes[index] = 0 }
            case "texts changed":
                let needle = Array("note number 17".utf8)
                let places = bytes.indices.dropLast(needle.count).filter {
                    bytes[$0] == needle[0] && bytes[$0..<$0 + needle.count].elementsEqual(needle)
                }
                #expect(!places.isEmpty)
                for place in places { bytes[place] = UInt8(ascii: "x") }
            default: for index in stride(from: 200 + round, to: bytes.count, by: 997) { bytes[index] ^= 0x5A }
            }
            try Data(bytes).write(to: file)
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + suffix) }
            // A day has passed since the last check; the file itself may be too broken to say so.
            let day = Process()
            day.executableURL = URL(filePath: "/usr/bin/env")
            day.arguments = ["sqlite3", file.path, "UPDATE meta SET value = 1 WHERE key = 'checked'"]
            (day.standardError, day.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
            if kind == "texts changed" || kind == "flipped" {
                try day.run()
                day.waitUntilExit()
                if day.terminationStatus == 127 { return }
            }
            let search = try sandbox.run(["search", "words", "-p", sandbox.project.path])
            #expect(search.status == 0 || search.errors.contains("Run `longhand index`"), "\(search.errors)")
            let report = try sandbox.run(["index", "-p", sandbox.project.path])
            #expect(report.status == 0, "\(report.errors)")
            #expect(
                report.errors.contains("The library was damaged; the file is kept as "), "\(kind): \(report.errors)")
            #expect(try answers(sandbox) == expected)
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.contains(".damaged-")
            }
            #expect(kept.count == 1)
            #expect(try status(sandbox)["damaged_copy"] as? String == folder.appending(path: kept[0]).path)
        }
    }

    @Test func aDiskWithoutRoomIsSaidInOneSentence() throws {
        let sandbox = try sandbox(notes: 200)
        // A limit on the size of files is what a full disk is, for a test without one.
        let program = try RunningProgram(
            program: "/bin/sh",
            arguments: ["-c", "ulimit -f 100; exec \"$0\" index -p \"$1\"", try Sandbox.program, sandbox.project.path],
            environment: sandbox.variables, directory: sandbox.folder, input: "")
        let output = try program.wait()
        #expect(output.status == 5)
        let lines = output.errors.split(separator: "\n")
        #expect(lines.count <= 2 && lines.first?.hasPrefix("longhand: The ") == true, "\(output.errors)")
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
    }

    @Test func aFolderThatMayNotBeWrittenIsSaidInOneSentence() throws {
        let sandbox = try sandbox()
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        try sandbox.write("New words.\n", to: "notes/new.md")
        let folder = try library(sandbox)
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: folder.path) {
            try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.appending(path: name).path)
        }
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
        var command = [try Sandbox.program, "index", "-p", sandbox.project.path]
        if geteuid() == 0 {
            // Root may write everywhere; somebody else must try.
            guard manager.isExecutableFile(atPath: "/usr/bin/setpriv") else { return }
            command = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + command
        }
        let program = try RunningProgram(
            program: command[0], arguments: Array(command.dropFirst()), environment: sandbox.variables,
            directory: sandbox.folder, input: "")
        let output = try program.wait()
        // The program itself may lie where nobody else can start it.
        if output.errors.contains("failed to execute") || output.errors.contains("Permission denied") { return }
        #expect(output.status == 5)
        let lines = output.errors.split(separator: "\n")
        #expect(lines.count <= 2 && lines.first?.contains("can't be opened") == true, "\(output.errors)")
    }

    @Test func theStudioFollowsItsNotesAndCanPause() throws {
        let sandbox = try sandbox()
        try sandbox.write("# Article\n\nWhat of xylophones in the orchestra?\n", to: "article.md")
        let terminal = try sandbox.studio(width: 160, height: 40)
        try terminal.wait(for: "What of xylophones")
        try terminal.wait(for: "4 indexed")
        terminal.send("\u{1B}[B\u{1B}[B")
        try sandbox.write("# Percussion\n\nThe xylophones.\n", to: "notes/perc.md")
        try terminal.wait(for: "Percussion")
        try terminal.wait(for: "5 indexed")
        terminal.send("\u{1B}x")
        try terminal.wait(for: "indexing paused")
        try sandbox.write("# Strings\n\nThe violins play on.\n", to: "notes/strings.md")
        // Another Longhand isn't hindered by one that pauses.
        #expect(try sandbox.run(["index", "-p", sandbox.project.path]).status == 0)
        #expect(terminal.screen.text.contains("indexing paused"))
        terminal.send("\u{1B}x")
        try terminal.wait(for: "6 indexed")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }
}
