/// Maps many positions through one change: those that come in order cost no more than one walk through it.
public struct PositionMapper {
    private let operations: [ChangeSet.Operation]
    /// An operation that no position so far lies behind, and the offsets at which it begins.
    private var position = Place()
    private var last = 0

    private struct Place {
        var index = 0
        var before = 0
        var after = 0
        var deletedJustBefore = false
    }

    /// A mapper for one change, which begins at the start of the text.
    public init(_ changes: ChangeSet) { operations = changes.operations }

    /// Where a position of the text before is in the text after: see `ChangeSet.map`.
    public mutating func map(_ offset: Int, bias: Bias) -> Int {
        if offset < last { position = Place() }
        last = offset
        while position.index < operations.count, ends(operations[position.index], before: offset) {
            Self.pass(operations[position.index], &position)
        }
        var here = position
        while here.index < operations.count {
            let operation = operations[here.index]
            switch operation {
            case .retain(let count):
                if offset < here.before + count { return here.after + (offset - here.before) }
            case .delete(let count):
                if offset < here.before + count {
                    guard bias == .after, here.index + 1 < operations.count,
                        case .insert(let string) = operations[here.index + 1]
                    else {
                        return here.after
                    }
                    return here.after + string.utf8.count
                }
            case .insert:
                // The end of a replaced range stays its end.
                if offset == here.before, bias == .before, !here.deletedJustBefore { return here.after }
            }
            Self.pass(operation, &here)
        }
        return here.after
    }

    /// Whether an operation is over before `offset`, for which and for all later ones it is only passed.
    private func ends(_ operation: ChangeSet.Operation, before offset: Int) -> Bool {
        switch operation {
        case .retain(let count), .delete(let count): position.before + count < offset
        case .insert: position.before < offset
        }
    }

    private static func pass(_ operation: ChangeSet.Operation, _ position: inout Place) {
        position.index += 1
        switch operation {
        case .retain(let count):
            position.before += count
            position.after += count
            position.deletedJustBefore = false
        case .delete(let count):
            position.before += count
            position.deletedJustBefore = true
        case .insert(let string):
            position.after += string.utf8.count
            position.deletedJustBefore = false
        }
    }
}
