import Foundation

/// The system's converter between encodings.
package enum Iconv {
    /// Why bytes couldn't be converted.
    package enum Refusal: Error, Equatable {
        /// The system has no tables for it.
        case unknownEncoding
        /// What stands at this byte of the input is no character, or none that the other encoding has.
        case cannotConvert(offset: Int)
    }

    /// Converts the whole of `bytes`, or nothing.
    package static func convert(_ bytes: ArraySlice<UInt8>, from source: String, to target: String) throws(Refusal)
        -> [UInt8]
    {
        let converter = iconv_open(target, source)
        guard converter != iconv_t(bitPattern: -1) else { throw .unknownEncoding }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 2)
        var buffer = [CChar](repeating: 0, count: 1 << 16)
        var used = 0
        var isFlushing = false
        while true {
            var leftIn = input.count - used
            var leftOut = buffer.count
            let (status, reason) = input.withUnsafeMutableBufferPointer { input in
                buffer.withUnsafeMutableBufferPointer { output in
                    var from = input.baseAddress.map { $0 + used }
                    var to = output.baseAddress
                    let status =
                        isFlushing
                        ? iconv(converter, nil, nil, &to, &leftOut) : iconv(converter, &from, &leftIn, &to, &leftOut)
                    return (status, errno)
                }
            }
            used = input.count - leftIn
            result += buffer[..<(buffer.count - leftOut)].lazy.map { UInt8(bitPattern: $0) }
            if status == -1 {
                guard reason == E2BIG else { throw .cannotConvert(offset: used) }
            } else if isFlushing {
                return result
            } else if status > 0 {
                // Some character was written as another that only resembles it.
                throw .cannotConvert(offset: 0)
            } else {
                isFlushing = true
            }
        }
    }
}
