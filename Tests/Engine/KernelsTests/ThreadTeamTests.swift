import Dispatch
import Synchronization
import Testing

@testable import Kernels

/// Threads that share work: all of it is done, once, and nobody waits for who isn't there.
@Suite struct TeamTests {
    final class Tally: Sendable {
        let marks = Mutex<[String: Int]>([:])
        func mark(_ key: String) { marks.withLock { $0[key, default: 0] += 1 } }
    }

    private func walk(_ team: ThreadTeam, _ tally: Tally, steps: Int) {
        var member = ThreadTeam.Member(of: team)
        for step in 0..<steps {
            let count = [1, 7, 0, 40][step % 4]
            member.share(count) { part in
                for index in part { tally.mark("\(step).\(index)") }
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func everyPieceIsDoneOnce(_ size: Int) {
        let pool = WorkerPool(size: size, polite: false)
        let (team, tally) = (ThreadTeam(size: size), Tally())
        pool.run { _ in walk(team, tally, steps: 200) }
        let marks = tally.marks.withLock { $0 }
        #expect(marks.values.allSatisfy { $0 == 1 })
        #expect(marks.count == 50 * (1 + 7 + 40))
    }

    @Test func aMemberWhoNeverComesIsNotWaitedFor() {
        let (team, tally) = (ThreadTeam(size: 2), Tally())
        walk(team, tally, steps: 20)
        // And who comes late finds all of it done.
        let before = tally.marks.withLock { $0 }
        walk(team, tally, steps: 20)
        #expect(tally.marks.withLock { $0 } == before && before.count == 5 * 48)
    }

    @Test func aPoolRunsItsMembersAndTheCaller() {
        let pool = WorkerPool(size: 3, polite: true)
        let tally = Tally()
        var alongside = false
        pool.run {
            tally.mark("\($0)")
        } alongside: {
            alongside = true
        }
        #expect(alongside && tally.marks.withLock { $0 } == ["0": 1, "1": 1, "2": 1])
    }

    @Test func longWorkLetsUrgentWorkPass() {
        let place = PriorityGate()
        let urgent = DispatchSemaphore(value: 0)
        let order = Mutex<[String]>([])
        let pool = WorkerPool(size: 1, polite: false)
        pool.run { _ in
            urgent.wait()
            place.letPass()
            order.withLock { $0.append("long") }
        } alongside: {
            place.pass {
                urgent.signal()
                // Long enough for the other to get as far as it can.
                for _ in 0..<200 { lhPause() }
                order.withLock { $0.append("urgent") }
            }
        }
        #expect(order.withLock { $0 } == ["urgent", "long"])
    }

    private func lhPause() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .microseconds(200)) }
}
