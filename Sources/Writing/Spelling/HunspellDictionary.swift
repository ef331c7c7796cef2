import CHunspell
import FileAccess
import Foundation

/// One of hunspell's dictionaries, in the encoding it was written in.
///
/// `@unchecked`: hunspell keeps scratch space in its handle, so only one thread may use it at a time. `SpellChecker`,
/// the only owner, calls it under its lock.
final class HunspellDictionary: @unchecked Sendable {
    private let handle: OpaquePointer
    private let encoding: TextCodec
    /// The script it is written in; words of others are none of its business.
    let script: Script

    /// - Parameters:
    ///   - path: without `.aff` and `.dic`.
    ///   - language: `de_DE`.
    /// - Throws: `SpellingError.unreadable`.
    init(path: String, language: String) throws(SpellingError) {
        // Hunspell reads a file that isn't there as an empty dictionary, for which every word is wrong.
        for file in [path + ".aff", path + ".dic"]
        where !FileManager.default.isReadableFile(atPath: file) || RegularFile.obstacle(at: file) != nil {
            throw .unreadable(path: file)
        }
        guard let handle = Hunspell_create(path + ".aff", path + ".dic") else { throw .unreadable(path: path + ".dic") }
        guard let name = Hunspell_get_dic_encoding(handle), let encoding = TextCodec(String(cString: name)) else {
            Hunspell_destroy(handle)
            throw .unreadable(path: path + ".aff")
        }
        self.handle = handle
        self.encoding = encoding
        script = Script(language: language)
    }

    deinit { Hunspell_destroy(handle) }

    /// Whether the dictionary has the word. One that its encoding can't write it doesn't have.
    func accepts(_ word: String) -> Bool {
        guard let bytes = encoding.encode(word) else { return false }
        return Hunspell_spell(handle, bytes) != 0
    }

    /// The words it might have been, the likeliest first.
    func suggestions(for word: String) -> [String] {
        guard let bytes = encoding.encode(word) else { return [] }
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = Hunspell_suggest(handle, &list, bytes)
        guard count > 0 else { return [] }
        defer { Hunspell_free_list(handle, &list, count) }
        return (0..<Int(count)).compactMap { list?[$0].flatMap { encoding.decode($0) } }
    }
}

/// The scripts that dictionaries are told apart by.
enum Script: Sendable, Equatable {
    case latin, greek, cyrillic, other

    init(language: String) {
        switch language.prefix(2) {
        case "ru", "uk", "be", "bg", "mk", "mn", "kk", "ky", "tg": self = .cyrillic
        case "sr": self = language.contains("Latn") ? .latin : .cyrillic
        case "el": self = .greek
        case "ar", "he", "fa", "hi", "ne", "bn", "ta", "te", "ml", "kn", "gu", "mr", "si", "hy", "ka", "ur", "am", "ko":
            self = .other
        default: self = .latin
        }
    }

    /// The script of a word, by its first letter.
    init(word: String) {
        switch word.unicodeScalars.first?.value ?? 0 {
        case 0..<0x370, 0x1E00..<0x1F00, 0x2C60..<0x2C80, 0xA720..<0xA800, 0xFB00..<0xFB07, 0xFF21..<0xFF5B:
            self = .latin
        case 0x370..<0x400, 0x1F00..<0x2000: self = .greek
        case 0x400..<0x530, 0x1C80..<0x1C90, 0x2DE0..<0x2E00, 0xA640..<0xA6A0: self = .cyrillic
        default: self = .other
        }
    }
}

/// Writes words in a dictionary's encoding and reads them from it.
///
/// `@unchecked`: the system's converters keep state; they belong to a dictionary, which one thread uses at a time.
final class TextCodec: @unchecked Sendable {
    private let writer: iconv_t
    private let reader: iconv_t

    /// - Parameter name: as an .aff file says it: `UTF-8`, `ISO8859-1`, `microsoft-cp1251`.
    init?(_ name: String) {
        var name = name.uppercased()
        if name.hasPrefix("MICROSOFT-") { name.removeFirst(10) }
        if name.hasPrefix("ISO8859") { name = "ISO-" + name.dropFirst(3) }
        let failed = iconv_t(bitPattern: -1)
        guard let writer = iconv_open(name, "UTF-8"), writer != failed else { return nil }
        guard let reader = iconv_open("UTF-8", name), reader != failed else {
            iconv_close(writer)
            return nil
        }
        self.writer = writer
        self.reader = reader
    }

    deinit {
        iconv_close(writer)
        iconv_close(reader)
    }

    /// The word's bytes with a NUL behind them; nil where the encoding has no such letters.
    func encode(_ word: String) -> [CChar]? {
        Self.convert(Array(word.utf8CString.dropLast()), writer).map { $0 + [0] }
    }

    func decode(_ bytes: UnsafePointer<CChar>) -> String? {
        guard let converted = Self.convert(Array(UnsafeBufferPointer(start: bytes, count: strlen(bytes))), reader)
        else { return nil }
        return String(validating: converted.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func convert(_ input: [CChar], _ converter: iconv_t) -> [CChar]? {
        var input = input
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        var written = 0
        let isDone = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                iconv(converter, nil, nil, nil, nil)
                var from = source.baseAddress
                var to = target.baseAddress
                var left = source.count
                var room = target.count
                guard iconv(converter, &from, &left, &to, &room) != -1 else { return false }
                written = target.count - room
                return true
            }
        }
        return isDone ? Array(output[..<written]) : nil
    }
}
