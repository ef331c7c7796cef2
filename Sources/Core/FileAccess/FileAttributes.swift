internal import CFileAccess

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What a file has beside its bytes: owner, group, permissions, access lists, extended attributes.
public enum FileAttributes {
    /// Gives the file behind `new` all that the one behind `old` has.
    ///
    /// - Returns: false where something can't be given, since only root may give files away and some attributes are the system's.
    public static func copy(from old: Int32, to new: Int32) -> Bool {
        var wanted = stat()
        var given = stat()
        guard fstat(old, &wanted) == 0, fstat(new, &given) == 0 else { return false }
        if wanted.st_uid != given.st_uid || wanted.st_gid != given.st_gid {
            guard fchown(new, wanted.st_uid, wanted.st_gid) == 0 else { return false }
        }
        // Behind the owner, since giving a file away takes permissions off; before an access list, of which they are a part.
        return fchmod(new, wanted.st_mode & 0o7777) == 0 && longhand_copy_attributes(old, new) == 0
    }
}
