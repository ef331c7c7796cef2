import Kernels

internal import CKernels

extension NavigableGraph {
    /// A table and a graph of the rows in `kept` alone, in the same order, numbered from 0 on.
    ///
    /// What led to a row that's gone is led to the nearest of its neighbours first, so that as much is found as before
    /// (as FreshDiskANN does: Singh et al. 2021). Nobody may insert meanwhile; who searches finds what is kept.
    ///
    /// - Parameters:
    ///   - kept: the rows that stay.
    ///   - room: how many rows may be appended to the new table.
    ///   - each: how the work on so many rows is shared among threads.
    /// - Returns: nil when the system has no addresses left.
    public func compacted(
        keeping kept: CandidateSet, room: Int, each: (Int, @escaping @Sendable (Int) -> Void) -> Void
    ) -> (table: VectorTable, graph: NavigableGraph)? {
        let count = table.count
        var gone = CandidateSet(capacity: table.capacity)
        var numbers = [Int32](repeating: -1, count: count)
        var left = 0
        for row in 0..<count {
            if kept.contains(row) {
                numbers[row] = Int32(left)
                left += 1
            } else {
                gone.insert(row)
            }
        }
        let dead = gone
        each(count) { self.bridge($0, past: dead) }

        let fresh = VectorTable(dimension: table.dimension, capacity: left + room, machine: table.machine)
        guard fresh.capacity >= left, let parts = Parts(rows: fresh.capacity, links: links) else { return nil }
        let graph = NavigableGraph(fresh, parts, links: links, entry: -1, upperUsed: 0)
        for row in 0..<count where numbers[row] >= 0 { fresh.append(table.row(row)) }
        for row in 0..<count where numbers[row] >= 0 && contains(row) {
            graph.copy(row, to: Int(numbers[row]), from: self, numbers)
        }
        return (fresh, graph)
    }
}
