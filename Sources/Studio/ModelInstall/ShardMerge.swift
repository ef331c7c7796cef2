import Embedding
import Foundation

/// Makes one `model.safetensors` of the shards of a large model. A shard is a whole safetensors file, so
/// this joins the headers, shifts each shard's ranges and puts the data one after the other.
package enum ShardMerge {
    /// - Parameter folder: holds the shards; the merged file is written there, whole or not at all.
    /// - Throws: `ModelError` for a shard that is none, `ModelInstallError.cannotWrite`.
    package static func merge(_ shards: [String], in folder: String) throws {
        var header: [String: Any] = [:]
        var sources: [(path: String, start: Int, count: Int)] = []
        var base = 0
        for shard in shards {
            let path = folder + "/" + shard
            let part = try read(path)
            for (name, value) in part.header where name != "__metadata__" {
                guard var tensor = value as? [String: Any], let range = tensor["data_offsets"] as? [Int],
                    range.count == 2,
                    0 <= range[0], range[0] <= range[1], range[1] <= part.count
                else { throw ModelError.malformed(path: path, field: name, reason: "it isn't a tensor") }
                guard header[name] == nil else {
                    throw ModelError.malformed(path: path, field: name, reason: "another shard has it too")
                }
                tensor["data_offsets"] = [range[0] + base, range[1] + base]
                header[name] = tensor
            }
            sources.append((path, part.start, part.count))
            base += part.count
        }
        try write(header, sources, to: folder + "/" + ModelParts.weights)
        for shard in shards + [ModelParts.weightsIndex] { unlink(folder + "/" + shard) }
    }

    private static func read(_ path: String) throws -> (header: [String: Any], start: Int, count: Int) {
        guard let file = FileHandle(forReadingAtPath: path) else { throw ModelError.missing(path: path) }
        // It was only read.
        defer { try? file.close() }
        let size = Int(try file.seekToEnd())
        try file.seek(toOffset: 0)
        let prefix = try file.read(upToCount: 8) ?? Data()
        let length = prefix.reversed().reduce(0) { $0 << 8 | Int(truncatingIfNeeded: $1) }
        // What is no JSON is no header, which the error says.
        guard prefix.count == 8, length >= 2, length <= 100_000_000, 8 + length <= size,
            let json = try file.read(upToCount: length),
            let header = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
        else { throw ModelError.malformed(path: path, field: "header", reason: "it isn't a safetensors header") }
        return (header, 8 + length, size - 8 - length)
    }

    private static func write(
        _ header: [String: Any], _ sources: [(path: String, start: Int, count: Int)], to path: String
    ) throws {
        let temporary = path + ".merging"
        do {
            var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys])
            // The data begins at a multiple of eight, as the format's writers have it.
            while json.count % 8 != 0 { json.append(0x20) }
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw CocoaError(.fileWriteUnknown)
            }
            let output = try FileHandle(forWritingTo: URL(filePath: temporary))
            // All is on the disk by then: `synchronize` throws where it isn't.
            defer { try? output.close() }
            try output.write(contentsOf: Data((0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }) + json)
            for source in sources {
                let input = try FileHandle(forReadingFrom: URL(filePath: source.path))
                // It was only read.
                defer { try? input.close() }
                try input.seek(toOffset: UInt64(source.start))
                while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
                    try output.write(contentsOf: piece)
                }
            }
            try output.synchronize()
        } catch {
            unlink(temporary)
            throw ModelInstallError.cannotWrite(path: path, reason: "the shards could not be joined")
        }
        guard rename(temporary, path) == 0 else {
            throw ModelInstallError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
