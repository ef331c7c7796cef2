import Foundation

/// What `Package.swift` says of its targets: read as text, so that a test sees what a reader sees.
struct Manifest {
    struct Target: Equatable {
        var name: String
        var isTest: Bool
        /// Names of targets and of products, in the order they stand in.
        var dependencies: [String]
        /// Relative to the package.
        var path: String
    }

    var targets: [Target] = []

    /// The kinds of targets that a manifest can have here.
    private static let kinds = [".target(", ".executableTarget(", ".testTarget(", ".systemLibrary("]

    init(_ source: String) {
        let text = source.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(
            separator: "\n")
        var rest = Substring(text)
        while let (kind, range) = Self.firstKind(in: rest) {
            let body = Self.balanced(rest[range.upperBound...], close: ")")
            rest = rest[range.upperBound...].dropFirst(body.count)
            guard let name = Self.strings(in: Self.value(of: "name", in: body)).first else { continue }
            let folder = kind == ".testTarget(" ? "Tests/" : "Sources/"
            targets.append(
                Target(
                    name: name, isTest: kind == ".testTarget(", dependencies: Self.dependencies(body),
                    path: Self.strings(in: Self.value(of: "path", in: body)).first ?? folder + name))
        }
    }

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }

    private static func firstKind(in text: Substring) -> (kind: String, range: Range<Substring.Index>)? {
        kinds.compactMap { kind in text.range(of: kind).map { (kind, $0) } }.min { $0.1.lowerBound < $1.1.lowerBound }
    }

    /// `.product(name: "GRDB", package: "GRDB.swift")` counts as `GRDB`, `.target(name: "X")` as `X`.
    private static func dependencies(_ body: Substring) -> [String] {
        guard let start = body.range(of: "dependencies: [") else { return [] }
        var list = String(balanced(body[start.upperBound...], close: "]"))
        while let package = list.range(of: #",\s*package:\s*"[^"]*""#, options: .regularExpression) {
            list.removeSubrange(package)
        }
        return strings(in: Substring(list))
    }

    private static func value(of label: String, in body: Substring) -> Substring {
        guard let start = body.range(of: label + ": \"") else { return "" }
        return body[body.index(before: start.upperBound)...].prefix { $0 != "\n" }
    }

    /// What stands in quotation marks.
    private static func strings(in text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map {
            String($0.element)
        }
    }

    /// The text up to the bracket that closes one opened before it, the bracket left out.
    private static func balanced(_ text: Substring, close: Character) -> Substring {
        var depth = 0
        var isQuoted = false
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case "(" where !isQuoted, "[" where !isQuoted: depth += 1
            case ")" where !isQuoted, "]" where !isQuoted:
                if depth == 0, text[index] == close { return text[..<index] }
                depth -= 1
            default: break
            }
        }
        return text
    }
}
