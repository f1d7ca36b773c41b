import Amounts
import Ledger

/// Sums of many assets' days, exact, so that one asset's share can be taken out again.
struct DayTotals: Sendable {
  private(set) var first: Day
  private(set) var values: [Decimal]
  /// What became known of, and what was no longer known of.
  private(set) var appeared: [Decimal]
  private(set) var vanished: [Decimal]
  private(set) var unpriced: [Int32]
  private(set) var atTrade: [Int32]
  /// Whether any asset was ever unknown; the last two columns are all zero otherwise.
  private(set) var hasUnknown = false

  var count: Int { values.count }

  init(first: Day, count: Int) {
    self.first = first
    values = [Decimal](repeating: .zero, count: count)
    appeared = values
    vanished = values
    unpriced = [Int32](repeating: 0, count: count)
    atTrade = unpriced
  }

  /// The totals that points say.
  init(_ points: [HistoryPoint]) {
    first = points.first?.day ?? Day(ordinal: 0)
    values = points.map(\.value)
    appeared = points.map(\.appeared)
    vanished = points.map(\.vanished)
    unpriced = points.map { Int32(truncatingIfNeeded: $0.unpriced) }
    atTrade = points.map { Int32(truncatingIfNeeded: $0.atTrade) }
    hasUnknown = true
  }

  var points: [HistoryPoint] {
    (0..<count).map {
      HistoryPoint(
        day: first + $0, value: values[$0], unpriced: Int(unpriced[$0]), atTrade: Int(atTrade[$0]), appeared: appeared[$0],
        vanished: vanished[$0])
    }
  }

  /// Adds, or with a minus sign takes out, one asset's days, which begin on the same day.
  ///
  /// While its worth is unknown an asset gains nothing: what its value changes by, other than by flows, counts as a flow. So the
  /// value that appears with a first quote is no return, nor is what leaves when a rate is missing.
  ///
  /// - Parameter flows: the asset's own flows, purchases included; needed only where its worth is unknown.
  mutating func add(_ column: WorthColumn, _ flows: DayFlows?, sign: Int = 1) {
    func signed(_ amount: Decimal) -> Decimal { sign < 0 ? -amount : amount }
    func add(_ amount: Decimal, to list: inout [Decimal], _ offset: Int) {
      list[offset] = (try? list[offset].adding(signed(amount))) ?? list[offset]
    }
    let states = column.states
    for offset in column.values.indices {
      let state = states[offset]
      let wasUnknown = offset > 0 && states[offset - 1] == .unknown
      if state == .none && !wasUnknown { continue }
      add(column.values[offset], to: &values, offset)
      if state == .atTrade { atTrade[offset] += Int32(sign) }
      guard state == .unknown || wasUnknown else { continue }
      hasUnknown = true
      if state == .unknown { unpriced[offset] += Int32(sign) }
      let before = offset == 0 ? Decimal.zero : column.values[offset - 1]
      let flow = flows?.net(on: (first + offset).ordinal) ?? .zero
      guard let change = try? column.values[offset].subtracting(before).subtracting(flow) else { continue }
      if change.isNegative {
        add(-change, to: &vanished, offset)
      } else {
        add(change, to: &appeared, offset)
      }
    }
  }

  /// Adds totals of the same days.
  mutating func add(_ other: DayTotals) {
    for offset in values.indices {
      values[offset] = (try? values[offset].adding(other.values[offset])) ?? values[offset]
      atTrade[offset] += other.atTrade[offset]
      guard other.hasUnknown else { continue }
      appeared[offset] = (try? appeared[offset].adding(other.appeared[offset])) ?? appeared[offset]
      vanished[offset] = (try? vanished[offset].adding(other.vanished[offset])) ?? vanished[offset]
      unpriced[offset] += other.unpriced[offset]
    }
    hasUnknown = hasUnknown || other.hasUnknown
  }

  /// Lets the days begin earlier, with nothing.
  mutating func begin(on day: Day) {
    let more = self.first - day
    guard more > 0 else { return }
    let nothing = [Decimal](repeating: .zero, count: more)
    let none = [Int32](repeating: 0, count: more)
    (values, appeared, vanished) = (nothing + values, nothing + appeared, nothing + vanished)
    (unpriced, atTrade) = (none + unpriced, none + atTrade)
    first = day
  }

  /// Lets the days begin later; the earlier ones are of no account.
  mutating func drop(before day: Day) {
    let fewer = min(count, max(0, day - first))
    guard fewer > 0 else { return }
    values.removeFirst(fewer)
    appeared.removeFirst(fewer)
    vanished.removeFirst(fewer)
    unpriced.removeFirst(fewer)
    atTrade.removeFirst(fewer)
    first = first + fewer
  }
}
