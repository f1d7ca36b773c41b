import Glibc

/// The folder part of a path: `folder(of: #filePath)` is where the test's own files are.
public func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return String(path[..<slash])
}

/// The bytes of a file.
public func readBytes(_ path: String) throws(LawBroken) -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw LawBroken("cannot open \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

/// The text of a UTF-8 file.
public func readText(_ path: String) throws(LawBroken) -> String {
  String(decoding: try readBytes(path), as: UTF8.self)
}

/// Writes a text file.
public func writeText(_ text: String, to path: String) throws(LawBroken) {
  guard let file = fopen(path, "wb") else { throw LawBroken("cannot write \(path)") }
  defer { fclose(file) }
  let bytes = Array(text.utf8)
  if fwrite(bytes, 1, bytes.count, file) != bytes.count { throw LawBroken("cannot write all of \(path)") }
}

/// A new empty folder for one test, under the system's temporary folder. All of them go when the tests end.
public func temporaryFolder(_ name: String) -> String {
  var template = Array("\(testFolder)/\(name)-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { return testFolder }
  return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// The folder of this run of the tests; deleted when the process ends.
private let testFolder: String = {
  mkdir(testFolderPath(), 0o700)
  atexit { removeTree(testFolderPath()) }
  return testFolderPath()
}()

private func testFolderPath() -> String { "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/florin-tests-\(getpid())" }

/// Deletes a folder with everything in it; links are not followed.
private func removeTree(_ path: String) {
  if let folder = opendir(path) {
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
      if name == "." || name == ".." { continue }
      var info = stat()
      guard lstat(path + "/" + name, &info) == 0 else { continue }
      if info.st_mode & S_IFMT == S_IFDIR { removeTree(path + "/" + name) } else { unlink(path + "/" + name) }
    }
    closedir(folder)
  }
  rmdir(path)
}
