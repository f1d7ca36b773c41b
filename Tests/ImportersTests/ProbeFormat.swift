@testable import Importers

/// A format that shows what the readers make of a file: every row is ignored, its cells are the reason.
enum Probe {
  static let cells = ExportFormat(
    id: "probe.cells.v1", title: "cells", account: "Probe",
    tables: [.init(["a", "b"], optional: ["c"])], shapes: [.init(rows: ["[]"]), .init(rows: ["rows[]"], required: ["rows[]"])],
    decoding: .eachRow { (row: Row, _: FileContext) throws(RowProblem) -> RowOutcome in
      .ignored((0..<max(row.count, row.header.names.count)).map { "<\(row.raw(at: $0))>" }.joined())
    })

  /// One line per row: its line, and its cells or its problem.
  static func rows(
    _ source: ByteSource, _ options: ImportOptions = ImportOptions(), _ format: ExportFormat = cells
  ) throws(ImportError) -> [String] {
    let session = try DecodeSession(source, options, formats: [format])
    var lines: [String] = []
    while let batch = try session.next() {
      for row in batch.rows {
        switch row.state {
        case .imported: lines.append("\(row.line) imported")
        case .ignored(let why): lines.append("\(row.line) \(why)")
        case .problem(let problem): lines.append("\(row.line) !\(problem.reason)")
        }
      }
    }
    return lines
  }

  static func rows(_ text: String) throws(ImportError) -> [String] { try rows(.text(text)) }
}
