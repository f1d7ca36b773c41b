import Glibc

/// Reads folders for the file picker.
enum FolderReader {
  /// A path with `~` replaced by the user's folder, and without a slash at the end.
  static func expand(_ path: String) -> String {
    var full = path
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") { full = String(cString: home) + path.dropFirst() }
    while full.count > 1, full.hasSuffix("/") { full.removeLast() }
    return full
  }

  /// Whether there is a folder of this name.
  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// The folders and the CSV, JSON and text files of a folder, by name; `..` first.
  static func read(_ path: String) -> Folder {
    guard let handle = opendir(path) else {
      return Folder(path: path, entries: [], failure: "\(path): \(String(cString: strerror(errno)))")
    }
    defer { closedir(handle) }
    var entries: [Folder.Entry] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      var info = stat()
      guard stat(path + "/" + name, &info) == 0 else { continue }
      let isFolder = info.st_mode & S_IFMT == S_IFDIR
      let lower = name.lowercased()
      guard isFolder || lower.hasSuffix(".csv") || lower.hasSuffix(".json") || lower.hasSuffix(".txt") || lower.hasSuffix(".tsv") else {
        continue
      }
      entries.append(Folder.Entry(name: name, isFolder: isFolder, size: isFolder ? 0 : Int(info.st_size)))
    }
    entries.sort { ($0.isFolder ? 0 : 1, $0.name) < ($1.isFolder ? 0 : 1, $1.name) }
    if path != "/" { entries.insert(Folder.Entry(name: "..", isFolder: true, size: 0), at: 0) }
    return Folder(path: path, entries: entries, failure: nil)
  }
}
