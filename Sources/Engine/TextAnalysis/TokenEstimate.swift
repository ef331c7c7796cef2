/// How long texts are for a model whose tokenizer is out of reach.
public enum TokenEstimate {
    /// What a subword tokenizer makes of `text`, roughly: four tokens for three words, one a CJK character.
    public static func subwords(_ text: String) -> Int {
        var words = 0
        var characters = 0
        for term in TextAnalyzer.scan(text) {
            switch term {
            case .word: words += 1
            case .run(let run): characters += run.count
            }
        }
        return (words * 4 + 2) / 3 + characters
    }
}
