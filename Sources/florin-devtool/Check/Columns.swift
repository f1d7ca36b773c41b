import Amounts
import Importers

/// A column that is not read is a fact that is lost. Every column of a format's headers and of its fixtures is asked for while the fixtures
/// are decoded, or is listed in the format with the reason why it is not.
func columnsAreAccountedFor(root: String) throws(Failure) -> [Finding] {
  let folder = root + "/Tests/ImportersTests/Fixtures"
  guard SourceTree.isFolder(folder) else { return [] }
  var findings: [Finding] = []
  for format in Registry.all where !ColumnAudit.yetToSay.contains(format.exporter) {
    let reads = ColumnReads()
    for name in SourceTree.names(in: folder + "/" + format.id) where name.hasPrefix("input") {
      ColumnAudit.decode("\(folder)/\(format.id)/\(name)", as: format, into: reads)
    }
    findings += ColumnAudit.faults(of: format, reads).map {
      Finding(path: "Tests/ImportersTests/Fixtures/" + format.id, message: $0)
    }
  }
  return findings
}

/// What a format says of its columns, against what its decoder does.
enum ColumnAudit {
  /// Exporters whose formats do not list their columns yet.
  static let yetToSay: Set<String> = [
    "binance", "bitstamp", "coinbase", "coinbasepro", "cointracking", "koinly", "kraken",
  ]

  /// Decodes a file as it is, and once more with answers to all that a file may leave open.
  static func decode(_ path: String, as format: ExportFormat, into reads: ColumnReads) {
    var options = ImportOptions()
    options.reads = reads
    options.source = format.id
    for isAnswered in [false, true] {
      if isAnswered { (options.asset, options.currency, options.dayFirst, options.day) = ("MADE-UP", "EUR", true, Day("2024-01-01")) }
      guard let session = try? DecodeSession(.file(path), options) else { continue }
      while (try? session.next()) ?? nil != nil {}
    }
  }

  /// What is wrong, in the columns' order by name.
  static func faults(of format: ExportFormat, _ reads: ColumnReads) -> [String] {
    // Florin's own files say at the import which columns they do not know; a fixture shows that with a column of no format.
    var faults = format.exporter == "florin" ? [] : unlisted(by: format, reads)
    for column in reads.asked.sorted() {
      if format.reasonToLeaveOut(column) != nil {
        faults.append("column \"\(column)\" is read, but \(format.id) lists it as left out")
      } else if !format.reads(column) {
        faults.append("column \"\(column)\" is read, but no header of \(format.id) names it")
      }
    }
    for column in format.columnsRead + format.leavesOut.flatMap(\.names)
    where !reads.present.contains(where: { isPart($0, of: column, format) }) {
      faults.append("column \"\(column)\" of \(format.id) is in no fixture, so nothing shows whether it is read")
    }
    for column in format.columnsRead {
      let found = reads.present.filter { isPart($0, of: column, format) }
      if !found.isEmpty, reads.asked.isDisjoint(with: found) {
        faults.append(
          "column \"\(column)\" is named in a header of \(format.id), but not read: read it, or list it in leavesOut with the reason")
      }
    }
    return faults
  }

  /// Whether a column of a file is the one a format names, or inside the JSON object that it names.
  private static func isPart(_ column: String, of name: String, _ format: ExportFormat) -> Bool {
    format.isNamed(column, name) || column.hasPrefix(name + ".")
  }

  /// Columns of the file that the format neither reads nor lists.
  static func unlisted(by format: ExportFormat, _ reads: ColumnReads) -> [String] {
    reads.present.sorted().filter { !format.reads($0) && format.reasonToLeaveOut($0) == nil && !reads.asked.contains($0) }.map {
      "column \"\($0)\" is neither read by \(format.id) nor listed in its leavesOut with a reason"
    }
  }
}
