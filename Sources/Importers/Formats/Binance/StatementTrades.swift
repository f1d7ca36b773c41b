import Amounts
import Glibc

/// A row of the account statement, read.
struct StatementRow {
  let line: Int
  let time: Instant
  let wallet: StatementWallet
  let operation: StatementOperation
  /// The Operation as written.
  let name: String
  let coin: String
  let change: Decimal
  let remark: String

  /// The same row with another change, as another operation.
  func with(_ change: Decimal, operation: StatementOperation) -> StatementRow {
    StatementRow(
      line: line, time: time, wallet: wallet, operation: operation, name: name, coin: coin, change: change, remark: remark)
  }
}

/// An amount of a coin.
struct StatementLeg: Hashable {
  var coin: String
  var quantity: Decimal
}

/// What was given, what was received and what it cost, out of one or several rows.
struct StatementTrade {
  var time: Instant
  var given: [StatementLeg]
  var received: [StatementLeg]
  var fees: [StatementLeg]
  var lines: [Int]
}

/// Finds the trades in rows of one family that happened together.
///
/// The statement prints the legs of a trade as rows of their own, in any order, with nothing but the time to tell which belong
/// together. Fills of one pair are matched by size, since their prices hardly differ; where the numbers of legs differ, they are one
/// trade. Several coins in one second are matched so that prices and fees agree; if that is not possible, all is one n:m trade.
enum StatementTrades {
  /// The trades among rows that have both sides. Conserves every leg.
  static func match(_ rows: [StatementRow], fees: [StatementRow]) -> [StatementTrade] {
    let given = rows.filter(\.change.isNegative).sorted(by: larger)
    let received = rows.filter(\.change.isPositive).sorted(by: larger)
    let (out, back) = (coins(given), coins(received))
    let canPair = given.count == received.count && (fees.isEmpty || fees.count == given.count)
    if out.count == 1 && back.count == 1 && out != back {
      guard canPair, given.count > 1 else { return [joined(rows, fees)] }
      return pairs(zip(given, received).map { [$0, $1] }, fees)
    }
    if given.count == received.count, given.count > 1, given.count <= 7, out.count == 1 || back.count == 1 {
      let isGivenCommon = out.count == 1
      if let groups = assign(isGivenCommon ? given : received, isGivenCommon ? received : given) {
        // Fees that cannot be told apart stand as a cost of their own.
        return pairs(groups, canPair ? fees : []) + (canPair ? [] : [joined([], fees)])
      }
    }
    return [joined(rows, fees)]
  }

  /// All rows as one trade; what cancels out is left out.
  static func joined(_ rows: [StatementRow], _ fees: [StatementRow]) -> StatementTrade {
    var sums: [StatementLeg] = []
    for row in rows { add(StatementLeg(coin: row.coin, quantity: row.change), to: &sums) }
    var costs: [StatementLeg] = []
    for fee in fees { add(StatementLeg(coin: fee.coin, quantity: -fee.change), to: &costs) }
    return StatementTrade(
      time: (rows.map(\.time).max() ?? fees.map(\.time).max()) ?? Instant(microseconds: 0),
      given: sums.filter(\.quantity.isNegative).map { StatementLeg(coin: $0.coin, quantity: -$0.quantity) },
      received: sums.filter(\.quantity.isPositive), fees: costs.filter { !$0.quantity.isZero }, lines: (rows + fees).map(\.line).sorted())
  }

  private static func add(_ leg: StatementLeg, to sums: inout [StatementLeg]) {
    if let index = sums.firstIndex(where: { $0.coin == leg.coin }), let sum = try? sums[index].quantity.adding(leg.quantity) {
      sums[index].quantity = sum
    } else {
      sums.append(leg)
    }
  }

  private static func larger(_ a: StatementRow, _ b: StatementRow) -> Bool {
    a.change.magnitude != b.change.magnitude ? a.change.magnitude > b.change.magnitude : a.line < b.line
  }

  private static func coins(_ rows: [StatementRow]) -> Set<String> { Set(rows.map(\.coin)) }

  /// One trade per group, each with the fee that fits its size.
  private static func pairs(_ groups: [[StatementRow]], _ fees: [StatementRow]) -> [StatementTrade] {
    var open = Array(groups.indices)
    var feeOf: [Int: StatementRow] = [:]
    // A fee in a traded coin is a fixed share of that leg, so the shares tell where it belongs.
    for fee in fees.sorted(by: larger) {
      let best = open.min { fit(fee, groups[$0]) < fit(fee, groups[$1]) }
      guard let best else { break }
      feeOf[best] = fee
      open.removeAll { $0 == best }
    }
    return groups.indices.map { joined(groups[$0], feeOf[$0].map { [$0] } ?? []) }
  }

  /// How badly a fee fits a trade; groups come by falling size, so equal fits keep that order.
  private static func fit(_ fee: StatementRow, _ group: [StatementRow]) -> Double {
    guard let leg = group.first(where: { $0.coin == fee.coin }), !leg.change.isZero else { return 1000 }
    let share = abs(fee.change.approximate / leg.change.approximate)
    return [0.001, 0.00075, 0.0005].map { abs(share / $0 - 1) }.min() ?? 1000
  }

  /// Pairs legs of one common coin with legs of several coins so that each coin's prices are as equal as can be.
  ///
  /// - Returns: nil when nothing tells the pairings apart.
  private static func assign(_ common: [StatementRow], _ other: [StatementRow]) -> [[StatementRow]]? {
    var seen: [String: Int] = [:]
    for row in other { seen[row.coin, default: 0] += 1 }
    guard seen.values.contains(where: { $0 > 1 }) || common.count == 1 else { return nil }
    var best: (spread: Double, order: [Int])?
    permute(Array(other.indices)) { order in
      var logs: [String: [Double]] = [:]
      for (index, target) in order.enumerated() {
        let price = abs(common[index].change.approximate / other[target].change.approximate)
        logs[other[target].coin, default: []].append(price > 0 ? log(price) : 0)
      }
      let spread = logs.values.reduce(0) { $0 + (($1.max() ?? 0) - ($1.min() ?? 0)) }
      if spread < (best?.spread ?? .infinity) {
        best = (spread, order)
      }
    }
    guard let best, best.spread < 0.05 else { return nil }
    return best.order.enumerated().map { [common[$0.offset], other[$0.element]] }
  }

  private static func permute(_ items: [Int], _ body: ([Int]) -> Void) {
    func step(_ prefix: [Int], _ left: [Int]) {
      if left.isEmpty { body(prefix) }
      for (index, item) in left.enumerated() {
        var others = left
        others.remove(at: index)
        step(prefix + [item], others)
      }
    }
    step([], items)
  }
}
