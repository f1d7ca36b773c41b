import Glibc

/// Names, folders and renames of files that must not be lost.
public enum Disk {
  /// Whether there is anything of this name, be it a link that leads nowhere.
  public static func exists(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
  }

  /// The folder a path lies in.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A name in the same folder that no other process uses: what is not whole yet stands there.
  ///
  /// What a killed process of the same number left under it is removed.
  public static func partName(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "file"
    let folder = path.contains("/") ? Disk.folder(of: path) : ""
    // A file name holds 255 bytes.
    let short = String(decoding: Array(name.utf8.prefix(200)), as: UTF8.self)
    let part = (folder.isEmpty ? "" : folder == "/" ? "/" : folder + "/") + ".\(short).\(getpid()).part"
    unlink(part)
    return part
  }

  /// Gives a finished file or folder its name in one step, and puts the name on the disk.
  ///
  /// The part is removed when that fails.
  ///
  /// - Throws: `EEXIST` when the name must be new and is not.
  public static func settle(_ part: String, as path: String, _ policy: DurableFile.Policy) throws(FileError) {
    let code: Int32
    switch policy {
    case .replaces: code = rename(part, path) == 0 ? 0 : errno
    case .mustBeNew: code = renameNew(part, path)
    }
    if code != 0 {
      unlink(part)
      throw FileError(path: path, code: code)
    }
    try flush(folder(of: path), for: path)
  }

  /// Puts what is in a file or folder on the disk.
  ///
  /// - Parameter path: what the error speaks of.
  public static func flush(_ name: String, for path: String) throws(FileError) {
    let descriptor = open(name, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileError(path: path, code: errno) }
    defer { close(descriptor) }
    // Some file systems cannot flush a folder; they say so with EINVAL, and the name is as safe there as it gets.
    if fsync(descriptor) != 0, errno != EINVAL { throw FileError(path: path, code: errno) }
  }

  /// Renames a file unless the new name is taken; returns 0 or `errno`.
  private static func renameNew(_ part: String, _ path: String) -> Int32 {
    if link(part, path) == 0 {
      unlink(part)
      return 0
    }
    let code = errno
    // Folders and some file systems have no second names: there a look and a rename are the best there is.
    if code == EEXIST { return code }
    if exists(path) { return EEXIST }
    return rename(part, path) == 0 ? 0 : errno
  }

  /// Makes a folder of mode 0700, with those above it that are missing.
  public static func makeFolder(_ path: String) throws(FileError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? part : "/" + part
      if mkdir(made, 0o700) == 0 || errno == EEXIST { continue }
      let code = errno
      var info = stat()
      if stat(made, &info) == 0 { continue }
      throw FileError(path: made, code: code)
    }
  }

  /// The names in a folder, sorted; nil when it cannot be read.
  public static func names(in folder: String) -> [String]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder of files, which may be missing. Folders within are left, and then so is the folder.
  public static func removeFolder(_ path: String) {
    for name in names(in: path) ?? [] { unlink(path + "/" + name) }
    rmdir(path)
  }

  /// The bytes of a small file; nil when it cannot be read or is larger than `limit` bytes.
  public static func read(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { return nil }
    defer { close(descriptor) }
    // A pipe would never end, and a device neither.
    var info = stat()
    if fstat(descriptor, &info) != 0 || info.st_mode & S_IFMT != S_IFREG { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      bytes.append(contentsOf: chunk[..<count])
    }
    return nil
  }
}
