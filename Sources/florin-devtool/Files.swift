import Glibc

/// The few things the tool does with files.
enum Files {
  /// All bytes of a file.
  static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Failure(message: "\(path): \(String(cString: strerror(errno)))") }
    defer { fclose(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// A text file, invalid UTF-8 repaired.
  static func text(_ path: String) throws(Failure) -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// Writes a text file; its folder must be there.
  static func write(_ text: String, to path: String) throws(Failure) {
    guard let file = fopen(path, "wb") else { throw Failure(message: "\(path): \(String(cString: strerror(errno)))") }
    let bytes = Array(text.utf8)
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    if fclose(file) != 0 || !isWhole { throw Failure(message: "\(path): not all could be written") }
  }

  /// The rows of a tab-separated file as column name -> cell.
  static func table(_ path: String) throws(Failure) -> [[String: String]] {
    let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: true)
    guard let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) else { return [] }
    return lines.dropFirst().map { line in
      var row: [String: String] = [:]
      for (name, cell) in zip(header, line.split(separator: "\t", omittingEmptySubsequences: false)) { row[name] = String(cell) }
      return row
    }
  }
}
