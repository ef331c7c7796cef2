/// A program that makes text of documents. Longhand works without; what needs one that isn't there is left out
/// and counted.
public enum DocumentProgram: String, Sendable, Codable, CaseIterable {
    /// Of poppler: PDF.
    case pdftotext
    /// Word, OpenDocument and EPUB. Version 2.15 or newer.
    case pandoc
}

/// Turns documents that are no text into text. A protocol, so that notes can be read in tests without the programs.
public protocol DocumentConverter: Sendable {
    /// Whether the program is there to be run.
    func has(_ program: DocumentProgram) -> Bool

    /// Something that is another when another version of the program is installed.
    func identity(of program: DocumentProgram) -> String

    /// The text of the file at the absolute `path`: pages with form feeds between them from `pdftotext`,
    /// Markdown from `pandoc`.
    func text(
        of path: String, by program: DocumentProgram, isCancelled: () -> Bool
    ) throws(ConversionFailure) -> [UInt8]
}

extension DocumentConverter {
    /// The program's name, for converters that don't tell versions apart.
    public func identity(of program: DocumentProgram) -> String { program.rawValue }
}

/// Why a document could not be turned into text, as a clause: `took pandoc more than 60 seconds`.
public struct ConversionFailure: Error, Sendable, Equatable {
    /// A clause that follows the file's name.
    public var reason: String

    /// A failure for this reason.
    public init(reason: String) { self.reason = reason }
}

/// Files that are no notes because a program isn't installed.
public struct MissingProgram: Sendable, Equatable, Codable {
    /// The program that isn't installed.
    public var program: DocumentProgram
    /// Files that would be read with it.
    public var notes: Int

    /// A program that isn't installed, and how many files need it.
    public init(program: DocumentProgram, notes: Int) {
        self.program = program
        self.notes = notes
    }
}
