public import Amounts
import Glibc

extension Demo {
  /// Makes the demo in a database of its own in the temporary folder; the user's database is never touched.
  public static func open(today: Day, now: Instant) throws(WorkspaceError) -> (workspace: Workspace, path: String) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // A folder nobody else could have made before: in a shared one, a known name may be a link to somewhere else.
    var template = Array("\(folder)/florin-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotWrite(path: folder, errno: errno) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/demo.db"
    let workspace = try Workspace(path: path)
    _ = try workspace.addDemo(today: today, now: now)
    return (workspace, path)
  }

  /// Deletes a demo database and the folder made for it.
  public static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    if let slash = path.lastIndex(of: "/") { rmdir(String(path[..<slash])) }
  }
}
