import TextCore

/// A text that is to be in an article's file.
struct Save: Sendable {
    var text: Text
    var version: Int
    /// The writer asked for it, so that there is a version of it; otherwise it was time to.
    var isAsked: Bool
    /// The article closes once it is saved.
    var closes = false
}

/// What is under way between an article's text and its file: where each state leads, and what is to be done then.
///
/// A dash is something that is late or meant for another state: nothing happens. What is wanted while something is written
/// waits behind it (`next`): the file is never written by two at once. What is seen of a file meanwhile may be one's own
/// writing, so it is looked at `again` afterwards.
///
/// | state            | wanted                | naming        | written          | refused       | failed           |
/// |------------------|-----------------------|---------------|------------------|---------------|------------------|
/// | idle             | writing: write        | naming        | -                | -             | -                |
/// | held             | writing: write        | naming        | -                | -             | -                |
/// | writing          | writing, next         | -             | idle             | looking: look | idle: look again |
/// | writing, again   | writing, next, again  | -             | idle: look again | looking: look | idle: look again |
/// | writing, next    | -                     | -             | writing: write   | looking: look | idle: look again |
/// | writing unasked  | writing, next         | -             | idle             | held          | held             |
/// | naming           | naming, next          | -             | idle             | -             | idle             |
/// | naming, again    | naming, next, again   | -             | idle: look again | -             | idle: look again |
/// | naming, next     | -                     | -             | writing: write   | -             | writing: write   |
/// | looking          | writing: write        | -             | -                | -             | -                |
/// | changed          | writing, again: write | naming, again | -                | -             | -                |
/// | changed, put off | writing, again: write | naming, again | -                | -             | -                |
/// | changed, saving  | writing, again: write | naming, again | -                | -             | -                |
///
/// | state            | seen                   | changed              | same                 | gone                 |
/// |------------------|------------------------|----------------------|----------------------|----------------------|
/// | idle             | idle: look             | changed              | -                    | -                    |
/// | held             | held: look             | changed              | -                    | -                    |
/// | writing          | writing, again         | writing, again       | writing, again       | writing, again       |
/// | writing, again   | -                      | -                    | -                    | -                    |
/// | writing, next    | writing, next, again   | writing, next, again | writing, next, again | writing, next, again |
/// | writing unasked  | writing, again         | writing, again       | writing, again       | writing, again       |
/// | naming           | naming, again          | naming, again        | naming, again        | naming, again        |
/// | naming, again    | -                      | -                    | -                    | -                    |
/// | naming, next     | naming, next, again    | naming, next, again  | naming, next, again  | naming, next, again  |
/// | looking          | looking: look          | changed, saving      | writing: write       | idle                 |
/// | changed          | changed: look          | -                    | idle                 | idle                 |
/// | changed, put off | changed, put off: look | changed              | idle                 | idle                 |
/// | changed, saving  | changed, saving: look  | -                    | writing: write       | idle                 |
///
/// | state            | shown | kept           | putOff           |
/// |------------------|-------|----------------|------------------|
/// | idle             | -     | -              | -                |
/// | held             | idle  | -              | -                |
/// | writing          | -     | -              | -                |
/// | writing, again   | -     | -              | -                |
/// | writing, next    | -     | -              | -                |
/// | writing unasked  | -     | -              | -                |
/// | naming           | -     | -              | -                |
/// | naming, again    | -     | -              | -                |
/// | naming, next     | -     | -              | -                |
/// | looking          | idle  | -              | -                |
/// | changed          | idle  | idle           | changed, put off |
/// | changed, put off | idle  | idle           | -                |
/// | changed, saving  | idle  | writing: write | changed, put off |
///
/// `SaveStateTests` walk every pair of a state and a happening in these tables.
enum SaveState: Sendable {
    /// The file is as it is known.
    case idle
    /// As `idle`, but it couldn't be saved unasked: only the writer saves it.
    case held
    case writing(Save, next: Save?, looksAgain: Bool)
    /// The file is being given another name, or the text another file.
    case naming(next: Save?, looksAgain: Bool)
    /// A save was refused since another program had written the file, which is being read.
    case looking(Save)
    /// What another program made of the file isn't settled.
    case changed(ExternalChange, Decision)

    /// What the writer has said of another program's text.
    enum Decision: Sendable {
        /// Nothing yet.
        case open
        /// To decide when saving.
        case putOff
        /// Nothing yet, and this is to be saved.
        case saving(Save)
    }

