import Glibc

/// Where the bytes of an import come from.
public enum ByteSource: Sendable {
  /// A file, read once from start to end and never modified.
  case file(String)
  /// Bytes in memory.
  case bytes([UInt8], name: String)

  /// The text's UTF-8 in memory, for tests.
  public static func text(_ text: String, name: String = "memory") -> ByteSource { .bytes(Array(text.utf8), name: name) }

  /// The path or name, for messages.
  public var name: String {
    switch self {
    case .file(let path): path
    case .bytes(_, let name): name
    }
  }
}

/// How a file writes its characters.
public enum TextEncoding: String, Hashable, Sendable {
  /// UTF-8, with or without a byte order mark. A cell that is not valid UTF-8 is read as Windows-1252.
  case utf8 = "UTF-8"
  /// UTF-16, little-endian.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, big-endian.
  case utf16BigEndian = "UTF-16BE"
}

/// The bytes still to be read, as UTF-8 in a window that slides over the source. Memory is the largest record, not the file.
final class ByteWindow {
  private enum Input {
    case descriptor(Int32)
    case memory([UInt8], at: Int)
  }
  private var input: Input
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var digest = SHA256()
  private var digestText: String?
  private var isDrained = false
  private var transcoder: UTF16Transcoder?
  private let limit: Int
  private let isDigesting: Bool
  /// Bytes taken from the source so far.
  private(set) var bytesRead = 0
  /// Bytes of the source; nil when it is a pipe.
  let bytesTotal: Int?
  /// Offset in the text of the first byte of the window. For UTF-16 it counts bytes of the UTF-8 it was turned into.
  private(set) var offset = 0
  private(set) var encoding = TextEncoding.utf8
  let path: String
  static let chunk = 1 << 18

  init(_ source: ByteSource, limit: Int, isDigesting: Bool = true) throws(ImportError) {
    self.limit = limit
    self.isDigesting = isDigesting
    path = source.name
    switch source {
    case .bytes(let bytes, _):
      input = .memory(bytes, at: 0)
      bytesTotal = bytes.count
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .cannotRead(path: path, errno: errno) }
      var facts = stat()
      guard fstat(descriptor, &facts) == 0 else {
        let code = errno
        close(descriptor)
        throw .cannotRead(path: path, errno: code)
      }
      if facts.st_mode & S_IFMT == S_IFDIR {
        close(descriptor)
        throw .isDirectory(path: path)
      }
      bytesTotal = facts.st_mode & S_IFMT == S_IFREG ? Int(facts.st_size) : nil
      input = .descriptor(descriptor)
    }
    buffer = .allocate(byteCount: 2 * ByteWindow.chunk, alignment: 16)
    try begin()
  }

  deinit {
    buffer.deallocate()
    if case .descriptor(let descriptor) = input { close(descriptor) }
  }

  /// Reads the first chunk and finds out the encoding.
  private func begin() throws(ImportError) {
    try pull()
    let head = rest
    if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF {
      consume(3)
    } else if let found = UTF16Transcoder.sniff(head) {
      encoding = found.isBigEndian ? .utf16BigEndian : .utf16LittleEndian
      var transcoder = UTF16Transcoder(isBigEndian: found.isBigEndian)
      let raw = Array(head[found.markLength...])
      (start, end) = (0, 0)
      transcoder.append(raw.withUnsafeBytes { Array($0) }, into: &pendingUTF8)
      self.transcoder = transcoder
      takePending()
    }
    try refuseNUL(from: start)
    while try more() && rest.allSatisfy({ $0 <= 0x20 }) && end - start < limit {}
    if rest.allSatisfy({ $0 <= 0x20 }) && isAtEnd { throw .empty }
  }

  private var pendingUTF8: [UInt8] = []

  /// The bytes of the window. Valid until the next call of `more`.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[start..<end]) }
  /// Whether nothing can follow the window.
  var isAtEnd: Bool { isDrained && pendingUTF8.isEmpty }

  /// Moves the window's start.
  @inline(__always)
  func consume(_ count: Int) {
    start &+= count
    offset &+= count
  }

  /// Makes the window longer.
  ///
  /// - Returns: false when the source has no more.
  func more() throws(ImportError) -> Bool {
    if isAtEnd { return false }
    let before = end - start
    try pull()
    try refuseNUL(from: start + before)
    return end - start > before || !isAtEnd
  }

  private func refuseNUL(from: Int) throws(ImportError) {
    guard let base = buffer.baseAddress, end > from, let found = memchr(base + from, 0, end - from) else { return }
    throw .binary(offset: offset + (UnsafeRawPointer(found) - UnsafeRawPointer(base)) - start)
  }

  private func room(for count: Int) {
    if start > 0 && buffer.count - end < count {
      if let base = buffer.baseAddress { memmove(base, base + start, end - start) }
      (start, end) = (0, end - start)
    }
    if buffer.count - end < count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(buffer.count * 2, end + count), alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
      buffer.deallocate()
      buffer = larger
    }
  }

  private func pull() throws(ImportError) {
    room(for: ByteWindow.chunk)
    guard let base = buffer.baseAddress, !isDrained else {
      takePending()
      return
    }
    var taken = 0
    switch input {
    case .descriptor(let descriptor):
      repeat { taken = read(descriptor, base + end, ByteWindow.chunk) } while taken < 0 && errno == EINTR
      if taken < 0 { throw .cannotRead(path: path, errno: errno) }
    case .memory(let bytes, let at):
      taken = min(ByteWindow.chunk, bytes.count - at)
      bytes.withUnsafeBytes { source in
        if let from = source.baseAddress { memcpy(base + end, from + at, taken) }
      }
      input = .memory(bytes, at: at + taken)
    }
    bytesRead += taken
    if taken == 0 { isDrained = true }
    let fresh = UnsafeRawBufferPointer(start: base + end, count: taken)
    if isDigesting { digest.update(fresh) }
    if var coder = transcoder {
      coder.append(Array(fresh), into: &pendingUTF8)
      if isDrained { coder.finish(into: &pendingUTF8) }
      transcoder = coder
      takePending()
    } else {
      end += taken
    }
  }

  private func takePending() {
    guard !pendingUTF8.isEmpty else { return }
    room(for: pendingUTF8.count)
    pendingUTF8.withUnsafeBytes { source in
      if let base = buffer.baseAddress, let from = source.baseAddress { memcpy(base + end, from, source.count) }
    }
    end += pendingUTF8.count
    pendingUTF8.removeAll(keepingCapacity: true)
  }

  /// SHA-256 of the whole source; reads what has not been read yet.
  func sha256() throws(ImportError) -> String {
    if let digestText { return digestText }
    while !isDrained {
      consume(end - start)
      try pull()
    }
    let text = digest.finish()
    digestText = text
    return text
  }

  /// How much longer the window may get for one record.
  func checkLimit(line: Int) throws(ImportError) {
    if end - start >= limit { throw .recordTooLong(line: line, limit: limit) }
  }
}
