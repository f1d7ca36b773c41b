/// Which format a file is in, and where its table begins.
struct Detection {
  enum Kind {
    /// The header's position among the records that are not blank, and the lines before it.
    case csv(delimiter: UInt8, headerRecord: Int, table: TableHeader)
    case json(JSONHeader)
  }
  var format: ExportFormat
  var kind: Kind
  var names: [String]
  var preamble: [String]

  static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  private static let searchedRecords = 64

  /// Looks at the front of the text. Content decides, never the name.
  static func detect(_ window: ByteWindow, _ options: ImportOptions, _ formats: [ExportFormat]) throws(ImportError) -> Detection {
    var candidates = formats
    if let source = options.source { candidates = try chosen(source, formats) }
    let front = window.rest
    let first = front.first { $0 > 0x20 } ?? 0
    if first == 0x7B || first == 0x5B { return try json(front, window, options, candidates) }
    return try csv(front, window, options, candidates)
  }

  /// The formats `--as` may mean: an id, an exporter, or the beginning of an id up to a point.
  private static func chosen(_ source: String, _ formats: [ExportFormat]) throws(ImportError) -> [ExportFormat] {
    let wanted = source.lowercased()
    let exact = formats.filter { $0.id == wanted }
    if !exact.isEmpty { return exact }
    let found = formats.filter { $0.isMeant(by: wanted) }
    guard !found.isEmpty else {
      let near = formats.filter { $0.id.contains(wanted) || $0.exporter.hasPrefix(String(wanted.prefix(4))) }.first
      throw .noSuchFormat(source, nearest: near?.id)
    }
    return found
  }

  // MARK: JSON

  private static func json(
    _ front: UnsafeRawBufferPointer, _ window: ByteWindow, _ options: ImportOptions, _ formats: [ExportFormat]
  ) throws(ImportError) -> Detection {
    let shape = JSONShape(front)
    var hits: [(ExportFormat, JSONHeader)] = []
    var nearest: (format: ExportFormat, missing: [String])?
    for format in formats {
      for header in format.shapes {
        var missing = header.required.filter { !shape.paths.contains($0) }
        missing += header.scalars.filter { shape.scalars[$0.key] != $0.value }.keys.sorted()
        if !header.rows.contains(where: { shape.paths.contains($0) || shape.paths.contains(String($0.dropLast(2))) }) {
          missing += header.rows
        }
        if missing.isEmpty {
          if format.accepts(FileFront(preamble: [], names: shape.paths.sorted(), firstRow: nil, delimiter: nil)) {
            hits.append((format, header))
          }
        } else if missing.count < (nearest?.missing.count ?? 4) {
          nearest = (format, missing)
        }
      }
    }
    let best = mostSpecific(hits) { Set($0.required + $0.scalars.keys.map { $0 + "=" }) }
    if Set(best.map { $0.0.id }).count > 1 { throw .ambiguousFormat(Set(best.map { $0.0.id }).sorted()) }
    if let (format, header) = best.first {
      return Detection(format: format, kind: .json(header), names: shape.paths.sorted(), preamble: [])
    }
    try validate(window, options)
    let found = shape.paths.sorted { ($0.count, $0) < ($1.count, $1) }
    throw options.source.map { .notThisFormat($0, found: Array(found.prefix(40)), missing: nearest?.missing ?? []) }
      ?? .unknownFormat(found: Array(found.prefix(40)), line: 1, nearest: nearest?.format.id, missing: nearest?.missing ?? [])
  }

  /// A text of no known shape may not be JSON at all; then that is the news.
  private static func validate(_ window: ByteWindow, _ options: ImportOptions) throws(ImportError) {
    let reader = JSONReader(window, rows: [])
    var row = Row(header: Header([]))
    while try reader.next(into: &row) {}
  }

  // MARK: CSV

  struct Record {
    var cells: [String]
    var line: Int
    var text: String
  }

