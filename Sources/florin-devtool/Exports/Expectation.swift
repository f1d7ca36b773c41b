import Amounts
import Ledger

/// One line of EXPECTED.tsv.
struct ExpectedLine {
  private let cells: [String: String]

  init(_ cells: [String: String]) { self.cells = cells }

  subscript(_ column: String) -> String { cells[column] ?? "" }

  /// `12.5`, `12.5 EUR` or `5.4E-7`.
  func amount(_ column: String) -> Decimal? {
    let parts = self[column].split(separator: " ").first?.split(whereSeparator: { $0 == "E" || $0 == "e" }) ?? []
    guard let first = parts.first, let mantissa = Decimal(first) else { return nil }
    guard parts.count == 2 else { return mantissa }
    guard let exponent = Int(parts[1]) else { return nil }
    let power = Decimal(mantissa: 1, scale: UInt8(clamping: abs(exponent)))
    return exponent < 0 ? try? mantissa.multiplied(by: power, places: 38) : try? mantissa.divided(by: power, places: 18)
  }

  /// The currency behind an amount.
  func currency(_ column: String) -> String? {
    let parts = self[column].split(separator: " ")
    return parts.count == 2 ? String(parts[1]) : nil
  }
}

/// An event a source's own test demands of a file.
struct Expectation {
  /// The kinds of Florin that say the same. Labels differ between products, the economics do not.
  enum Sense: String {
    case trade, arrival, departure, income, lock, transfer, fee, tax, refund

    /// Which of our kinds express it.
    var kinds: Set<EventKind> {
      switch self {
      case .trade: [.buy, .sell, .swap, .convert, .redemption, .migration, .merger, .liquidation, .deliveryIn, .deliveryOut]
      case .arrival: [.deposit, .deliveryIn, .giftIn, .transfer, .borrow, .feeRefund, .adjust]
      case .departure: [.withdraw, .deliveryOut, .giftOut, .donateOut, .transfer, .repay, .fee, .interestCharge, .slash, .adjust]
      case .income: [.reward, .airdrop, .interest, .mining, .dividend, .feeRefund, .giftIn, .returnOfCapital]
      case .lock: [.stake, .unstake, .wrap, .unwrap]
      case .transfer: [.transfer]
      case .fee: [.fee, .interestCharge]
      case .tax: [.tax]
      case .refund: [.feeRefund, .taxRefund]
      }
    }
  }

  /// When the source says it happened.
  enum When {
    case instant(Instant)
    /// A local time or date: any zone of the earth may be meant.
    case local(from: Instant, to: Instant)
    case unknown

    init(_ text: String) {
      guard let clock = ClockText(text) else {
        self = .unknown
        return
      }
      let time = Instant(day: clock.day, second: clock.second, microsecond: clock.microsecond)
      if let offset = clock.offset {
        self = .instant(time.adding(seconds: -offset))
      } else {
        let length = clock.isDateOnly || clock.second == 0 ? 86_400 : 0
        self = .local(from: time.adding(seconds: -14 * 3600), to: time.adding(seconds: length + 14 * 3600))
      }
    }

    /// Whether the event may be this one.
    func includes(_ time: Instant) -> Bool {
      switch self {
      case .instant(let at): at == time
      case .local(let from, let to): from <= time && time <= to
      case .unknown: true
      }
    }
  }

  /// Acceptable meanings, the likeliest first.
  var senses: [Sense]
  /// When.
  var when: When
  /// What moves.
  var movements: [Movement]
  /// Other movements that mean the same, where a source mixes ways to state a total.
  var variants: [[Movement]] = []
  /// Whether only the sum per asset is stated, costs included.
  var isNet = false
  /// Whether its fee is stated.
  var statesCosts = true
  /// False for what a source's test writes down without comparing it.
  var isBinding = true
  /// A lock of what a staking reward just brought.
  var followsReward = false
  /// The source's remark.
  var note = ""
  /// The lines of EXPECTED.tsv it was made from, shortened for people.
  var text: String
}

/// Everything EXPECTED.tsv says about one file.
struct Demand {
  /// The events, in the source's order.
  var events: [Expectation] = []
  /// Whether events beyond the listed ones are a difference.
  var isComplete = true
  /// Whether the source lists events at all (an empty list may be the statement).
  var listsEvents = false
  /// The number of rows that must end as a problem.
  var rejectedRows: Int?
  /// The file as a whole, or its only row, must yield no event.
  var mustBeEmpty = false
  /// A line that must be among the problems.
  var problemLine: Int?
  /// Activities counted by the source, without cash movements.
  var activities: Int?
  /// Final balances: asset -> quantity.
  var balances: [String: Decimal] = [:]
  /// Statements only a person can compare.
  var remarks: [String] = []

  init(_ lines: [ExpectedLine]) {
    for line in lines { note(line) }
    let events = lines.filter { $0["outcome"] == "event" }
    listsEvents = !events.isEmpty
    guard let first = events.first else { return }
    let project = first["file"].split(separator: "/").last?.split(separator: "_").first.map(String.init) ?? ""
    switch project {
    case "et": self.events = Expectation.everytrade(events)
    case "rotki": self.events = Expectation.rotki(events)
    case "sidekick": self.events = Expectation.sidekick(events)
    default: self.events = Expectation.plain(events)
    }
  }

  private mutating func note(_ line: ExpectedLine) {
    let note = line["note"]
    switch line["outcome"] {
    case "rejected": (rejectedRows, mustBeEmpty) = (1, true)
    case "scope": isComplete = false
    case "error" where note.contains("on line 2"): (mustBeEmpty, problemLine) = (true, 2)
    case "error" where note.hasPrefix("throws"), "error" where note.hasPrefix("must be rejected"): mustBeEmpty = true
    case "assertions" where note == "empty result": mustBeEmpty = true
    case "balances", "holdings":
      readBalances(note)
      remarks.append(note)
    case "count", "summary", "file", "assertions", "failure", "ignored-rows", "error":
      if let words = Optional(note.split(separator: " ")), words.count > 1, words[1].hasPrefix("activities") { activities = Int(words[0]) }
      remarks.append(note)
    default: break
    }
  }

  /// `final FOO 40, BAR 1.5; cash 800 GBP`, where the statement is about this file alone.
  private mutating func readBalances(_ note: String) {
    guard !note.contains("together with"), !note.hasPrefix("with "), let range = note.firstRange(of: "final balances ") else { return }
    for part in note[range.upperBound...].split(separator: ",") {
      let words = part.split(separator: " ")
      if words.count >= 2, let quantity = Decimal(words[1]) { balances[AssetNames.common(String(words[0]))] = quantity }
    }
  }
}
