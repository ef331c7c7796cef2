import Testing

@testable import TextAnalysis

@Suite struct StemmerTests {
    /// Words and their stems as the reference implementation of Snowball gives them.
    private static let reference = """
        abstraction abstract, acclamations acclam, acknowledge acknowledg, adjustment adjust, adopting adopt,
        aggregated aggreg, agreed agre, amity amiti, anticipate anticip, apology apolog, apostles apostl,
        argument argument, arsenal arsenal, artifacts artifact, assigned assign, assumptions assumpt,
        authoring author, bequeathed bequeath, bigness big, boggy boggi, bridegrooms bridegroom,
        broadening broaden, bullheadedly bullhead, by by, catalogue catalogu, caters cater, cease ceas,
        cherry cherri, clothe cloth, collegial collegi, communism communism, conclusion conclus,
        condense condens, conditional condit, contrition contrit, controlling control, costed cost,
        county counti, culled cull, decades decad, dense dens, desirous desir, detailed detail,
        deterioration deterior, digitizer digit, disburthening disburthen, disfigured disfigur,
        dissention dissent, dissolute dissolut, diversity divers, divisible divis, doctoral doctor, dying die,
        echoes echo, eisenhower eisenhow, electrical electr, embarked embark, encoded encod,
        encompassed encompass, encouraging encourag, engine engin, engravings engrav, erwatched erwatch,
        eternal etern, exceeded exceed, excellent excel, excitement excit, excluding exclud,
        expectation expect, feed feed, fertile fertil, feudalism feudal, fickle fickl, finisher finish,
        forbore forbor, formed form, foundered founder, freely freeli, genealogical genealog,
        generously generous, genuinely genuin, geology geolog, goodness good, happily happili, holdings hold,
        hopefulness hope, hoping hope, hopped hop, imbordered imbord, imitation imit, impervious impervi,
        implementation implement, importune importun, impregnable impregn, incurred incur, indicates indic,
        inning inning, inquisitively inquisit, invocation invoc, irriguous irrigu, jupiter jupit,
        library librari, limitary limitari, lofty lofti, loquacious loquaci, luxuriated luxuri, madness mad,
        managing manag, meanwhile meanwhil, measured measur, message messag, methods method,
        ministring ministr, misfortune misfortun, modesty modesti, monsters monster, morrell morrel, news news,
        observers observ, officers offic, operator oper, orange orang, ornamented ornament, outdone outdon,
        pairs pair, pamphlets pamphlet, persuaded persuad, perverseness pervers, pickaxe pickax, piled pile,
        platters platter, plucked pluck, possibilities possibl, poverty poverti, preserves preserv,
        prevalent preval, probate probat, proceeded proceed, proclaimed proclaim, proportion proport,
        provides provid, racked rack, rationally ration, relational relat, relations relat, remarkable remark,
        repaired repair, replacement replac, resorted resort, responses respons, reviewed review, richly rich,
        rigorous rigor, rolled roll, saying say, seafaring seafar, sedge sedg, sensibility sensibl,
        showery showeri, skies sky, sky sky, sneezed sneez, snuffed snuf, sociable sociabl, somewhere somewher,
        squeaked squeak, stakes stake, stifling stifl, strows strow, studies studi, study studi,
        studying studi, stumbling stumbl, subtle subtl, swallowed swallow, symphonies symphoni, syrtis syrti,
        taunting taunt, terribly terribl, tiles tile, underscore underscor, underwriting underwrit,
        unsettledness unsettled, unvisited unvisit, variety varieti, videotape videotap, warmed warm,
        wherewithal wherewith, wildly wild, worse wors, writer writer, writers writer, writes write,
        writing write, yell yell
        """

    @Test func stemsAreThoseOfTheReference() {
        let pairs = Self.reference.split { $0 == "," || $0.isNewline }
            .map { $0.split(separator: " ").map(String.init) }.filter { !$0.isEmpty }
        #expect(pairs.count > 150)
        for pair in pairs { #expect(Stemmer.stem(pair[0]) == pair[1], "\(pair[0])") }
    }

    @Test(arguments: ["", "a", "is", "café", "検索", "x1", "naïveté", "don't", "ÉTUDES"])
    func whatIsNoEnglishWordStays(word: String) {
        #expect(Stemmer.stem(word) == word)
    }
}
