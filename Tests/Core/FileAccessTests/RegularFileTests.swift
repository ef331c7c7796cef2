import Foundation
import Testing

@testable import FileAccess

/// Whatever a name stands for, it is read or refused at once.
@Suite final class RegularFileTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-regular-\(UInt64.random(in: 0 ... .max))"
    ).path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func failure(_ path: String, atMost limit: Int = 1 << 20) -> RegularFile.Failure? {
        do throws(RegularFile.Failure) {
            _ = try RegularFile.read(path, atMost: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test func aFileIsReadToItsLastByteAndNoFurtherThanItMay() throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let path = folder + "/file"
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try RegularFile.read(path, atMost: bytes.count) == bytes)
        #expect(failure(path, atMost: bytes.count - 1) == .tooLarge)
        // One that says it is empty and isn't.
        #expect(try !RegularFile.read("/proc/self/status", atMost: 1 << 20).isEmpty)
        #expect(failure("/proc/self/status", atMost: 10) == .tooLarge)
    }

    @Test func whatIsNoFileIsSaidByItsKind() throws {
        let pipe = folder + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(failure(pipe) == .special("a named pipe"))
        #expect(failure("/dev/zero") == .special("a device") && failure("/dev/random") == .special("a device"))
        #expect(failure(folder) == .folder)
        #expect(failure(folder + "/none") == .absent && failure(pipe + "/below") == .absent)
        let circle = folder + "/circle"
        #expect(symlink(circle, circle) == 0)
        guard case .unreadable(let reason)? = failure(circle) else { throw CocoaError(.fileReadUnknown) }
        #expect(reason.contains("symbolic links"))
        #expect(
            RegularFile.obstacle(at: pipe) == .special("a named pipe")
                && RegularFile.obstacle(at: folder + "/none") == nil)
        #expect(RegularFile.Failure.special("a named pipe").reason == "it is a named pipe, not a file")
    }

    @Test func aSocketIsRefused() throws {
        let path = folder + "/s"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { room[index] = byte }
        }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Where the folder's name is too long for a socket there is nothing to try.
        guard bound == 0 else { return }
        #expect(failure(path) == .special("a socket or a device"))
    }

    @Test func datesBeyondAllCalendarsAreTheNearestThereIs() {
        #expect(FileTime.nanoseconds(timespec(tv_sec: 2, tv_nsec: 3)) == 2_000_000_003)
        #expect(FileTime.nanoseconds(timespec(tv_sec: 253_370_764_800, tv_nsec: 0)) == .max)
        #expect(FileTime.nanoseconds(timespec(tv_sec: .max, tv_nsec: 999_999_999)) == .max)
        #expect(FileTime.nanoseconds(timespec(tv_sec: .min, tv_nsec: 0)) == .min)
    }
}
