/// Whether the notes around an article are read without being asked for.
public enum AutomaticIndexing: Sendable, Equatable {
    /// Why a folder is left alone until the writer asks.
    public enum Refusal: Sendable, Equatable {
        /// An article was opened that belongs to no project.
        case loneArticle
        /// A home folder, the temporary one, the whole disk.
        case sharedFolder
        case large

        /// Why nothing is read, as a sentence about the folder called `name`.
        func sentence(_ name: String) -> String {
            switch self {
            case .loneArticle:
                "This article belongs to no project, so the notes around it, in \(name), aren't read unasked."
            case .sharedFolder: "\(name) is a folder for everything, so what is in it isn't read unasked."
            case .large: "\(name) holds a great many files, so they aren't read unasked."
            }
        }
    }

    case allowed
    case refused(Refusal)
}
