import Disk
import Glibc
import Importers

/// The list of an export's files, by which an import sees that none is missing, torn or edited: `manifest.csv` in the folder,
/// with the columns `file,rows,sha256`.
struct ExportManifest {
  /// The name of the list in its folder.
  static let name = "manifest.csv"
  private static let header = "file,rows,sha256"

  /// A file as it was written.
  struct Entry {
    let file: String
    let rows: Int
    let sha256: String
  }

  var entries: [Entry] = []

  var bytes: [UInt8] {
    let lines = entries.map { "\($0.file),\($0.rows),\($0.sha256)\n" }
    return Array((ExportManifest.header + "\n" + lines.joined()).utf8)
  }

  init() {}

  /// Reads the list of a folder and looks whether its files are all there.
  ///
  /// - Parameter files: the names of files of an export.
  /// - Returns: nil where there is no list: the files were put together by hand.
  /// - Throws: `.exportDiffers` when the list cannot be read, a file of it is missing, or one is there that it does not name.
  init?(in folder: String, files: [String]) throws(WorkspaceError) {
    let path = folder + "/" + ExportManifest.name
    if !Disk.exists(path) { return nil }
    guard let bytes = Disk.read(path, limit: 1 << 20) else { throw .exportDiffers(file: path, .unreadable) }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")[...]
    guard lines.popFirst().map(String.init) == ExportManifest.header else { throw .exportDiffers(file: path, .unreadable) }
    for line in lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 3, let rows = Int(cells[1]), files.contains(cells[0]) else { throw .exportDiffers(file: path, .unreadable) }
      entries.append(Entry(file: cells[0], rows: rows, sha256: cells[2]))
    }
    for entry in entries where access(folder + "/" + entry.file, R_OK) != 0 {
      throw .exportDiffers(file: folder + "/" + entry.file, .missing)
    }
    for file in files where Disk.exists(folder + "/" + file) && !entries.contains(where: { $0.file == file }) {
      throw .exportDiffers(file: folder + "/" + file, .unlisted)
    }
  }

  /// Whether a file of the folder is the one that was written.
  ///
  /// - Parameter digest: its SHA-256 when it has been read already.
  func bears(out path: String, digest: String?) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let entry = entries.first(where: { $0.file == name }) else { return false }
    if let digest { return digest == entry.sha256 }
    guard let bytes = Disk.read(path, limit: 1 << 20) else { return false }
    var sum = SHA256()
    bytes.withUnsafeBytes { sum.update($0) }
    return sum.finish() == entry.sha256
  }
}
