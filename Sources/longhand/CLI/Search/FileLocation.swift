import TextCore

/// `FILE` or `FILE:LINE`.
struct FileLocation {
    let path: String
    let line: Int?

    init(_ text: String) {
        if let colon = text.lastIndex(of: ":"), let number = Int(typed: text[text.index(after: colon)...]), number > 0 {
            path = String(text[..<colon])
            line = number
        } else {
            path = text
            line = nil
        }
    }
}
