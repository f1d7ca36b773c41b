/// The columns of a file, and which of them were asked for while its rows were decoded.
///
/// A format's own account of its columns is checked against it. Paths inside JSON rows begin with their array: `activities[].fee`.
/// One thread decodes a file, so nothing is locked.
public final class ColumnReads: @unchecked Sendable {
  /// Every named column of the headers, and every path inside the rows of a JSON text.
  public private(set) var present: Set<String> = []
  /// The columns whose cells the decoder asked for.
  public private(set) var asked: Set<String> = []

  /// Nothing seen yet.
  public init() {}

  func see(_ name: String) { present.insert(name) }
  func ask(_ name: String) { asked.insert(name) }
}

/// Columns that a format knowingly does not read.
public struct LeftOut: Hashable, Sendable {
  /// The columns, as headers name them: any case, `*` for text such as a currency.
  public var names: [String]
  /// The reason, for people.
  public var why: String

  /// Columns without use.
  public init(_ names: [String], _ why: String) {
    self.names = names
    self.why = why
  }
}

extension ExportFormat {
  /// The columns it reads when a file has them, each once; of a JSON text the paths inside its rows.
  public var columnsRead: [String] {
    var seen: Set<String> = []
    return named.filter { seen.insert($0.lowercased()).inserted && reasonToLeaveOut($0) == nil }
  }

  /// What headers and shapes name. A shape's path is a column when it lies inside a row.
  private var named: [String] {
    let paths = shapes.flatMap { shape in
      (shape.required + shape.optional).filter { path in shape.rows.contains { path.hasPrefix($0 + ".") } }
    }
    return tables.flatMap { $0.required + $0.optional } + paths.map(ownName)
  }

  /// A column by the name the format gives it: Florin's own files have the same columns as a table and as `rows[]` of a JSON text.
  public func ownName(_ column: String) -> String {
    exporter == "florin" && column.hasPrefix("rows[].") ? String(column.dropFirst(7)) : column
  }

  /// Whether a column is the one that the format calls by this name or pattern.
  public func isNamed(_ column: String, _ name: String) -> Bool { Header.isNamed(ownName(column), name) }

  /// Whether a column is one of those that the format says it reads.
  public func reads(_ column: String) -> Bool { columnsRead.contains { isNamed(column, $0) } }

  /// The reason why a column is not read; nil when the format does not list it. A pattern leaves alone what a header names, unless it is
  /// all columns.
  public func reasonToLeaveOut(_ column: String) -> String? {
    leavesOut.first { left in
      left.names.contains { name in
        isNamed(column, name) && (!name.utf8.contains(0x2A) || name == "*" || !named.contains { isNamed(column, $0) })
      }
    }?.why
  }
}
