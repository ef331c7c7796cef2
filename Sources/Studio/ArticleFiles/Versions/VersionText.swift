import Workbench

/// A version's bytes as the text that is edited.
package enum VersionText {
    /// - Parameter encoding: what the article is in now, where it isn't UTF-8.
    package static func string(of bytes: [UInt8], likely encoding: FileEncoding = .utf8) -> String {
        FileCodec.decode(bytes, likely: encoding).text.string
    }
}
