import Importers
import Ledger

extension ExportsRun {
  /// Detects and decodes one file through the product's own door.
  static func decode(_ file: String, in directory: String) throws(Failure) -> FileOutcome {
    var outcome = FileOutcome(file: file)
    do throws(ImportError) {
      let reads = ColumnReads()
      var options = Answers.options(for: file)
      options.reads = reads
      let session = try DecodeSession(.file(directory + "/" + file), options)
      outcome.format = session.format.id
      while let batch = try session.next() {
        for row in batch.rows {
          outcome.rows += 1
          switch row.state {
          case .imported: outcome.imported += 1
          case .ignored(let reason): outcome.ignored.append((row.line, reason))
          case .problem(let problem): outcome.problems.append((row.line, "\(problem)"))
          }
        }
        for decoded in batch.facts {
          if case .event(let event) = decoded.fact { outcome.events.append(event) } else { outcome.otherFacts += 1 }
        }
      }
      if !ColumnAudit.yetToSay.contains(session.format.exporter) {
        outcome.differences = ColumnAudit.unlisted(by: session.format, reads).map { Difference(reason: $0) }
      }
    } catch {
      outcome.refusal = "\(error)"
    }
    return outcome
  }
}

/// What a user would answer where a file leaves something open. The sources' own tests state the same.
enum Answers {
  /// The options for a file.
  static func options(for file: String) -> ImportOptions {
    var options = ImportOptions()
    if file.contains("rotki__cointracking_custom_dates") { options.dayFirst = true }
    if file.contains("pphelp__hist-prices") || file.contains("pphelp__import-historical") {
      (options.asset, options.currency) = ("MADE-UP", "EUR")
    }
    // `laboon__coingecko_btc-eur.csv`: coin and currency are only in the name.
    if let range = file.firstRange(of: "coingecko_") {
      let parts = file[range.upperBound...].prefix { $0 != "." }.uppercased().split(separator: "-").map(String.init)
      if parts.count == 2 { (options.asset, options.currency) = (parts[0], parts[1]) }
    }
    if file.contains("dali__EUR_USD") { (options.asset, options.currency) = ("EUR", "USD") }
    if file.contains("Indicator.GOOG") { (options.asset, options.currency) = ("GOOG", "USD") }
    if file.contains("initial_prices") { options.currency = "USD" }
    if file.contains("ppcrypto__kraken_withdrawal") { options.currency = "EUR" }
    return options
  }
}
