import Foundation
import Kernels
import Synchronization
import TestSupport
import Testing

@testable import VectorSearch

/// Vectors in clusters, as passages about a few subjects have them.
private func clustered(_ count: Int, dimension: Int, clusters: Int, seed: UInt64) -> [[Float]] {
    var random = SeededGenerator(seed: seed)
    func vector() -> [Float] { (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
    let centres = (0..<clusters).map { _ in vector() }
    return (0..<count).map { index in
        let noise = vector()
        let centre = centres[index % clusters]
        return VectorCoding.normalized(zip(centre, noise).map { $0 + 0.4 * $1 }) ?? centre
    }
}

private func table(_ vectors: [[Float]], dimension: Int? = nil, room: Int = 0) -> VectorTable {
    let table = VectorTable(
        dimension: dimension ?? vectors.first?.count ?? 0, capacity: vectors.count + room)
    for vector in vectors { table.append(vector) }
    return table
}

private func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

@Suite struct FlatIndexTests {
    @Test func equalsALinearScan() {
        let vectors = clustered(120, dimension: 19, clusters: 5, seed: 3)
        let index = FlatIndex(table(vectors))
        for query in clustered(5, dimension: 19, clusters: 5, seed: 4) {
            let expected = vectors.map { dot($0, query) }
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
        let all = FlatIndex(table(vectors)).search(vectors[0], limit: 100)
        let found = FlatIndex(table(vectors)).search(vectors[0], limit: 100, candidates: odd)
        #expect(found == all.filter { $0.row % 2 == 1 })
    }

    @Test func aRangeIsAllThatReachesTheMinimum() {
        let index = FlatIndex(table(clustered(700, dimension: 12, clusters: 9, seed: 6)))
        let query = clustered(1, dimension: 12, clusters: 9, seed: 6)[0]
        let all = index.search(query)
        #expect(all.count == 700)
        for minimum in [Float(-2), -0.2, 0.3, 0.9, 2] {
            #expect(index.search(query, minimum: minimum) == all.filter { $0.similarity >= minimum })
            #expect(
                index.search(query, limit: 7, minimum: minimum)
                    == Array(all.filter { $0.similarity >= minimum }.prefix(7)))
        }
        #expect(index.search(query, from: 600) == all.filter { $0.row >= 600 })
    }

    @Test func tiesKeepTheEarlierRow() {
        let same = [[Float]](repeating: [1, 0], count: 6)
        #expect(FlatIndex(table(same)).search([1, 0], limit: 3).map(\.row) == [0, 1, 2])
        #expect(FlatIndex(table([])).search([], limit: 3).isEmpty)
        #expect(FlatIndex(table([], dimension: 2)).search([1, 0], limit: 3).isEmpty)
    }
}

/// Bytes come first and floats decide: the answer is that of floats alone, whatever the vectors are.
@Suite struct ByteSearchTests {
    private static func hard(_ count: Int, _ dimension: Int) -> [[Float]] {
        var random = SeededGenerator(seed: 77)
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
            let all = table(vectors)
            let index = FlatIndex(all)
            var most = CandidateSet(capacity: 900), few = CandidateSet(capacity: 900)
            for row in 0..<900 where row % 3 != 0 { most.insert(row) }
            for row in stride(from: 5, to: 900, by: 40) { few.insert(row) }
            for query in [vectors[3], vectors[4], vectors[0], vectors[700]] {
                let scanned = (0..<900).map { Neighbour(row: $0, similarity: all.dot($0, query)) }
                    .sorted(by: Neighbour.isNearer)
                for limit in [1, 10, 899] {
                    for candidates in [nil, most, few] {
                        let expected = scanned.filter { candidates?.contains($0.row) ?? true }.prefix(limit)
                        #expect(index.search(query, limit: limit, candidates: candidates) == Array(expected))
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.allCases.filter(\.isAvailable))
    func estimatesHoldWithinTheirErrorsOnEveryMachine(_ machine: InstructionSet) {
        let vectors = Self.hard(600, 50)
        let all = VectorTable(dimension: 50, capacity: 600, machine: machine)
        for vector in vectors { all.append(vector) }
        for query in [vectors[4], vectors[8], vectors[599]] {
            var seen = 0
            all.scan(query) { estimate in
                #expect(estimate.row == seen)
                #expect(abs(all.dot(estimate.row, query) - estimate.value) <= estimate.error)
                seen += 1
                return -.infinity
            }
            #expect(seen == 600)
        }
    }

    @Test func aFullTableTakesNoMore() {
        let small = table([[1, 0], [0, 1]])
        #expect(small.append([1, 1]) == nil)
        #expect(small.count == 2)
        #expect(small.row(1) == [0, 1])
    }
}

@Suite struct HNSWIndexTests {
    private let pool = WorkerPool(size: 3, polite: false)

    private func graph(_ vectors: [[Float]], links: Int = 16, room: Int = 0) throws -> HNSWIndex {
        let index = HNSWIndex(try #require(NavigableGraph(table(vectors, room: room), links: links)))
        index.insert(0..<vectors.count, efConstruction: 60, pool: pool)
        return index
    }

    /// The share of the exact ten that the graph finds. A narrow walk, so that it isn't a scan.
    private func recall(_ index: HNSWIndex, _ queries: [[Float]], _ candidates: CandidateSet? = nil) throws -> Double {
        let flat = FlatIndex(index.table)
        var right = 0
        for query in queries {
            let expected = Set(flat.search(query, limit: 10, candidates: candidates).map(\.row))
            let walked = try #require(index.graph.search(query, ef: 40, candidates: candidates))
            right += walked.prefix(10).count { expected.contains($0.row) }
        }
        return Double(right) / Double(queries.count * 10)
    }

    private static let vectors = clustered(3000, dimension: 24, clusters: 60, seed: 11)
    private static let queries = clustered(60, dimension: 24, clusters: 60, seed: 11)

    @Test func recallAgainstFlat() throws {
        #expect(try recall(graph(Self.vectors), Self.queries) >= 0.95)
    }

    @Test func recallIsTheSameAfterAReload() throws {
        let index = try graph(Self.vectors)
        let folder = FileManager.default.temporaryDirectory.path + "/graph-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = VectorFile(ids: (1...3000).map { Int64($0 * 2) }, table: index.table, graph: index.graph)
        try file.write(path: folder, key: "a")
        let again = try VectorFile(path: folder, key: "a", dimension: 24, isVerified: true)
        let other = HNSWIndex(try #require(again.graph))
        #expect(again.ids == file.ids)
        for query in Self.queries {
            #expect(other.graph.search(query, ef: 40) == index.graph.search(query, ef: 40))
            #expect(FlatIndex(again.table).search(query, limit: 9) == FlatIndex(index.table).search(query, limit: 9))
        }
        // And it can be added to, which leaves the file as it is.
        for vector in Self.queries.prefix(5) { again.table.append(vector.map { -$0 }) }
        other.insert(3000..<3005, pool: pool)
        #expect(other.graph.search(Self.queries[2].map { -$0 }, ef: 40)?.first?.row == 3002)
        #expect(try VectorFile(path: folder, key: "a", dimension: 24, isVerified: true).table.count == 3000)
    }

    @Test func recallIsTheSameAfterDeletesAndInserts() throws {
        let index = try graph(Self.vectors)
        let before = try recall(index, Self.queries)
        var kept = CandidateSet(capacity: 3000)
        for row in 0..<3000 where row % 5 != 2 { kept.insert(row) }
        let thinned = try #require(index.compacted(keeping: kept, room: 1000, pool: pool))
        #expect(thinned.table.count == 2400)
        #expect(thinned.table.row(2) == Self.vectors[3])
        #expect(try recall(thinned, Self.queries) >= before - 0.02)
        for row in 0..<3000 where row % 5 == 2 { thinned.table.append(Self.vectors[row]) }
        thinned.insert(2400..<3000, pool: pool)
        #expect(try recall(thinned, Self.queries) >= before - 0.02)
    }

    @Test func filtersHoldInsideTheWalk() throws {
        let index = try graph(Self.vectors)
        for step in [2, 5, 50, 1000] {
            var rows = CandidateSet(capacity: 3000)
            for row in stride(from: 0, to: 3000, by: step) { rows.insert(row) }
            let walked = try #require(index.graph.search(Self.queries[1], ef: 40, candidates: rows))
            #expect(walked.count == min(40, rows.count))
            #expect(walked.allSatisfy { $0.row % step == 0 })
            #expect(try recall(index, Array(Self.queries.prefix(10)), rows) * 10 >= Double(min(10, rows.count)) * 0.95)
            // Whatever is walked or compared: what is asked for comes.
            let found = index.search(Self.queries[1], limit: 3, candidates: rows, ef: 4)
            #expect(found.count == 3)
            #expect(found.first == FlatIndex(index.table).search(Self.queries[1], limit: 1, candidates: rows).first)
        }
        var one = CandidateSet(capacity: 3000)
        one.insert(17)
        #expect(index.graph.search(Self.queries[0], ef: 10, candidates: one, budget: 50) == nil)
        #expect(index.search(Self.queries[0], limit: 10, candidates: one).map(\.row) == [17])
    }

    @Test func searchesGoOnWhileRowsAreInserted() throws {
        let own = table(Array(Self.vectors.prefix(500)), room: 2500)
        let graph = try #require(NavigableGraph(own, links: 8))
        let index = HNSWIndex(graph)
        index.insert(0..<500, efConstruction: 40, pool: pool)
        let rest = Self.vectors[500...]
        let isDone = Flag()
        pool.offer { member in
            guard member == 0 else { return }
            for vector in rest { if let row = own.append(vector) { graph.insert(row, ef: 40) } }
            isDone.raise()
        }
        var searches = 0
        while !isDone.isUp || searches < 20 {
            let found = index.graph.search(Self.queries[searches % 60], ef: 30) ?? []
            #expect(found.count == 30)
            #expect(zip(found, found.dropFirst()).allSatisfy { Neighbour.isNearer($0, $1) })
            searches += 1
        }
        #expect(try recall(index, Self.queries) >= 0.9)
    }

    @Test func nothingIsFoundInNothing() throws {
        let empty = HNSWIndex(try #require(NavigableGraph(table([], dimension: 4, room: 10))))
        #expect(empty.graph.search([1, 0, 0, 0], ef: 5) == [])
        #expect(empty.search([1, 0, 0, 0], limit: 3).isEmpty)
        #expect(empty.search([1, 0], limit: 3).isEmpty)
        empty.table.append([0, 1, 0, 0])
        #expect(empty.search([0, 1, 0, 0], limit: 3).map(\.row) == [0])
    }

    @Test func manyEqualVectorsAreFound() throws {
        let same = [[Float]](repeating: [0.6, 0.8, 0, 0], count: 400) + [[1, 0, 0, 0]]
        let index = try graph(same)
        #expect(index.graph.search([1, 0, 0, 0], ef: 20)?.first?.row == 400)
        #expect(index.graph.search([0.6, 0.8, 0, 0], ef: 20)?.count == 20)
    }

    @Test func aCancelledBuildCanGoOn() throws {
        let own = table(Self.vectors)
        let index = HNSWIndex(try #require(NavigableGraph(own)))
        let seen = Mutex(0)
        let isWhole = index.insert(
            0..<3000, efConstruction: 30, pool: pool,
            isCancelled: {
                seen.withLock {
                    $0 += 1; return $0 > 2
                }
            })
        #expect(!isWhole)
        #expect(!(0..<3000).allSatisfy { index.graph.contains($0) })
        #expect(index.insert(0..<3000, efConstruction: 30, pool: pool))
        #expect((0..<3000).allSatisfy { index.graph.contains($0) })
        #expect(try recall(index, Self.queries) >= 0.9)
    }
}

/// A file of vectors that isn't right is refused, and never read beyond.
@Suite struct VectorFileTests {
    private func made(_ count: Int) throws -> (path: String, file: VectorFile) {
        let path = FileManager.default.temporaryDirectory.path + "/vectors-" + UUID().uuidString
        let own = table(clustered(count, dimension: 10, clusters: 3, seed: 9), dimension: 10)
        let graph = try #require(NavigableGraph(own, links: 4))
        HNSWIndex(graph).insert(0..<count, efConstruction: 20, pool: WorkerPool(size: 1, polite: false))
        let file = VectorFile(ids: (0..<count).map { Int64($0) }, table: own, graph: graph)
        try file.write(path: path, key: "k")
        return (path, file)
    }

    @Test func ofAnotherModelIsStale() throws {
        let (path, _) = try made(30)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: VectorFileError.stale) { try VectorFile(path: path, key: "other", dimension: 10) }
        #expect(throws: VectorFileError.stale) { try VectorFile(path: path, key: "k", dimension: 11) }
        #expect(throws: VectorFileError.missing) { try VectorFile(path: path + "x", key: "k", dimension: 10) }
        #expect(try VectorFile(path: path, key: "k", dimension: 10).table.count == 30)
    }

    @Test func ofNothingIsOneToo() throws {
        let (path, _) = try made(0)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try VectorFile(path: path, key: "k", dimension: 10, isVerified: true)
        #expect(file.ids.isEmpty && file.table.count == 0)
    }

    @Test func aFileThatCannotBeWrittenSaysWhy() throws {
        let file = VectorFile(ids: [], table: table([], dimension: 3), graph: nil)
        #expect(throws: VectorFileError.missing) { try file.write(path: "/nowhere/at/all", key: "k") }
    }

    @Test func everyFlippedByteIsFoundOrHarmless() throws {
        let (path, file) = try made(60)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = SeededGenerator(seed: 4)
        var refused = 0
        for round in 0..<300 {
            var broken = whole
            switch round % 4 {
            case 0: broken = broken.prefix(Int.random(in: 0..<whole.count, using: &random))
            case 1: broken[Int.random(in: 0..<200, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            default:
                // Where a section begins there's something to break.
                let section = 65_536 * Int.random(in: 1..<whole.count / 65_536, using: &random)
                for _ in 0..<3 {
                    broken[section + Int.random(in: 0..<60, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            try broken.write(to: URL(fileURLWithPath: path))
            // Unverified, it may only not be walked out of.
            if let opened = try? VectorFile(path: path, key: "k", dimension: 10) {
                _ = opened.graph?.search([Float](repeating: 0.3, count: 10), ef: 20)
            }
            do {
                let opened = try VectorFile(path: path, key: "k", dimension: 10, isVerified: true)
                #expect(opened.ids == file.ids)
                #expect((0..<60).allSatisfy { opened.table.row($0) == file.table.row($0) })
            } catch { refused += 1 }
        }
        #expect(refused > 200)
    }
}
