#if canImport(_FoundationICU)
    import _FoundationICU
#endif

/// The words of scripts that put no spaces between them: Han and kana.
///
/// ICU's dictionary decides, where Foundation brings ICU along. It is asked about one run of such characters at a
/// time, which in prose ends at the next punctuation mark; where there is no ICU each character is a word.
enum UnspacedWords {
    /// The ends of the words of `run`, in UTF-8 bytes from its start, in order; the last is its length.
    ///
    /// - Parameter run: Han and kana only, at most a few hundred characters.
    static func ends(of run: String) -> [Int] {
        ICU.ends(of: run) ?? graphemes(of: run)
    }

    private static func graphemes(of run: String) -> [Int] {
        var end = 0
        return run.map { character in
            end += character.utf8.count
            return end
        }
    }

    private enum ICU {
        #if canImport(_FoundationICU)
            static func ends(of run: String) -> [Int]? {
                let units = Array(run.utf16)
                var status = U_ZERO_ERROR
                return units.withUnsafeBufferPointer { buffer -> [Int]? in
                    guard
                        let words = swift_ubrk_open(UBRK_WORD, "zh", buffer.baseAddress, Int32(buffer.count), &status),
                        status.rawValue <= U_ZERO_ERROR.rawValue
                    else { return nil }
                    defer { swift_ubrk_close(words) }
                    var ends: [Int] = []
                    var bytes = 0
                    var index = 0
                    _ = swift_ubrk_first(words)
                    while true {
                        let next = swift_ubrk_next(words)
                        guard next >= 0 else { return ends }
                        while index < Int(next) {
                            // A pair of surrogates is four bytes; everything else here is three or fewer.
                            switch units[index] {
                            case 0xD800..<0xE000: bytes += 2
                            case ..<0x80: bytes += 1
                            case ..<0x800: bytes += 2
                            default: bytes += 3
                            }
                            index += 1
                        }
                        ends.append(bytes)
                    }
                }
            }
        #else
            static func ends(of run: String) -> [Int]? { nil }
        #endif
    }
}
