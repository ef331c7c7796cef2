import Screen
import TextCore

/// The scratch shelf: text that was cut from the project's articles for later. What is on it is among the program's own
/// files, so nothing of it is searched or sent.
struct ShelfState: Feature {
    /// The list was asked for, and shows once it is read.
    var isAwaited = false

    init() {}
}

/// What is done with the shelf, and what was read of it.
public enum ShelfEvent: Sendable {
    // What the writer asks.
    /// Cut the selection, else the caret's paragraph, to the shelf.
    case cut
    /// Move the section that is chosen in the outline to the shelf.
    case cutSection
    case show
    /// A key, or a text, while the list has the keys.
    case pressed(Key)
    case pasted(String)
    case discard(id: String)
    // What the world answers.
    case listed([ShelfItem], problem: Failure?)
    /// A piece couldn't be kept.
    case notKept(Failure)
    // What was put off.
    /// What was put back is safe in the article.
    case forget(id: String)
}

/// What the shelf wants done outside the studio.
public enum ShelfEffect: Sendable {
    case keep(ShelfPiece)
    case list
    case remove(id: String)
}
