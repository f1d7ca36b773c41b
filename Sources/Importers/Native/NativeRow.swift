public import Amounts
public import Ledger

extension NativeFile {
  /// Reads one row that a person wrote instead of a file: the same rules, the same problems.
  ///
  /// - Parameters:
  ///   - cells: column names and texts; a column that is not there is empty.
  ///   - zone: the zone of dates and clock readings that name none.
  /// - Throws: the first cell that is wrong.
  public func facts(_ cells: [(String, String)], zone: Zone) throws(RowProblem) -> [Fact] {
    var row = Row(cells)
    row.zone = zone
    var options = ImportOptions()
    options.zone = zone
    let file = FileContext(options, delimiter: nil, preamble: [])
    guard let format = Registry.all.first(where: { $0.id == id }), case .prepared(let decoder) = format.decoding else {
      throw row.problem(.notCovered)
    }
    switch try decoder(row.header, file)(row, file) {
    case .event(let draft): return [NativeFile.settled(.event(draft))]
    case .facts(let facts): return facts.map(NativeFile.settled)
    case .ignored(let why): throw row.problem(.inconsistent(why))
    }
  }

  /// A fact with pence as pounds.
  private static func settled(_ fact: Fact) -> Fact {
    var fact = fact
    fact.settleMinorMoney()
    return fact
  }
}
