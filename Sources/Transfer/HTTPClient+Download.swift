import Kernels

/// How far a download is.
public struct DownloadProgress: Sendable, Equatable {
    /// Bytes on the disk, those of an earlier try included.
    public var received: Int
    /// Nil when the server doesn't say.
    public var total: Int?
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
    ///   - maximumBytes: the most the file may have.
    ///   - progress: called for each piece that arrives.
    public func download(
        _ url: String, to path: String, sha256: String? = nil, headers: [(String, String)] = [],
        maximumBytes: Int = 16 << 30, progress: (DownloadProgress) -> Void = { _ in },
        isCancelled: @Sendable () -> Bool = { false }
    ) throws(TransferError) {
        let part = try PartFile(for: path)
        // 416 means that what is here is of no use: once more from the start.
        for _ in 0..<2 {
            let response = try fetch(
                url, into: part, headers: headers, maximumBytes: maximumBytes, progress: progress,
                isCancelled: isCancelled)
            if response.status == 416 {
                try part.restart(version: nil)
                continue
            }
            guard response.isSuccess else {
                throw .httpStatus(
                    host: try WebAddress(url).host, code: response.status,
                    excerpt: HTTPClient.excerpt(response.errorBody))
            }
            try check(part, sha256)
            try part.finish()
            return
        }
        throw .httpStatus(host: try WebAddress(url).host, code: 416, excerpt: "")
    }

    private func fetch(
        _ url: String, into part: PartFile, headers: [(String, String)], maximumBytes: Int,
        progress: (DownloadProgress) -> Void, isCancelled: @Sendable () -> Bool
    ) throws(TransferError) -> HTTPResponse {
        let host = try WebAddress(url).host
        var request = HTTPRequest(url: url, headers: headers, maximumBytes: maximumBytes)
        let start = part.size
        if start > 0, let version = part.version {
            request.headers += [("Range", "bytes=\(start)-"), ("If-Range", version)]
        }
        var total: Int?
        return try send(request, isCancelled: isCancelled) { head throws(TransferError) in
            guard head.isSuccess else { return }
            let length = head.header("Content-Length").flatMap { Int($0) }
            if head.status == 206 {
                guard head.header("Content-Range")?.hasPrefix("bytes \(start)-") == true else {
                    throw .failed(host: host, reason: "it sent another part of the file than asked for")
                }
                total = length.map { $0 + start }
            } else {
                try part.restart(version: HTTPClient.version(head))
                total = length
            }
            if (total ?? 0) > maximumBytes { throw .tooLarge(host: host, limit: maximumBytes) }
            progress(DownloadProgress(received: part.size, total: total))
        } onBytes: { bytes throws(TransferError) in
            try part.append(bytes)
            progress(DownloadProgress(received: part.size, total: total))
        }
    }

    private func check(_ part: PartFile, _ sha256: String?) throws(TransferError) {
        guard let sha256 else { return }
        var hash = ContentHash()
        try part.read { hash.add($0) }
        guard hash.hexadecimal() == sha256.lowercased() else {
            part.remove()
            throw .checksum(file: part.path)
        }
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
