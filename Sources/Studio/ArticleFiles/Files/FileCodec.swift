import Encodings
import Foundation
import TextCore
import Workbench

/// A file's bytes as a text to edit, and back.
///
/// What is read and written again unchanged is the same to the byte: CR LF becomes a line's end only where every line ends so.
///
/// Bytes are UTF-8, or an encoding that `TextEncoding` recognises (converted by `Iconv`), or stay as they are:
/// `RawBytes` holds those that are no UTF-8 as private characters, both ways for any bytes. `FileFormat` says how a
/// file is written, `encodingOnDisk` of the editor how it was read. `FileStore.open` gives a file that isn't UTF-8 an
/// empty editor with `undecided`; the answer to its question opens the file.
///
/// Known limits: GB18030 is read and written by the system's iconv, so which private characters it knows is the system's matter.
package enum FileCodec {
    /// What was made of a file's bytes.
    package struct Decoded {
        package var text: Text
        package var format: FileFormat
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Parameter encoding: how the bytes are to be read.
    /// - Returns: nil where they can't be read so.
    package static func decode(_ bytes: [UInt8], as encoding: FileEncoding) -> Decoded? {
        var format = FileFormat(encoding: encoding)
        var body: [UInt8]
        switch encoding {
        case .utf8:
            format.hasByteOrderMark = bytes.starts(with: mark)
            body = format.hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
        case .bytes: body = RawBytes.utf8(of: bytes)
        case .utf16LittleEndian, .utf16BigEndian:
            guard bytes.starts(with: encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]) else { return nil }
            format.hasByteOrderMark = true
            // Bytes that aren't of this encoding are no error: another one is tried.
            guard let text = try? Iconv.convert(bytes.dropFirst(2), from: encoding.systemName, to: "UTF-8") else {
                return nil
            }
            body = text
        case .gb18030, .windows1252:
            // As above: bytes that aren't of this encoding are no error.
            guard
                let text = (try? Iconv.convert(bytes[...], from: encoding.systemName, to: "UTF-8"))
                    ?? recognised(bytes, as: encoding)
            else { return nil }
            body = text
        }
        let check = UTF8Check(body[...])
        guard check.firstInvalid == nil else { return nil }
        format.usesCRLF = check.usesCRLF
        return Decoded(text: Text(utf8: format.usesCRLF ? withoutReturns(body) : body), format: format)
    }

    /// - Throws: `FileError.cannotEncode` with the first character that the encoding lacks.
    package static func encode(_ text: Text, _ format: FileFormat, for path: String) throws(FileError) -> [UInt8] {
        var body = text.bytes(in: 0..<text.utf8Count)
        if format.usesCRLF { body = withReturns(body) }
        switch format.encoding {
        case .utf8: return format.hasByteOrderMark ? mark + body : body
        case .bytes: return RawBytes.bytes(of: body)
        case .utf16LittleEndian, .utf16BigEndian, .gb18030, .windows1252:
            let start: [UInt8] =
                switch format.encoding {
                case .utf16LittleEndian: [0xFF, 0xFE]
                case .utf16BigEndian: [0xFE, 0xFF]
                default: []
                }
            do throws(Iconv.Refusal) {
                return start + (try Iconv.convert(body[...], from: "UTF-8", to: format.encoding.systemName))
            } catch {
                guard case .cannotConvert(let offset) = error else {
                    throw .cannotWrite(path: path, reason: "this system can't write \(format.encoding.rawValue)")
                }
                let line = body[..<offset].count { $0 == 0x0A } + 1
                let character = String(decoding: body[offset...].prefix(64), as: UTF8.self).first ?? "?"
                throw .cannotEncode(path: path, character: character, line: line, encoding: format.encoding)
            }
        }
    }

    /// What is to be asked about bytes that aren't UTF-8.
    package static func undecided(_ bytes: [UInt8], path: String) -> UndecidedEncoding {
        let body = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
        let line = UTF8Check(body).lineFeeds + 1
        let recognised = TextEncoding.recognised(in: bytes).flatMap { FileEncoding($0.encoding) }
        var isLossless = false
        if let recognised, let decoded = decode(bytes, as: recognised) {
            // What can't be written back isn't lossless, whatever the reason.
            isLossless = (try? encode(decoded.text, decoded.format, for: path)) == bytes
        }
        return UndecidedEncoding(path: path, line: line, recognised: recognised, isLossless: isLossless)
    }

    /// The text of a file that was in `encoding` when it was last looked at and may have been converted since. It always can be read, as bytes if need be.
    package static func decode(_ bytes: [UInt8], likely encoding: FileEncoding) -> Decoded {
        // Valid UTF-8 beyond ASCII doesn't come about by chance in another encoding.
        if encoding != .bytes, let decoded = decode(bytes, as: .utf8),
            encoding == .utf8 || bytes.contains(where: { $0 >= 0x80 })
        {
            return decoded
        }
        return decode(bytes, as: encoding) ?? decode(bytes, as: .bytes) ?? Decoded(text: Text(), format: FileFormat())
    }

    /// Where this system's iconv doesn't know the encoding, reading goes on by the way notes are read.
    private static func recognised(_ bytes: [UInt8], as encoding: FileEncoding) -> [UInt8]? {
        guard let found = TextEncoding.recognised(in: bytes), FileEncoding(found.encoding) == encoding else {
            return nil
        }
        return Array(found.text.utf8)
    }

    // MARK: Line ends

    private static func withoutReturns(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == 0x0A { result.removeLast() }
            result.append(byte)
        }
        return result
    }

    private static func withReturns(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 32)
        for byte in bytes {
            if byte == 0x0A { result.append(0x0D) }
            result.append(byte)
        }
        return result
    }
}

extension FileEncoding {
    package init?(_ encoding: TextEncoding) {
        switch encoding {
        case .utf8: return nil
        case .utf16LittleEndian: self = .utf16LittleEndian
        case .utf16BigEndian: self = .utf16BigEndian
        case .gb18030: self = .gb18030
        case .windows1252: self = .windows1252
        }
    }

    /// What iconv calls it.
    fileprivate var systemName: String { self == .windows1252 ? "CP1252" : rawValue }
}