    enum Happening: Sendable {
        case wanted(Save)
        case naming
        /// What was being written, or named, is.
        case written
        case refused
        case failed
        /// The file looks different than it is known.
        case seen
        case changed(ExternalChange)
        /// The file holds the text that is known.
        case same
        /// There is no file any more, or it can't be read.
        case gone
        /// The other program's text took the place of the article's.
        case shown
        /// The writer keeps the text there is.
        case kept
        case putOff
    }

    /// What is to be done after a transition.
    enum Step: Sendable {
        case nothing
        case write(Save)
        /// Read the file: it looks different, or a save was refused.
        case look(isSaving: Bool)
        /// See whether the file has changed.
        case lookAgain
    }

    /// Something is being written or named.
    var isBusy: Bool {
        switch self {
        case .writing, .naming: true
        case .idle, .held, .looking, .changed: false
        }
    }

    /// What another program made of the file, not yet settled.
    var outside: ExternalChange? { if case .changed(let change, _) = self { change } else { nil } }

    var isPutOff: Bool { if case .changed(_, .putOff) = self { true } else { false } }

    /// Takes what happened; the table says where that leads.
    mutating func take(_ happening: Happening) -> Step {
        switch (self, happening) {
        case (.writing(let save, let next, let looksAgain), _): takeWhileWriting(happening, save, next, looksAgain)
        case (.naming(let next, let looksAgain), _): takeWhileNaming(happening, next, looksAgain)
        case (_, .wanted(let save)):
            // A change that wasn't decided on is one still, should this fail.
            begin(save, looksAgain: outside != nil)
        case (.looking, .naming): .nothing
        case (_, .naming): become(.naming(next: nil, looksAgain: outside != nil))
        case (_, .seen): .look(isSaving: false)
        case (.looking(let save), .changed(let change)), (.changed(_, .saving(let save)), .changed(let change)):
            become(.changed(change, .saving(save)))
        case (_, .changed(let change)): become(.changed(change, .open))
        case (.looking(let save), .same), (.changed(_, .saving(let save)), .same): begin(save, looksAgain: false)
        case (.looking, .gone), (.changed, .same), (.changed, .gone): become(.idle)
        case (_, .shown): become(.idle)
        case (.changed(_, .saving(let save)), .kept): begin(save, looksAgain: false)
        case (.changed, .kept): become(.idle)
        case (.changed(let change, _), .putOff): become(.changed(change, .putOff))
        case (.idle, _), (.held, _), (.looking, _), (.changed, _): .nothing
        }
    }

    private mutating func become(_ state: SaveState, _ step: Step = .nothing) -> Step {
        self = state
        return step
    }

    private mutating func begin(_ save: Save, looksAgain: Bool) -> Step {
        become(.writing(save, next: nil, looksAgain: looksAgain), .write(save))
    }

    private mutating func takeWhileWriting(_ happening: Happening, _ save: Save, _ next: Save?, _ looksAgain: Bool)
        -> Step
    {
        let isNobodys = !save.isAsked && next == nil
        switch happening {
        case .wanted(var newer):
            newer.isAsked = newer.isAsked || next?.isAsked == true
            newer.closes = newer.closes || save.closes || next?.closes == true
            return become(.writing(save, next: newer, looksAgain: looksAgain))
        case .written:
            if let next { return begin(next, looksAgain: looksAgain) }
            return become(.idle, looksAgain ? .lookAgain : .nothing)
        case .refused:
            return isNobodys ? become(.held) : become(.looking(next ?? save), .look(isSaving: true))
        case .failed:
            return isNobodys ? become(.held) : become(.idle, .lookAgain)
        case .seen, .changed, .same, .gone: return become(.writing(save, next: next, looksAgain: true))
        case .naming, .shown, .kept, .putOff: return .nothing
        }
    }

    private mutating func takeWhileNaming(_ happening: Happening, _ next: Save?, _ looksAgain: Bool) -> Step {
        switch happening {
        case .wanted(let save): return become(.naming(next: save, looksAgain: looksAgain))
        case .written, .failed:
            if let next { return begin(next, looksAgain: looksAgain) }
            return become(.idle, looksAgain ? .lookAgain : .nothing)
        case .seen, .changed, .same, .gone: return become(.naming(next: next, looksAgain: true))
        case .naming, .refused, .shown, .kept, .putOff: return .nothing
        }
    }
}
