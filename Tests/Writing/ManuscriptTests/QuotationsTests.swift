import Manuscript
import TextCore
import Testing

@Suite struct QuotationsTests {
    @Test func onlyBlockQuotationsAreQuoted() {
        let article = """
            # T

            Text, "not this".

            > The river runs
            > > to the sea.[^a]

                > code

            ```
            > code too
            ```

            >短句。
            """
        #expect(Citations.quotations(in: Text(article)) == ["The river runs\nto the sea.[^a]", "短句。"])
        #expect(Citations.quotations(in: "").isEmpty)
    }
}