  static func records(_ front: UnsafeRawBufferPointer, _ window: ByteWindow, _ delimiter: UInt8) -> [Record] {
    let bytes = Array(front)
    guard let copy = try? ByteWindow(.bytes(bytes, name: window.path), limit: bytes.count + 1) else { return [] }
    let reader = CSVReader(copy, delimiter: delimiter)
    var row = Row(header: Header([]))
    var found: [Record] = []
    while found.count < searchedRecords, (try? reader.next(into: &row, width: 2)) ?? false {
      found.append(Record(cells: (0..<row.count).map { row.raw(at: $0) }, line: row.line, text: row.rawText))
    }
    return found
  }

  private static func csv(
    _ front: UnsafeRawBufferPointer, _ window: ByteWindow, _ options: ImportOptions, _ formats: [ExportFormat]
  ) throws(ImportError) -> Detection {
    var widest: (names: [String], line: Int) = ([], 1)
    for delimiter in delimiters {
      let records = records(front, window, delimiter)
      for (index, record) in records.enumerated() {
        if wordCount(record.cells) > wordCount(widest.names) { widest = (record.cells.map(Header.cleaned), record.line) }
        let header = Header(record.cells)
        var hits: [(ExportFormat, TableHeader)] = []
        for format in formats {
          for table in format.tables where matches(header, table, delimiter) {
            let next =
              index + 1 < records.count
              ? Row(zip(header.names, records[index + 1].cells).map { ($0, $1) }, line: records[index + 1].line) : nil
            let facts = FileFront(
              preamble: records[..<index].map(\.text), names: header.names, firstRow: next, delimiter: Character(Unicode.Scalar(delimiter)))
            if format.accepts(facts) { hits.append((format, table)) }
          }
        }
        let best = mostSpecific(hits) { Set($0.required.map { $0.lowercased() }) }
        if Set(best.map { $0.0.id }).count > 1 { throw .ambiguousFormat(Set(best.map { $0.0.id }).sorted()) }
        if let (format, table) = best.first {
          return Detection(
            format: format, kind: .csv(delimiter: delimiter, headerRecord: index, table: table), names: header.names,
            preamble: records[..<index].map(\.text))
        }
      }
    }
    let nearest = nearest(to: widest.names, formats)
    throw options.source.map { .notThisFormat($0, found: widest.names, missing: nearest?.missing ?? []) }
      ?? .unknownFormat(found: widest.names, line: widest.line, nearest: nearest?.id, missing: nearest?.missing ?? [])
  }

  /// How many cells could be column names: the record with most of them is what an unknown file calls its header.
  static func wordCount(_ cells: [String]) -> Int {
    cells.count { cell in cell.first.map { $0.isLetter || $0 == "#" || $0 == "*" } ?? false && !cell.contains { $0.isNumber } }
  }

  static func matches(_ header: Header, _ table: TableHeader, _ delimiter: UInt8) -> Bool {
    table.required.allSatisfy { header.position($0) != nil } && table.absent.allSatisfy { header.position($0) == nil }
  }

  /// A header that needs all another one needs, and more, is the better answer.
  private static func mostSpecific<H>(_ hits: [(ExportFormat, H)], _ needs: (H) -> Set<String>) -> [(ExportFormat, H)] {
    hits.filter { hit in
      !hits.contains { other in needs(other.1).isStrictSuperset(of: needs(hit.1)) }
    }
  }

  private static func nearest(to names: [String], _ formats: [ExportFormat]) -> (id: String, missing: [String])? {
    let header = Header(names)
    var best: (id: String, missing: [String], share: Int)?
    for format in formats {
      for table in format.tables {
        let missing = table.required.filter { header.position($0) == nil }
        let share = (table.required.count - missing.count) * 100 / max(1, table.required.count)
        // A format whose columns are all there has looked at the file and does not want it.
        if !missing.isEmpty, share > (best?.share ?? 29) { best = (format.id, missing, share) }
      }
    }
    return best.map { ($0.id, $0.missing) }
  }
}
