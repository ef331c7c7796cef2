import Kernels
import Testing

@testable import Retrieval

/// Vectors in clusters, as passages about a few subjects have them.
private func clustered(_ count: Int, dimension: Int, clusters: Int, seed: UInt64) -> [[Float]] {
    var random = SplitMix(state: seed)
    func vector() -> [Float] { (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
    let centres = (0..<clusters).map { _ in vector() }
    return (0..<count).map { index in
        let noise = vector()
        let centre = centres[index % clusters]
        return VectorCoding.normalized(zip(centre, noise).map { $0 + 0.4 * $1 }) ?? centre
    }
}

private func matrix(_ vectors: [[Float]]) -> VectorMatrix {
    var matrix = VectorMatrix(dimension: vectors.first?.count ?? 0)
    for vector in vectors { matrix.append(vector) }
    return matrix
}

@Suite struct FlatIndexTests {
    @Test func equalsALinearScan() {
        let vectors = clustered(120, dimension: 19, clusters: 5, seed: 3)
        let index = FlatIndex(vectors: matrix(vectors))
        for query in clustered(5, dimension: 19, clusters: 5, seed: 4) {
            let expected = vectors.map { zip($0, query).reduce(0) { $0 + $1.0 * $1.1 } }
                .enumerated().sorted { $0.element > $1.element }.prefix(10)
            let found = index.search(query, limit: 10)
            #expect(found.map(\.row) == expected.map(\.offset))
            for (a, b) in zip(found, expected) { #expect(abs(a.similarity - b.element) < 1e-5) }
        }
    }

    @Test func onlyCandidatesAreFound() {
        let vectors = clustered(100, dimension: 8, clusters: 3, seed: 5)
        var odd = CandidateSet(capacity: 100)
        for row in stride(from: 1, to: 100, by: 2) { odd.insert(row) }
        let all = FlatIndex(vectors: matrix(vectors)).search(vectors[0], limit: 100)
        let found = FlatIndex(vectors: matrix(vectors)).search(vectors[0], limit: 100, candidates: odd)
        #expect(found == all.filter { $0.row % 2 == 1 })
    }

    @Test func tiesKeepTheEarlierRow() {
        let same = [[Float]](repeating: [1, 0], count: 6)
        #expect(FlatIndex(vectors: matrix(same)).search([1, 0], limit: 3).map(\.row) == [0, 1, 2])
        #expect(FlatIndex(vectors: matrix([])).search([], limit: 3).isEmpty)
    }
}

/// Bytes come first and floats decide: the answer is that of floats alone, whatever the vectors are.
@Suite struct ByteSearchTests {
    private static func hard(_ count: Int, _ dimension: Int) -> [[Float]] {
        var random = SplitMix(state: 77)
        return (0..<count).map { index in
            let size = Float.random(in: 0...1, using: &random)
            var vector = (0..<dimension).map { _ in size * Float.random(in: -1...1, using: &random) }
            switch index % 7 {
            case 0: vector = [Float](repeating: 0, count: dimension)
            case 1: vector[index % dimension] = 100  // One number that all bytes are spent on.
            case 2: vector = vector.map { $0 * 1e-20 }
            case 3: vector = [Float](repeating: size, count: dimension)
            default: break
            }
            return vector
        }
    }

    @Test(arguments: [1, 19, 64, 384])
    func equalsFloatsAlone(_ dimension: Int) {
        for vectors in [clustered(900, dimension: dimension, clusters: 7, seed: 5), Self.hard(900, dimension)] {
            let floats = FlatIndex(vectors: matrix(vectors), fewRows: .max)
            let bytes = FlatIndex(vectors: matrix(vectors), fewRows: 0)
            var most = CandidateSet(capacity: 900), few = CandidateSet(capacity: 900)
            for row in 0..<900 where row % 3 != 0 { most.insert(row) }
            for row in stride(from: 5, to: 900, by: 40) { few.insert(row) }
            for query in [vectors[3], vectors[4], vectors[0], vectors[700]] {
                for limit in [1, 10, 899] {
                    for candidates in [nil, most, few] {
                        #expect(
                            bytes.search(query, limit: limit, candidates: candidates)
                                == floats.search(query, limit: limit, candidates: candidates))
                    }
                }
            }
        }
    }

    @Test func estimatesHoldWithinTheirErrors() {
        let vectors = Self.hard(600, 50)
        let all = matrix(vectors)
        for query in [vectors[4], vectors[8], vectors[599]] {
            var seen = 0
            ByteMatrix(all).forEachEstimate(query) { estimate in
                #expect(estimate.row == seen)
                #expect(abs(all.dot(estimate.row, query) - estimate.value) <= estimate.error)
                seen += 1
            }
            #expect(seen == 600)
        }
    }
}

@Suite struct HNSWIndexTests {
    @Test func recallAgainstFlat() {
        let vectors = matrix(clustered(800, dimension: 16, clusters: 20, seed: 11))
        let graph = HNSWIndex(vectors)
        let flat = FlatIndex(vectors: vectors)
        var right = 0
        let queries = clustered(40, dimension: 16, clusters: 20, seed: 11)
        for query in queries {
            let expected = Set(flat.search(query, limit: 10).map(\.row))
            right += graph.search(query, limit: 10).count { expected.contains($0.row) }
        }
        #expect(Double(right) >= 0.95 * Double(queries.count * 10))
    }

    @Test func filtersHoldInsideTheSearch() {
        let vectors = clustered(300, dimension: 8, clusters: 6, seed: 12)
        let graph = HNSWIndex(matrix(vectors))
        for step in [2, 50] {
            var rows = CandidateSet(capacity: 300)
            for row in stride(from: 0, to: 300, by: step) { rows.insert(row) }
            let found = graph.search(vectors[1], limit: 5, candidates: rows)
            let expected = FlatIndex(vectors: matrix(vectors)).search(vectors[1], limit: 5, candidates: rows)
            #expect(found.count == 5)
            #expect(found.allSatisfy { $0.row % step == 0 })
            #expect(found.first == expected.first)
        }
    }

    @Test func linksAreBoundedAndRowsLeftOutAreNoNodes() {
        let vectors = matrix(clustered(200, dimension: 8, clusters: 4, seed: 13))
        var rows = CandidateSet(capacity: 200)
        for row in 0..<150 { rows.insert(row) }
        let graph = HNSWIndex(vectors, rows: rows, links: 4, efConstruction: 20)
        for row in 0..<200 {
            var count = 0
            graph.forEachNeighbour(row, 0) { other in
                count += 1
                #expect(other != row && other < 150)
            }
            #expect(count <= 8)
            #expect((graph.levels[row] >= 0) == (row < 150))
        }
        #expect(HNSWIndex(matrix([])).search([], limit: 3).isEmpty)
    }
}

@Suite struct FusionTests {
    @Test func ranksAreAddedReciprocally() {
        let fused = Fusion.reciprocalRank([["a", "b", "c"], ["c", "a"]])
        #expect(fused.map(\.item) == ["a", "c", "b"])
        #expect(abs(fused[0].score - (1 / 61.0 + 1 / 62.0)) < 1e-12)
        #expect(abs(fused[1].score - (1 / 63.0 + 1 / 61.0)) < 1e-12)
        #expect(abs(fused[2].score - 1 / 62.0) < 1e-12)
    }

    @Test func tiesKeepTheOrderSeen() {
        #expect(Fusion.reciprocalRank([["x"], ["y"]]).map(\.item) == ["x", "y"])
        #expect(Fusion.reciprocalRank([[Int](), []]).isEmpty)
    }

    @Test func noveltyLeavesOutQuotedAndRepeatedText() {
        var novelty = Novelty(excluding: ["> The *river* runs\n> to the sea.[^a]", "short"])
        let texts = [
            ("Someone wrote: the river runs to the sea. Yes.", false),
            ("river runs to the", false),
            ("A short text about mountains and their snow in winter months.", true),
            ("A short text about mountains, and their snow in WINTER months!", false),
            ("A short text about valleys.", true),
        ]
        for (text, isNew) in texts {
            let accepted = novelty.accepts(text)
            #expect(accepted == isNew, "\(text)")
        }
    }
}
