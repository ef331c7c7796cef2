import Assistant
import Testing

/// What is shown of an answer while it arrives, in pieces of any size.
@Suite struct ThoughtFilterTests {
    private func shown(_ text: String, inPiecesOf size: Int) -> String {
        var filter = ThoughtFilter()
        var result = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            result += filter.take(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return result + filter.finish()
    }

    @Test(arguments: [
        ("<think>Secret.</think>\n\nWords.", "Words."),
        (
            "\n <think>a</think>\n\n<thinking>b < c </think> d</thinking>\n\nReal <think> words.\n",
            "Real <think> words.\n"
        ),
        ("<think>never ends", ""), ("<thinking>never </thinkin", ""), ("<think></think>", ""),
        ("<thin ice", "<thin ice"), ("<thin", "<thin"), ("    code\nmore", "    code\nmore"),
        ("\n\n    code", "    code"),
        ("Words, then <think>this</think>.", "Words, then <think>this</think>."), ("", ""), ("é<think>", "é<think>"),
    ])
    func thoughtsBeforeTheFirstWordAreLeftOut(text: String, right: String) {
        for size in 1...12 { #expect(shown(text, inPiecesOf: size) == right, "pieces of \(size)") }
        #expect(shown(text, inPiecesOf: 1_000) == right)
    }

    @Test func whatWasShownStaysAndComesAtOnce() {
        var filter = ThoughtFilter()
        #expect(filter.take("<th") == "")
        #expect(filter.take("ink>x</think>") == "")
        #expect(filter.take(" \nOne") == "One")
        #expect(filter.take(" two") == " two")
        #expect(filter.finish() == "")
    }

    @Test func anAnswersTextHasNoThoughts() {
        #expect(ChatResult.withoutThoughts("<think>[^1] is wrong</think>\n\nIt is so.[^2]\n") == "It is so.[^2]")
        #expect(ChatResult.withoutThoughts("<think>only") == "")
    }
}
