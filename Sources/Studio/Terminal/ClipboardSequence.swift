import Foundation

/// The bytes by which a terminal is asked to put text on its clipboard (OSC 52), which works through ssh; terminals that
/// don't allow it ignore them.
public enum ClipboardSequence {
    /// Terminals refuse more than about 100 KB, which this is in base 64.
    public static let largest = 74_000

    /// nil where the text is too long.
    ///
    /// - Parameter environment: tells of tmux and GNU screen, which pass only what is wrapped for them: tmux where
    ///   `allow-passthrough` is on, and unwrapped where `set-clipboard` is; screen in pieces of less than 768 bytes.
    public static func bytes(for text: String, environment: [String: String]) -> String? {
        guard text.utf8.count <= largest else { return nil }
        let plain = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
        if environment["TMUX"]?.isEmpty == false {
            return plain + "\u{1B}Ptmux;" + plain.replacingOccurrences(of: "\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
        }
        guard environment["STY"]?.isEmpty == false else { return plain }
        var result = ""
        var rest = plain[...]
        while !rest.isEmpty {
            result += "\u{1B}P" + rest.prefix(700) + "\u{1B}\\"
            rest = rest.dropFirst(700)
        }
        return result
    }
}
