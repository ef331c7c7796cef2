/// Shortens a sequence that fails to one of which no part can be left out: delta debugging (Zeller and Hildebrandt 2002).
///
/// - Parameters:
///   - sequence: one that fails.
///   - attempts: how often `fails` is asked at most; what is shortest by then is what is returned.
///   - fails: whether a shorter sequence still fails in the same way.
public func shortened<Element>(_ sequence: [Element], attempts: Int = .max, fails: ([Element]) -> Bool) -> [Element] {
    if attempts > 0, !sequence.isEmpty, fails([]) { return [] }
    var shortest = sequence
    var pieces = 2
    var left = attempts - 1
    while shortest.count > 1, left > 0 {
        let size = (shortest.count + pieces - 1) / pieces
        var start = 0
        var hasShortened = false
        // From the end: what comes last there needs what comes before it.
        while start < shortest.count, left > 0 {
            let end = shortest.count - start
            let candidate = Array(shortest[..<max(0, end - size)] + shortest[end...])
            left -= 1
            if fails(candidate) {
                shortest = candidate
                hasShortened = true
            } else {
                start += size
            }
        }
        if hasShortened {
            pieces = max(2, pieces - 1)
        } else if size > 1 {
            pieces = min(shortest.count, pieces * 2)
        } else {
            break
        }
    }
    return shortest
}
