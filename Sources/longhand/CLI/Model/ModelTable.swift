import Embedding
import Foundation
import JSON
import ModelInstall

/// The models that are installed and those that can be, as a table of at most 80 columns or as JSON.
struct ModelTable {
    struct Row {
        let name: String
        let isInstalled: Bool
        let entry: ModelCatalogue.Entry?
        /// Of the weights, in millions of bytes: as they lie here, else as published.
        let megabytes: Int?
        let dimensions: Int?
        let window: Int?
        /// Why an installed model can't be used.
        let problem: String?
    }

    let rows: [Row]
    private let store: ModelStore

    init(store: ModelStore) {
        self.store = store
        let installed = store.installed
        let known = ModelCatalogue.entries.map { Self.row($0.name, $0, installed, store) }
        let others = installed.filter { name in !ModelCatalogue.entries.contains { $0.name == name } }
        rows = known + others.map { Self.row($0, nil, installed, store) }
    }

    private static func row(_ name: String, _ entry: ModelCatalogue.Entry?, _ installed: [String], _ store: ModelStore)
        -> Row
    {
        guard installed.contains(name) else {
            return Row(
                name: name, isInstalled: false, entry: entry, megabytes: entry?.megabytes,
                dimensions: entry?.dimensions,
                window: entry?.window, problem: nil)
        }
        let path = store.root + "/" + name
        var info = stat()
        let size =
            stat(path + "/" + ModelParts.weights, &info) == 0
            ? Int((Double(info.st_size) / 1_000_000).rounded(.up)) : nil
        do throws(ModelError) {
            let directory = try ModelDirectory(path: path)
            return Row(
                name: name, isInstalled: true, entry: entry, megabytes: size, dimensions: directory.config.hidden,
                window: directory.config.maxSequenceLength,
                problem: size == nil ? "its weights are missing" : nil)
        } catch {
            return Row(
                name: name, isInstalled: true, entry: entry, megabytes: size, dimensions: nil, window: nil,
                problem: error.message)
        }
    }

    /// A heading and a line each: mark, name, size, dimensions, window, languages, licence.
    var lines: [String] {
        let width = max(22, min(30, (rows.map(\.name.count).max() ?? 0) + 1))
        var lines = [Self.line(" ", ["name", "MB", "dim", "tokens", "languages", "licence"], nameWidth: width)]
        for row in rows {
            lines.append(
                Self.line(
                    row.problem != nil ? "!" : row.isInstalled ? "*" : " ",
                    [
                        row.name, row.megabytes.map(String.init) ?? "?", row.dimensions.map(String.init) ?? "?",
                        row.window.map(String.init) ?? "?", row.entry?.languages ?? "", row.entry?.licence ?? "",
                    ], nameWidth: width))
        }
        return lines
    }

    /// - Parameter columns: name, size, dimensions, window, languages, licence.
    private static func line(_ mark: String, _ columns: [String], nameWidth width: Int) -> String {
        func left(_ text: String, _ width: Int) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let name = columns[0].count < width ? left(columns[0], width) : columns[0].prefix(width - 2) + "… "
        let text =
            "\(mark) \(name)\(right(columns[1], 5)) \(right(columns[2], 5)) \(right(columns[3], 7))  "
            + left(columns[4], 17) + columns[5]
        var trimmed = Substring(text)
        while trimmed.last == " " { trimmed.removeLast() }
        return String(trimmed)
    }

    var json: OrderedJSON {
        OrderedJSON.document([
            (
                "models",
                .array(
                    rows.map { row in
                        .object([
                            ("name", .string(row.name)), ("installed", .boolean(row.isInstalled)),
                            ("path", row.isInstalled ? .string(store.root + "/" + row.name) : .null),
                            ("repository", .optional(row.entry?.repository)), ("megabytes", .optional(row.megabytes)),
                            ("dimensions", .optional(row.dimensions)), ("window", .optional(row.window)),
                            ("languages", .optional(row.entry?.languages)), ("licence", .optional(row.entry?.licence)),
                            ("sha256", .optional(row.entry?.sha256)), ("problem", .optional(row.problem)),
                        ])
                    })
            )
        ])
    }
}
