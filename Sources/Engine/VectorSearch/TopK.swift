import Kernels

/// The best `limit` of what it is offered: a binary heap with the worst on top.
package struct TopK {
    private let limit: Int
    private var heap: [Neighbour] = []

    /// Keeps nothing yet, and at most `limit`.
    package init(limit: Int) { self.limit = limit }

    /// The similarity of the worst that is kept, once there are `limit`.
    package var worst: Float? { heap.count == limit ? heap.first?.similarity : nil }

    /// Takes an item in, or drops it where `limit` better ones are kept; O(log limit).
    package mutating func offer(_ item: Neighbour) {
        if heap.count < limit {
            heap.append(item)
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard Neighbour.isNearer(heap[parent], heap[child]) else { break }
                heap.swapAt(parent, child)
                child = parent
            }
        } else if let worst = heap.first, Neighbour.isNearer(item, worst) {
            heap[0] = item
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Neighbour.isNearer(heap[worst], heap[child]) {
                worst = child
            }
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }

    /// What is kept, nearest first.
    package func sorted() -> [Neighbour] { heap.sorted(by: Neighbour.isNearer) }
}
