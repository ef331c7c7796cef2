import Manuscript

/// The language of a note is told as that of an article is.
public typealias Language = Manuscript.Language
