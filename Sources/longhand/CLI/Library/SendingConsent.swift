import Foundation
import JSON
import Retrieval

/// Says what embedding would send where, and has the writer agree the first time.
final class SendingConsent {
    enum Outcome { case nothingToSend, agreed, shownOnly, refused, mustBeSaid }

    private let choice: RemoteEmbeddingChoice
    private let isDryRun: Bool
    private let saysYes: Bool
    private(set) var outcome = Outcome.nothingToSend
    private(set) var plan = EmbeddingPlan()

    /// - Parameters:
    ///   - isDryRun: show, and send nothing.
    ///   - saysYes: `--yes` was given.
    init(_ choice: RemoteEmbeddingChoice, isDryRun: Bool, saysYes: Bool) {
        self.choice = choice
        self.isDryRun = isDryRun
        self.saysYes = saysYes
    }

    /// Whether the passages of `plan` may be sent.
    func allows(_ plan: EmbeddingPlan) -> Bool {
        self.plan = plan
        let host = choice.encoder.host
        let verb = isDryRun || !choice.agreement.isGiven ? "would be sent" : "are sent"
        if plan.passages > 0 || isDryRun {
            Console.error(
                "\(count(plan.passages, "passage")) of \(count(plan.notes, "note")) \(verb) to \(host), to the model "
                    + "\(choice.encoder.name), to be embedded.")
        }
        if plan.stayingPassages > 0 {
            Console.error(
                "\(count(plan.stayingPassages, "passage")) of \(count(plan.stayingNotes, "note")) \(plan.stayingPassages == 1 ? "stays" : "stay") "
                    + "on this machine, found by words: the scope of their folder is not \"share\".")
        }
        outcome = decide(plan, host)
        return outcome == .agreed
    }

    private func decide(_ plan: EmbeddingPlan, _ host: String) -> Outcome {
        if isDryRun { return .shownOnly }
        if plan.passages == 0 { return .nothingToSend }
        if choice.agreement.isGiven || saysYes { return .agreed }
        guard isatty(STDIN_FILENO) == 1, Console.isErrorTerminal else { return .mustBeSaid }
        let question =
            "Send them to \(host), now and when notes of this project change? Searching then sends the query too. [y/N]"
        let answer = Console.ask(question)?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes"].contains(answer) ? .agreed : .refused
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    var json: OrderedJSON {
        .object([
            ("host", .string(choice.encoder.host)), ("model", .string(choice.encoder.name)),
            ("sent", .boolean(outcome == .agreed)),
            ("passages", .integer(plan.passages)), ("notes", .integer(plan.notes)),
            ("staying_passages", .integer(plan.stayingPassages)), ("staying_notes", .integer(plan.stayingNotes)),
        ])
    }
}
