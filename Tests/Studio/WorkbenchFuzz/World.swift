import Assistant
import Screen
import TestSupport
import TextCore
import Workbench

/// A studio and the world around it, in which each step is told by one number: sequences of numbers can be kept, shortened and replayed.
struct World {
    /// Bytes beyond which a text isn't grown further: the sequence ends.
    private static let largestText = 12_000
    /// Effects that wait for their answers; the oldest are forgotten.
    private static let mostPending = 40

    private(set) var workspace: Workspace
    private var pending: [Effect] = []
    /// Answers that were given, to be given once more when they are late.
    private var given: [Event] = []
    private var invariants = Invariants()

    /// - Parameter setup: tells the keymap, the settings, the article and the window.
    init(setup: UInt64) {
        var random = SeededGenerator(seed: setup)
        let keymap = Keymap(random.of(Keymap.Base.allCases))
        let view = ViewOptions(
            typewriter: random.once(in: 6), focus: random.of(ViewOptions.Focus.allCases),
            lineNumbers: random.once(in: 3), textWidth: random.of([20, 40, 76, 400]),
            checksSpelling: random.once(in: 2))
        let defaults = RequestDefaults(model: "m")
        var environment = StudioEnvironment(
            root: "/project", projectName: "project", theme: random.once(in: 2) ? .plain : .ink, view: view,
            tabWidth: random.of([1, 2, 4, 8]),
            provider: random.once(in: 3)
                ? .notConfigured(Failure(message: "No provider is set."))
                : .ready(destination: "localhost", defaults: defaults),
            keymap: keymap, modelName: random.once(in: 2) ? nil : "model")
        environment.readsClipboard = random.once(in: 3)
        environment.autosave = random.once(in: 4) ? 2 : nil
        environment.sessionTarget = random.once(in: 3) ? Texts.number(&random) : nil
        environment.hasColour = !random.once(in: 4)
        let size = Self.size(&random)
        var launch = LaunchState(first: OpenedFile(editor: Answers.editor("/project/article.md", &random)))
        if random.once(in: 3) {
            launch.others = (0..<random.below(3)).map { Answers.position("/project/f\($0).md", &random) }
            launch.before = random.below(3)
        }
        if random.once(in: 3) { launch.position = Answers.position("/project/article.md", &random) }
        workspace = Workspace(environment: environment, launch: launch, width: size.width, height: size.height)
        keep(start(&workspace))
    }

    var isFull: Bool { workspace.editors.contains { $0.text.utf8Count > Self.largestText } }

    /// Sizes from 1 by 1 to 1,000 by 400; the large ones seldom, since they take their time.
    private static func size(_ random: inout SeededGenerator) -> (width: Int, height: Int) {
        switch random.below(40) {
        case 0..<8: return (1 + random.below(24), 1 + random.below(8))
        case 8: return (1, 1)
        case 9: return (80, 1)
        case 10: return (1, 80)
        case 11: return (20, 5)
        case 12: return (100 + random.below(20), 5 + random.below(4))
        case 13: return random.once(in: 8) ? (1_000, 400) : (120, 3)
        case 14: return (80, 24)
        default: return (20 + random.below(40), 5 + random.below(12))
        }
    }

    // MARK: Steps

    /// Takes one step.
    ///
    /// - Parameter note: told of each event before it is handled.
    mutating func take(_ number: UInt64, note: (Event) -> Void) throws(Violation) {
        var random = SeededGenerator(seed: number)
        for event in events(&random) {
            note(event)
            let effects = handle(event, &workspace)
            keep(effects)
            try invariants.check(workspace, after: effects)
        }
    }

    /// What must be true when nothing more happens.
    func finish() throws(Violation) { try Invariants.checkHistory(of: workspace) }

    private mutating func keep(_ effects: [Effect]) {
        pending += effects
        if pending.count > Self.mostPending { pending.removeFirst(pending.count - Self.mostPending) }
    }

    private mutating func events(_ random: inout SeededGenerator) -> [Event] {
        switch random.below(100) {
        case 0..<55: return Keys.some(&random, keymap: workspace.environment.keymap).map { .terminal(.key($0)) }
        case 55..<60: return [.terminal(.paste(Texts.text(&random, upTo: 6)))]
        case 60..<66: return [.terminal(.mouse(mouse(&random)))]
        case 66..<69:
            let size = Self.size(&random)
            return [.terminal(.resize(width: size.width, height: size.height))]
        case 69: return [.terminal(random.once(in: 2) ? .focusIn : .focusOut)]
        case 70..<72: return [random.of(Answers.pauses)]
        case 72..<77 where !given.isEmpty: return [given[random.below(given.count)]]
        case 77..<80: return unasked(&random)
        default: return answer(&random)
        }
    }

    private func mouse(_ random: inout SeededGenerator) -> MouseEvent {
        let x = random.once(in: 12) ? Texts.number(&random) : random.below(workspace.width + 1)
        let y = random.once(in: 12) ? Texts.number(&random) : random.below(workspace.height + 1)
        return MouseEvent(
            kind: random.of(MouseEvent.Kind.allCases), x: x, y: y,
            button: random.once(in: 5) ? random.of(MouseEvent.Button.allCases) : .left, shift: random.once(in: 5),
            alt: random.once(in: 9), control: random.once(in: 9))
    }

    private mutating func answer(_ random: inout SeededGenerator) -> [Event] {
        guard !pending.isEmpty else { return [.terminal(.focusIn)] }
        // The latest is the one that is waited for.
        let index = random.once(in: 2) ? pending.count - 1 : random.below(pending.count)
        let events = Answers.to(pending.remove(at: index), &random)
        given = (given + events).suffix(20)
        return events
    }

    /// What comes without having been asked for, or with a number that nobody gave.
    private func unasked(_ random: inout SeededGenerator) -> [Event] {
        let path = random.of(workspace.editors.map(\.path) + ["/project/x.md"])
        let ticket = Ticket(number: random.below(60))
        switch random.below(8) {
        case 0:
            return [.saving(.seen([path: FileStamp(size: 3, modifiedNanoseconds: Int64(random.below(9)), inode: 3)]))]
        case 1:
            return [
                .saving(
                    .takenOver(
                        path: path, lockOwner: LockOwner(processID: 7, since: ""), isReadOnly: false, journal: nil))
            ]
        case 2:
            return [.saving(.isOpenAs(path: path, other: random.of(workspace.editors.map(\.path) + ["/project/y.md"])))]
        case 3: return [.research(.libraryRemark(Texts.word(&random)))]
        case 4: return [.research(.modelUnusable(Answers.failure(&random)))]
        case 5: return Answers.hits(ticket, &random) + Answers.sources(ticket, &random)
        case 6: return Answers.to(.saving(.open(path: "/project/o\(random.below(4)).md", line: nil)), &random)
        default:
            return Answers.to(
                .articles(
                    .open([Answers.position("/project/p\(random.below(4)).md", &random)], before: random.below(2))),
                &random)
        }
    }
}
