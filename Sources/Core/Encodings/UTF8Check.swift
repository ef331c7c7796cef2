/// What a look through bytes tells of them as text.
public struct UTF8Check: Sendable, Equatable {
    /// The first byte that isn't part of UTF-8; nil where all are.
    public private(set) var firstInvalid: Int?
    /// Carriage returns right before a line feed, up to the first invalid byte.
    public private(set) var crlf = 0
    /// Line feeds, those behind a carriage return among them; up to the first invalid byte.
    public private(set) var lineFeeds = 0

    /// Every line ends in CR LF, and there is one.
    public var usesCRLF: Bool { crlf > 0 && crlf == lineFeeds }

    /// Reads `bytes` once; O(n), eight at a time where they are ASCII.
    ///
    /// What is well formed `UTF8Scan` knows: no surrogates, nothing overlong, nothing above U+10FFFF.
    public init(_ bytes: ArraySlice<UInt8>) {
        let (crlf, lineFeeds, firstInvalid) = bytes.withUnsafeBufferPointer { Self.scan($0) }
        self.crlf = crlf
        self.lineFeeds = lineFeeds
        self.firstInvalid = firstInvalid
    }

    private static func scan(_ buffer: UnsafeBufferPointer<UInt8>) -> (crlf: Int, lineFeeds: Int, firstInvalid: Int?) {
        let count = buffer.count
        var crlf = 0
        var lineFeeds = 0
        var index = 0
        let raw = UnsafeRawBufferPointer(buffer)
        while index < count {
            if index + 8 <= count {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    // Which bytes are line feeds: those that the difference makes zero.
                    let difference = word ^ 0x0A0A_0A0A_0A0A_0A0A
                    if (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0 {
                        for position in index..<index + 8 where buffer[position] == 0x0A {
                            lineFeeds += 1
                            if position > 0, buffer[position - 1] == 0x0D { crlf += 1 }
                        }
                    }
                    index += 8
                    continue
                }
            }
            let byte = buffer[index]
            if byte < 0x80 {
                if byte == 0x0A {
                    lineFeeds += 1
                    if index > 0, buffer[index - 1] == 0x0D { crlf += 1 }
                }
                index += 1
                continue
            }
            guard let length = UTF8Scan.wellFormedLength(buffer, at: index) else { return (crlf, lineFeeds, index) }
            index += length
        }
        return (crlf, lineFeeds, nil)
    }
}
