internal import CKernels

/// The dot product of two vectors of the same length, which for unit vectors is their cosine.
public func dot(_ a: [Float], _ b: [Float]) -> Float {
    precondition(a.count == b.count, "dot needs two vectors of one length")
    return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
            return lh_dot(first, second, a.count)
        }
    }
}
