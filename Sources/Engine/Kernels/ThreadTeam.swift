import Synchronization

internal import CKernels

/// Threads that go through the same steps together and share the work of each.
///
/// A step's work is cut into pieces that the members take as they come. Nobody waits for a member who
/// hasn't taken a piece: one that the system doesn't let run, on a busy machine, costs the others
/// nothing, and finds the steps it missed already done.
///
/// Every member calls `share` the same number of times with the same counts. A team is for one pass.
public final class ThreadTeam: Sendable {
    /// How many members there are, the calling thread among them.
    public let size: Int

    /// The step that is being worked on, in the upper half, and its next piece, in the lower.
    private let ticket = Atomic<UInt64>(0)
    private let piecesDone = Atomic<Int>(0)

    /// A team before its first step; with `size` 1 there is nothing to share.
    public init(size: Int) { self.size = size }

    /// One member's way through the steps.
    public struct Member {
        private let team: ThreadTeam
        private var step: UInt64 = 0

        /// A member before the team's first step; each thread of the team makes one.
        public init(of team: ThreadTeam) { self.team = team }

        /// Calls `body` for parts of 0..<count, which the members share, and returns when all is done.
        public mutating func share(_ count: Int, _ body: (Range<Int>) -> Void) {
            guard team.size > 1 else { return body(0..<count) }
            // Pieces enough that nobody has to wait long for the last one, and not so many that
            // taking them costs time.
            let pieces = min(count, team.size * 4)
            guard pieces > 0 else { return }
            while let piece = team.take(step, of: pieces) {
                body(count * piece / pieces..<count * (piece + 1) / pieces)
                team.finish(step, of: pieces)
            }
            team.wait(for: step)
            step += 1
        }
    }

    private func take(_ step: UInt64, of pieces: Int) -> Int? {
        var seen = ticket.load(ordering: .acquiring)
        while true {
            let piece = Int(seen & 0xFFFF_FFFF)
            guard seen >> 32 == step, piece < pieces else { return nil }
            let (done, found) = ticket.weakCompareExchange(
                expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
            if done { return piece }
            seen = found
        }
    }

    private func finish(_ step: UInt64, of pieces: Int) {
        guard piecesDone.add(1, ordering: .acquiringAndReleasing).newValue == pieces else { return }
        piecesDone.store(0, ordering: .relaxed)
        ticket.store((step + 1) << 32, ordering: .releasing)
    }

    private func wait(for step: UInt64) {
        var times: UInt32 = 0
        while ticket.load(ordering: .acquiring) >> 32 == step {
            lh_wait_a_moment(times)
            times &+= times < .max ? 1 : 0
        }
    }
}
