import JSON
import Notes
import Retrieval

extension IndexReport {
    var fields: [(String, OrderedJSON)] {
        [
            ("notes", .integer(notes)), ("passages", .integer(passages)), ("embedded", .integer(embedded)),
            ("reused", .integer(reused)), ("changed", .integer(changed)), ("removed", .integer(removed)),
            ("staying", .integer(staying)), ("problems", .array(problems.map(\.json))),
            ("missing_programs", .array(missing.map(\.json))), ("took_ms", .integer(tookMs)),
        ]
    }
}

extension MissingProgram {
    var sentence: String {
        "\(notes) \(notes == 1 ? "file needs" : "files need") \(program.rawValue), which isn't installed"
    }

    var json: OrderedJSON { .object([("program", .string(program.rawValue)), ("notes", .integer(notes))]) }
}

extension HiddenCount {
    /// `2 folders and 1 file are passed over; …`; nil when there are none.
    var sentence: String? {
        let parts = [(folders, "folder"), (files, "file")].filter { $0.0 > 0 }.map {
            "\($0) \($0 == 1 ? $1 : $1 + "s")"
        }
        if parts.isEmpty { return nil }
        let verb = folders + files == 1 ? "is" : "are"
        return parts.joined(separator: " and ")
            + " \(verb) passed over (notes.include reads those it names, as in \".journal/\")"
    }

    var json: OrderedJSON { .object([("folders", .integer(folders)), ("files", .integer(files))]) }
}

extension NoteProblem {
    var sentence: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }

    var json: OrderedJSON {
        .object([("path", .string(path)), ("line", .optional(line)), ("reason", .string(reason))])
    }
}
