import Amounts

/// What a sign means in one file of Portfolio Performance.
///
/// Its account export writes what leaves the account with a minus (removals, fees, taxes, purchases), its depot export may write sales
/// so, its tables write everything without: there a minus says no more than the type. What is left is a row that takes another one back:
/// income, a deposit or a refund below zero, and a fee, a tax or a removal whose sign is not the one that the file gives such rows.
struct PerformanceSigns {
  /// Kinds that a sign can turn around.
  static let canReverse: Set<PerformanceTransaction.Kind> = [
    .deposit, .removal, .dividend, .interest, .interestCharge, .fee, .feeRefund, .tax, .taxRefund,
  ]
  private static let leaving: Set<PerformanceTransaction.Kind> = [.removal, .interestCharge, .fee, .tax]

  /// How many rows of money that leaves have a minus, and how many have none.
  private var (minuses, pluses) = (0, 0)
  /// The same of the cells of fees and of taxes.
  private var negativeCells: Set<PerformanceCells.Column> = []
  private var positiveCells: Set<PerformanceCells.Column> = []

  init(_ rows: [PerformanceCells]) {
    for cells in rows {
      for column in [PerformanceCells.Column.fees, .taxes] {
        guard let value = try? cells.amount(column)?.value, !value.isZero else { continue }
        if value.isNegative { negativeCells.insert(column) } else { positiveCells.insert(column) }
      }
      guard let kind = cells.text(.type).flatMap(PerformanceTransaction.kind), PerformanceSigns.leaving.contains(kind) else { continue }
      guard let value = (try? cells.amount(.net))?.value ?? (try? cells.amount(.amount))?.value, !value.isZero else { continue }
      if value.isNegative { minuses += 1 } else { pluses += 1 }
    }
  }

  /// Whether a row takes an earlier one back.
  ///
  /// - Throws: a problem where the sign of the value or of the shares contradicts what the row is.
  func isReversal(_ kind: PerformanceTransaction.Kind, _ net: Decimal, _ cells: PerformanceCells) throws(RowProblem) -> Bool {
    let shares = try cells.amount(.shares)?.value ?? .zero
    switch kind {
    case .buy, .deliveryIn, .transferIn:
      if shares.isNegative { throw cells.row.problem(cells.name(.shares), .inconsistent("is below zero in what brings shares in")) }
      return false
    case .sell, .deliveryOut, .transferOut: return false
    case .deposit, .dividend, .interest, .feeRefund, .taxRefund:
      if shares.isNegative, !net.isNegative {
        throw cells.row.problem(cells.name(.shares), .inconsistent("is below zero, but the value is not"))
      }
      return net.isNegative
    case .removal, .interestCharge, .fee, .tax:
      if minuses > 0, minuses == pluses {
        throw cells.row.problem(
          cells.name(.net), .inconsistent("may be below zero in such rows of this file or not: as many are as are not"))
      }
      return net.isNegative != (minuses > pluses) && !net.isZero
    }
  }

  /// Fees or taxes of a row: given back where the file's others are paid.
  func charge(_ column: PerformanceCells.Column, _ cells: PerformanceCells, _ isReversed: Bool) throws(RowProblem) -> Decimal {
    guard let value = try cells.amount(column)?.value, !value.isZero else { return .zero }
    let isConvention = !positiveCells.contains(column)
    return isReversed || isConvention ? value.magnitude : value
  }
}

/// The running balance that an account's statement prints beside each row, against what the rows move.
struct PerformanceBalance {
  private var rows: [(moved: Decimal, balance: Decimal, line: Int)] = []

  mutating func add(_ moved: Decimal, _ balance: Decimal, _ line: Int) { rows.append((moved, balance, line)) }

  /// The first row whose balance is not the one before with what moved; nil when all are. A statement may run either way.
  var difference: (line: Int, text: String)? {
    let (down, up) = (first(rows), first(rows.reversed()))
    guard let down, let up else { return nil }
    return down.place >= up.place ? (down.line, down.text) : (up.line, up.text)
  }

  private func first(_ rows: [(moved: Decimal, balance: Decimal, line: Int)]) -> (place: Int, line: Int, text: String)? {
    for (place, pair) in zip(rows, rows.dropFirst()).enumerated() {
      guard let expected = try? pair.0.balance.adding(pair.1.moved), expected != pair.1.balance else { continue }
      return (place, pair.1.line, "the file states a balance of \(pair.1.balance), but the row before and this one make \(expected)")
    }
    return nil
  }
}

extension PerformanceTransaction {
  /// What the row moves on a cash account's statement, with its sign; nil where that depends on the side.
  var moved: Decimal? {
    let isOut: Bool
    switch kind {
    case .buy, .removal, .interestCharge, .fee, .tax, .transferOut: isOut = true
    case .sell, .deposit, .dividend, .interest, .feeRefund, .taxRefund, .transferIn: isOut = false
    case .deliveryIn, .deliveryOut: return nil
    }
    return isOut == isReversed ? net : -net
  }
}
