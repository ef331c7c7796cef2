import Kernels

/// A memory-mapped `.safetensors` file: eight bytes of header length, a JSON header that gives
/// each tensor a type, a shape and a range of bytes, then the bytes.
///
/// The file is data from elsewhere, so the whole header is checked before any tensor is handed
/// out: every range lies within the file, ranges don't overlap and leave no gap, and each is as
/// long as its shape and type ask. Types no encoder here uses (integers, 8-bit floats) may be in
/// the file and are checked by their ranges alone.
struct SafeTensors: Sendable {
    struct Entry: Sendable, Equatable {
        var type: String
        var shape: [Int]
        /// Within the data, which begins after the header.
        var range: Range<Int>
    }

    let path: String
    let file: MappedFile
    let entries: [String: Entry]
    /// Where the data begins, in bytes from the start of the file.
    let dataStart: Int

    /// The format's own limit, which the reference reader shares.
    static let longestHeader = 100_000_000

    init(path: String) throws(ModelError) {
        let file = try ModelFiles.map(path)
        guard file.count >= 8 else { throw .truncated(path: path, expected: 8, actual: file.count) }
        let length = file.bytes(in: 0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length >= 2, length <= UInt64(Self.longestHeader) else {
            throw .malformed(
                path: path, field: "header length", reason: "\(length) bytes isn't a possible length")
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= file.count else {
            throw .truncated(path: path, expected: dataStart, actual: file.count)
        }
        let header = try ModelFiles.decode(
            Header.self, file.bytes(in: 8..<dataStart), path: path)
        self.path = path
        self.file = file
        self.dataStart = dataStart
        entries = try Self.check(
            header, path: path, dataCount: file.count - dataStart, dataStart: dataStart)
    }

    /// The float matrix called `name`.
    ///
    /// - Throws: `.malformed` when there is none or it isn't [rows, columns] (a vector is one
    ///   row), `.unsupported` when its numbers aren't F32, F16 or BF16.
    func tensor(_ name: String, rows: Int = 1, columns: Int) throws(ModelError) -> Tensor {
        guard let entry = entries[name] else {
            throw .malformed(path: path, field: name, reason: "the tensor is missing")
        }
        let wanted = entry.shape.count == 1 && rows == 1 ? [columns] : [rows, columns]
        guard entry.shape == wanted else {
            throw .malformed(
                path: path, field: name,
                reason: "its shape is \(entry.shape) where config.json asks for \(wanted)")
        }
        guard let type = ElementType(rawValue: entry.type) else {
            throw .unsupported(path: path, field: name + ".dtype", value: entry.type)
        }
        return Tensor(
            file: file, offset: dataStart + entry.range.lowerBound, type: type, rows: rows,
            columns: columns)
    }

    /// All numbers of a tensor of floats as one row, whatever its shape.
    func flatTensor(_ name: String, _ entry: Entry) throws(ModelError) -> Tensor {
        guard let type = ElementType(rawValue: entry.type) else {
            throw .unsupported(path: path, field: name + ".dtype", value: entry.type)
        }
        return Tensor(
            file: file, offset: dataStart + entry.range.lowerBound, type: type, rows: 1,
            columns: entry.range.count / type.size)
    }

    private static func check(
        _ header: Header, path: String, dataCount: Int, dataStart: Int
    ) throws(ModelError) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for (name, raw) in header.tensors {
            guard raw.data_offsets.count == 2 else {
                throw .malformed(
                    path: path, field: name + ".data_offsets", reason: "it isn't a pair of numbers")
            }
            let (start, end) = (raw.data_offsets[0], raw.data_offsets[1])
            guard start >= 0, end >= start else {
                throw .malformed(
                    path: path, field: name + ".data_offsets",
                    reason: "[\(start), \(end)] isn't a range")
            }
            guard end <= dataCount else {
                let (expected, overflow) = dataStart.addingReportingOverflow(end)
                throw .truncated(
                    path: path, expected: overflow ? .max : expected, actual: dataStart + dataCount)
            }
            try checkSize(name, raw, bytes: end - start, path: path)
            entries[name] = Entry(type: raw.dtype, shape: raw.shape, range: start..<end)
        }
        // Ranges sorted by place have to follow one another exactly.
        var position = 0
        let sorted = entries.sorted {
            ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
                < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
        }
        for (name, entry) in sorted {
            guard entry.range.lowerBound == position else {
                throw .malformed(
                    path: path, field: name + ".data_offsets",
                    reason: entry.range.lowerBound < position
                        ? "it overlaps another tensor" : "there is a gap before it")
            }
            position = entry.range.upperBound
        }
        guard position == dataCount else {
            throw .malformed(
                path: path, field: "data", reason: "\(dataCount - position) bytes belong to no tensor")
        }
        return entries
    }

    private static func checkSize(
        _ name: String, _ raw: Header.Tensor, bytes: Int, path: String
    ) throws(ModelError) {
        var count = 1
        for side in raw.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard side >= 0, !overflow else {
                throw .malformed(
                    path: path, field: name + ".shape", reason: "\(raw.shape) isn't a possible shape")
            }
            count = product
        }
        guard let size = Self.sizes[raw.dtype] else {
            throw .unsupported(path: path, field: name + ".dtype", value: raw.dtype)
        }
        let (expected, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, expected == bytes else {
            throw .malformed(
                path: path, field: name + ".data_offsets",
                reason: "\(bytes) bytes don't hold \(raw.dtype) numbers of shape \(raw.shape)")
        }
    }

    private static let sizes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2,
        "BF16": 2, "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
    ]

    /// The JSON header: tensors by name, beside `__metadata__`, which says nothing needed here.
    private struct Header: Decodable {
        struct Tensor: Decodable {
            var dtype: String
            var shape: [Int]
            var data_offsets: [Int]
        }

        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var tensors: [String: Tensor] = [:]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for name in container.allKeys where name.stringValue != "__metadata__" {
                tensors[name.stringValue] = try container.decode(Tensor.self, forKey: name)
            }
        }
    }
}
