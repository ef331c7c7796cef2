import FoundationEssentials
import Kernels

/// Reading one of a model's files, with errors that name it.
enum ModelFiles {
    static func map(_ path: String) throws(ModelError) -> MappedFile {
        do {
            return try MappedFile(path: path)
        } catch {
            switch error {
            case .missing: throw .missing(path: path)
            case .refused(let reason): throw .unreadable(path: path, reason: reason)
            }
        }
    }

    /// The file's content, or nil when there is no such file.
    static func bytesIfPresent(_ path: String) throws(ModelError) -> [UInt8]? {
        do {
            let file = try map(path)
            return file.bytes(in: 0..<file.count)
        } catch .missing {
            return nil
        }
    }

    static func decodeIfPresent<T: Decodable>(_ type: T.Type, _ path: String) throws(ModelError) -> T? {
        guard let bytes = try bytesIfPresent(path) else { return nil }
        return try decode(type, bytes, path: path)
    }

    static func decode<T: Decodable>(
        _ type: T.Type, _ bytes: [UInt8], path: String
    ) throws(ModelError) -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw malformed(path, error)
        } catch {
            throw .malformed(path: path, field: "JSON", reason: "it isn't valid JSON")
        }
    }

    private static func malformed(_ path: String, _ error: DecodingError) -> ModelError {
        func field(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "JSON" : path.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            return .malformed(
                path: path, field: field(context.codingPath + [key]), reason: "the field is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return .malformed(
                path: path, field: field(context.codingPath), reason: "the value has the wrong type")
        case .dataCorrupted(let context):
            let reason =
                context.codingPath.isEmpty ? "it isn't valid JSON" : "the value can't be read"
            return .malformed(path: path, field: field(context.codingPath), reason: reason)
        @unknown default:
            return .malformed(path: path, field: "JSON", reason: "it can't be decoded")
        }
    }
}
