import Notes
import Retrieval

/// A passage with only what a test cares about.
func passage(
    _ path: String, line: Int = 1, title: String = "Title", heading: String = "", text: String = "Text.",
    scope: Scope = .share
) -> Passage {
    Passage(
        id: "\(path):\(line)", path: path, title: title, heading: heading, line: line, endLine: line,
        text: text, scope: scope)
}
