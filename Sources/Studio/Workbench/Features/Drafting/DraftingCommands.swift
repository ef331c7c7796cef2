import Screen

extension CommandTable {
    static let drafting: [Command] = [
        Command(
            "draft", "Draft this section",
            "Ask the remote model for a draft of the section; shows what would be sent first.", in: .everywhere,
            [.alt("d")], .drafting(.draft)),
        Command(
            "proposal", "Review the proposal", "Show the draft that waits, as a difference.", in: .everywhere,
            [.alt("p")], .drafting(.showProposal)),
        Command(
            "proposal.accept", "Accept the proposal", "Put it into the article, as one step of undo.", in: .proposal,
            [.character("a"), .enter], .drafting(.accept)),
        Command(
            "proposal.reject", "Reject the proposal", "Throw it away; the article stays as it is.", in: .proposal,
            [.character("r")], .drafting(.reject)),
        Command(
            "proposal.later", "Decide later", "Stop the stream, or go back to writing; the proposal waits.",
            in: .proposal, [.escape], .drafting(.later)),
        Command(
            "proposal.up", "Scroll up", "Scroll the proposal up.", in: .proposal, [.up, .character("k")],
            .drafting(.scroll(by: -1))),
        Command(
            "proposal.down", "Scroll down", "Scroll the proposal down.", in: .proposal, [.down, .character("j")],
            .drafting(.scroll(by: 1))),
    ]
}
