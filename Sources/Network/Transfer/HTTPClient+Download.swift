import Hashing
import Kernels

/// How far a download is.
public struct DownloadProgress: Sendable, Equatable {
    /// Bytes on the disk, those of an earlier try included.
    public var received: Int
    /// Nil when the server doesn't say.
    public var total: Int?
}

/// What a server announced of a file before sending it; nil where it said nothing.
public struct FilePromise: Sendable, Equatable {
    /// In hexadecimal digits.
    public var sha256: String?
    /// In bytes.
    public var size: Int?

    /// A promise of these two; nil promises nothing.
    public init(sha256: String? = nil, size: Int? = nil) {
        self.sha256 = sha256
        self.size = size
    }
}

/// How a file is asked for, and what it must be.
public struct DownloadOptions: Sendable {
    /// Headers sent with the request, in order.
    public var headers: [(String, String)]
    /// The most the file may have.
    public var maximumBytes: Int
    /// Reads what the server that was asked (not one that it led to) announces in headers of its own; the file must keep
    /// it.
    public var promised: @Sendable ([HTTPHead]) -> FilePromise

    /// Options of these values; by default up to 16 GiB, and nothing promised.
    public init(
        headers: [(String, String)] = [], maximumBytes: Int = 16 << 30,
        promised: @escaping @Sendable ([HTTPHead]) -> FilePromise = { _ in FilePromise() }
    ) {
        self.headers = headers
        self.maximumBytes = maximumBytes
        self.promised = promised
    }
}

/// A file that was downloaded whole.
public struct DownloadedFile: Sendable {
    /// Of what is on the disk, in lower-case hexadecimal digits.
    public var sha256: String
    /// In bytes.
    public var size: Int
    /// See `HTTPResponse.ownHeads`.
    public var ownHeads: [HTTPHead]
}

extension HTTPClient {
    /// Downloads `url` to the file `path`.
    ///
    /// The bytes go to `path.part`, which is kept when the transfer breaks and continued by the next
    /// call, provided that the server still has the same version. The file gets its name when it is
    /// whole, has the expected hash and is safely on the disk.
    ///
    /// - Parameters:
    ///   - sha256: the expected hash in hexadecimal digits.
    ///   - progress: called for each piece that arrives.
    @discardableResult
    public func download(
        _ url: String, to path: String, sha256: String? = nil, options: DownloadOptions = DownloadOptions(),
        progress: (DownloadProgress) -> Void = { _ in }, isCancelled: @Sendable () -> Bool = { false }
    ) throws(TransferError) -> DownloadedFile {
        let part = try PartFile(for: path)
        // 416 means that what is here is of no use: once more from the start.
        for _ in 0..<2 {
            let response = try fetch(
                url, into: part, options: options, progress: progress, isCancelled: isCancelled)
            if response.status == 416 {
                try part.restart(version: nil)
                continue
            }
            guard response.isSuccess else {
                throw .httpStatus(
                    host: try WebAddress(url).host, code: response.status,
                    excerpt: HTTPClient.excerpt(response.errorBody),
                    retryAfter: response.head.retryAfter)
            }
            let hash = try check(part, sha256, options.promised(response.ownHeads))
            try part.finish()
            return DownloadedFile(sha256: hash, size: part.size, ownHeads: response.ownHeads)
        }
        throw .httpStatus(host: try WebAddress(url).host, code: 416, excerpt: "")
    }

    private func fetch(
        _ url: String, into part: PartFile, options: DownloadOptions,
        progress: (DownloadProgress) -> Void, isCancelled: @Sendable () -> Bool
    ) throws(TransferError) -> HTTPResponse {
        let host = try WebAddress(url).host
        var request = HTTPRequest(
            url: url, headers: options.headers, maximumBytes: options.maximumBytes, staysAtOrigin: false)
        let start = part.size
        if start > 0, let version = part.version {
            request.headers += [("Range", "bytes=\(start)-"), ("If-Range", version)]
        }
        var total: Int?
        return try send(request, isCancelled: isCancelled) { head throws(TransferError) in
            guard head.isSuccess else { return }
            // Whatever a server says, sums with it must hold.
            let length = head.header("Content-Length").flatMap { Int($0) }.map { min(max(0, $0), Int.max / 2) }
            if head.status == 206 {
                guard head.header("Content-Range")?.hasPrefix("bytes \(start)-") == true else {
                    throw .failed(host: host, reason: "it sent another part of the file than asked for")
                }
                total = length.map { $0 + start }
            } else {
                try part.restart(version: HTTPClient.version(head))
                total = length
            }
            if (total ?? 0) > options.maximumBytes { throw .tooLarge(host: host, limit: options.maximumBytes) }
            progress(DownloadProgress(received: part.size, total: total))
        } onBytes: { bytes throws(TransferError) in
            try part.append(bytes)
            progress(DownloadProgress(received: part.size, total: total))
        }
    }

    /// The file's hash; a file that isn't what was expected is thrown away.
    private func check(
        _ part: PartFile, _ sha256: String?, _ promise: FilePromise
    ) throws(TransferError) -> String {
        if let size = promise.size, size != part.size {
            part.remove()
            throw .length(file: part.path, expected: size, actual: part.size)
        }
        var content = ContentHash()
        try part.read { content.add($0) }
        let hash = content.hexadecimal()
        for expected in [sha256, promise.sha256] {
            guard let expected, expected.lowercased() != hash else { continue }
            part.remove()
            throw .checksum(file: part.path)
        }
        return hash
    }

    /// What may stand in `If-Range`: a strong entity tag, or else a date.
    private static func version(_ head: HTTPHead) -> String? {
        if let tag = head.header("ETag"), !tag.hasPrefix("W/") { return tag }
        return head.header("Last-Modified")
    }

    private static func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(800), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.hasPrefix("<") ? "" : String(words.prefix(200))
    }
}
