/// What the front of a JSON text looks like: the key paths and the scalars that formats are recognised by.
struct JSONShape {
  /// `rows[]`, `rows[].asset`, `meta.version`; the elements of arrays share one path.
  private(set) var paths: Set<String> = []
  /// Values outside arrays.
  private(set) var scalars: [String: String] = [:]
  private static let pathLimit = 5000

  init(_ bytes: UnsafeRawBufferPointer) {
    guard let lexer = JSONLexer(bytes) else { return }
    // The front of a long text ends anywhere: what was seen until then is the shape. The reader reports what is wrong.
    _ = try? walk(lexer, lexer.blank(0), "", 0)
  }

  private mutating func walk(_ lexer: JSONLexer, _ at: Int, _ path: String, _ depth: Int) throws(JSONStop) -> Int {
    if depth > JSONLexer.depthLimit || paths.count > JSONShape.pathLimit { throw .needsMore }
    switch try lexer.byte(at) {
    case 0x7B:
      paths.insert(path + "{}")
      var i = lexer.blank(at + 1)
      while try lexer.byte(i) != 0x7D {
        let (end, _) = try lexer.string(i)
        let key = String(decoding: UnsafeBufferPointer(start: lexer.base + i + 1, count: end - i - 1), as: UTF8.self)
        let inner = path.isEmpty ? key : "\(path).\(key)"
        paths.insert(inner)
        i = lexer.blank(try walk(lexer, lexer.blank(try lexer.expect(0x3A, lexer.blank(end + 1))), inner, depth + 1))
        if try lexer.byte(i) == 0x2C { i = lexer.blank(i + 1) }
      }
      return i + 1
    case 0x5B:
      paths.insert(path + "[]")
      var i = lexer.blank(at + 1)
      while try lexer.byte(i) != 0x5D {
        i = lexer.blank(try walk(lexer, i, path + "[]", depth + 1))
        if try lexer.byte(i) == 0x2C { i = lexer.blank(i + 1) }
      }
      return i + 1
    default:
      let end = try lexer.value(at, isLast: false, depth: 0)
      if !path.contains("["), scalars.count < 200 {
        var text = Array(UnsafeBufferPointer(start: lexer.base + at, count: end - at))
        if text.first == 0x22 { text = Array(text.dropFirst().dropLast()) }
        scalars[path] = String(decoding: text, as: UTF8.self)
      }
      return end
    }
  }
}
