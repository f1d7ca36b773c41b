public import Amounts
import Glibc

extension Demo {
  /// Makes the demo in a database of its own in the temporary folder; the user's database is never touched.
  public static func open(today: Day, now: Instant) throws(WorkspaceError) -> (workspace: Workspace, path: String) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/florin-demo-\(getuid())-\(getpid()).db"
    remove(path)
    let workspace = try Workspace(path: path)
    _ = try workspace.addDemo(today: today, now: now)
    return (workspace, path)
  }

  /// Deletes a demo database.
  public static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
  }
}
