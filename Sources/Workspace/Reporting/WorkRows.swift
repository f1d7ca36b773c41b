import Archive
import Importers
import Ledger
public import Reports

extension Workspace {
  /// The imports that were made, oldest first.
  public func importRows() throws(WorkspaceError) -> [ImportRow] {
    Workspace.importRows(try batches())
  }

  /// The imports among batches.
  static func importRows(_ batches: [BatchRecord]) -> [ImportRow] { batches.filter { $0.kind != "edit" }.map { Workspace.row($0) } }

  /// A batch as the reports have it; one that came from no file is named after what it is.
  static func row(_ batch: BatchRecord) -> ImportRow {
    ImportRow(
      batch: batch.id, source: batch.source, file: batch.file.isEmpty ? batch.kind : batch.file, sha256: batch.sha256, at: batch.at,
      rows: RowCounts(
        total: batch.total, imported: batch.imported, duplicate: batch.duplicate, changed: batch.changed, ignored: batch.ignored,
        problem: batch.problem),
      events: batch.events, isReverted: batch.isReverted)
  }

  /// The formats Florin reads, by id.
  public static var formatRows: [FormatRow] {
    Registry.all.map { format in
      FormatRow(
        id: format.id, title: format.title,
        kind: format.exporter == "florin" ? format.family.split(separator: ".").last.map(String.init) ?? "" : "events",
        extensions: format.extensions, header: format.tables.first?.required ?? format.shapes.first?.required ?? [],
        reads: format.columnsRead, leavesOut: format.leavesOut.map { ($0.names, $0.why) })
    }.sorted { $0.id < $1.id }
  }
}

extension ImportOutcome {
  /// The outcome as the `import` report of FORMATS 2.
  public var document: Document {
    func remark(_ line: Int, _ reason: String) -> Cell { .object([.init("line", .integer(line)), .init("reason", .text(reason))]) }
    return Document(
      "import", asOf: nil, currency: nil,
      facts: [
        .init("file", .text(file)), .init("source", .text(source)),
        .init(
          "rows",
          RowCounts(total: total, imported: imported, duplicate: duplicate, changed: changed, ignored: ignored, problem: problem).cell),
        .init("events", .list(DraftEvents.cells(of: events))),
        .init("ignored", .list(ignoredRows.map { remark($0.line, $0.reason) })),
        .init(
          "problems",
          .list(
            problems.map { problem in
              .object([
                .init("line", .integer(problem.line)), .init("column", Cell(problem.column)), .init("raw", .text(problem.raw)),
                .init("reason", .text("\(problem.reason)")),
              ])
            })), .init("batch", batch.map { .integer(Int($0.raw)) } ?? .none),
        .init(
          "changed",
          .list(
            changes.map { change in
              .object([
                .init("line", .integer(change.line)), .init("event", .integer(Int(change.event.raw))),
                .init(
                  "fields",
                  .list(
                    change.fields.map { field in
                      .object([.init("field", .text(field[0])), .init("old", .text(field[1])), .init("new", .text(field[2]))])
                    })), .init("open", .flag(change.isOpen)),
              ])
            })), .init("updated", .integer(updated)),
        .init("notes", .list(notes.map { remark($0.line, $0.reason) })),
      ])
  }
}
