import Diagnostics
import Embedding
import GRDB
import Notes
import TextCore

/// What can go wrong between a project's files, its database and its model.
public enum LibraryError: UserFacingError, Equatable {
    /// The project's folder isn't there or can't be listed.
    case rootMissing(path: String)
    /// The database's folder or file can't be made, opened or written.
    case cannotOpen(path: String, reason: String)
    /// The file is no SQLite database, or a damaged one.
    case corrupt(path: String)
    /// A newer Longhand wrote it.
    case newerSchema(path: String)
    case diskFull(path: String)
    /// Another process kept the database for too long.
    case busy(path: String)
    case database(path: String, reason: String)
    /// A semantic search without a model.
    case noModel
    /// The model refused; its own words.
    case encoder(message: String, hint: String?, status: ExitStatus)
    case badExpression(String, column: Int, reason: String)
    case badDate(String)
    /// The caller's `isCancelled` said yes. What was indexed so far stays usable.
    case cancelled

    /// One sentence that names the file, the date or the condition.
    public var message: String {
        switch self {
        case .rootMissing(let path):
            "The project's folder \(terminalSafe(path)) can't be read."
        case .cannotOpen(let path, let reason):
            "The library \(terminalSafe(path)) can't be opened: \(terminalSafe(reason))."
        case .corrupt(let path):
            "The library \(terminalSafe(path)) is damaged."
        case .newerSchema(let path):
            "The library \(terminalSafe(path)) was written by a newer Longhand."
        case .diskFull(let path):
            "The disk is full, so the library \(terminalSafe(path)) can't be written."
        case .busy(let path):
            "Another process is busy with the library \(terminalSafe(path))."
        case .database(let path, let reason):
            "The library \(terminalSafe(path)) failed: \(terminalSafe(reason))."
        case .noModel:
            "A semantic search needs an embedding model, and none is installed."
        case .encoder(let message, _, _):
            message
        case .badExpression(let expression, let column, let reason):
            "The condition `\(terminalSafe(expression))` can't be read at column \(column): \(terminalSafe(reason))."
        case .badDate(let date):
            "`\(terminalSafe(date))` is not a date."
        case .cancelled:
            "Indexing was interrupted."
        }
    }

    /// What the writer can do; nil where a model gives no hint.
    public var hint: String? {
        switch self {
        case .rootMissing: "Check the path and its permissions."
        case .cannotOpen: "Check the folder's permissions and its disk."
        case .corrupt:
            "Run `longhand index`: it keeps that file aside and makes a new one of your notes, which are untouched."
        case .newerSchema: "Update Longhand, or delete that file and run `longhand index`."
        case .diskFull: "Free some space and run `longhand index` again; what is indexed stays."
        case .busy: "Wait for the other `longhand index` to end, then try again."
        case .database: "Run `longhand index --rebuild`; if that fails too, delete the file."
        case .noModel: "Get one with `longhand model pull NAME`, or search with `--mode text`."
        case .encoder(_, let hint, _): hint
        case .badExpression: "Write it like: year >= 2020 and status in (read, \"to read\") and not exists draft."
        case .badDate: "Write it like 2024, 2024-05 or 2024-05-31."
        case .cancelled: "Run `longhand index` again to finish."
        }
    }

    /// `usage` for a query that can't be read, `badInput` for a missing folder, `interrupted`, a model's own, else
    /// `unavailable`.
    public var status: ExitStatus {
        switch self {
        case .rootMissing: .badInput
        case .badExpression, .badDate: .usage
        case .cancelled: .interrupted
        case .encoder(_, _, let status): status
        default: .unavailable
        }
    }

    /// The text that can't be read, and below it a mark under the place; nil for other errors.
    public var excerpt: String? {
        guard case .badExpression(let expression, let column, _) = self else { return nil }
        let shown = terminalSafe(expression)
        // Each character is shown as one, with another width perhaps.
        let before = DisplayWidth.of(String(shown.prefix(column - 1)))
        return "  \(shown)\n  \(String(repeating: " ", count: before))^"
    }

    /// `error`, which came while working with the database at `path`, in our words.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as LibraryError:
            self = error
        case let error as NoteError:
            self.init(error)
        case ModelError.cancelled:
            self = .cancelled
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path)
            case .SQLITE_FULL: self = .diskFull(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
                self = .cannotOpen(path: path, reason: error.message ?? "no access")
            case .SQLITE_IOERR:
                // A limit on the size of files, a pulled drive, a broken disk.
                self = .cannotOpen(path: path, reason: "its disk can't be read or written")
            default: self = .database(path: path, reason: error.message ?? "\(error.resultCode)")
            }
        case let error as any UserFacingError:
            self = .encoder(message: error.message, hint: error.hint, status: error.status)
        default:
            self = .database(path: path, reason: "\(error)")
        }
    }
}

extension LibraryError {
    init(_ error: NoteError) {
        switch error {
        case .rootMissing(let path): self = .rootMissing(path: path)
        case .cancelled: self = .cancelled
        }
    }

    /// What `body` returns, its error in the library's words.
    static func translating<Value>(_ body: () throws(NoteError) -> Value) throws(LibraryError) -> Value {
        do throws(NoteError) {
            return try body()
        } catch {
            throw LibraryError(error)
        }
    }
}
