/// NumPy's file format, version 1.0, for a C-ordered matrix of little-endian float32.
enum NumPyArray {
    static func encode(_ rows: [[Float]], columns: Int) -> [UInt8] {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(columns)), }"
        // Magic, version and length are 10 bytes; data starts at a multiple of 64, after a line feed.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)]
        bytes += header.utf8
        bytes.reserveCapacity(bytes.count + rows.count * columns * 4)
        for row in rows {
            for value in row { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        }
        return bytes
    }
}
