import Amounts
import Ledger

/// Which lots an event takes, as its `lot_selector` says: `{"event":7}`, `{"date":"2024-01-02"}`, `{"unit_cost":"100"}`,
/// `{"label":"old"}`, `{"currency":"USD"}` (what the cost is in), several of these in one object (all must hold), or a list of such
/// objects with a `"quantity"` each.
///
/// - `event` is the source's own id of the event that made the lot; where no event has it, Florin's own id.
/// - `label` is what the event that made the lot says in its own `lot_selector` (`{"label":"old"}`), else its note.
/// - An event that acquires names its lot; of an event that gives units away the selector means the first asset that leaves, not a fee.
/// - Where the lots are not found the earliest are taken, and an issue names the event.
///
/// - Source: FORMATS 1.
public struct LotSelector: Sendable {
  /// Lots that an object of the selector means: all that it says must hold.
  struct Choice: Equatable {
    /// An id, as written.
    var event: String?
    var date: Day?
    var unitCost: Decimal?
    var label: String?
    /// The code of the cost's currency.
    var currency: String?
    /// At most so many units; nil is as many as are wanted.
    var quantity: Decimal?

    /// Takes a member of the object in; false when it is not one or does not read.
    fileprivate mutating func set(_ key: String, _ value: String) -> Bool {
      switch key {
      case "event":
        event = value
        return true
      case "label":
        label = value
        return true
      case "currency":
        currency = value
        return true
      case "date":
        date = Day(value)
        return date != nil
      case "unit_cost":
        unitCost = Decimal(value)
        return unitCost != nil
      case "quantity":
        quantity = Decimal(value)
        return quantity?.isPositive == true
      default: return false
      }
    }

    /// Whether a lot is meant. A unit cost is compared to the digits it is given with.
    func matches(_ lot: Lot, _ names: LotNames, _ zone: Zone) -> Bool {
      if event == nil && date == nil && unitCost == nil && label == nil && currency == nil { return false }
      if let currency, !(lot.costKnown && names.isCurrency(lot.currency, currency)) { return false }
      if let event, !names.isEvent(lot.event, event) { return false }
      if let label, names.label(of: lot.event) != label { return false }
      if let date, lot.instant.map({ zone.day(of: $0) }) != date { return false }
      guard let unitCost else { return true }
      guard lot.costKnown, let own = try? lot.cost.divided(by: lot.quantity) else { return false }
      return own.rounded(to: Int(unitCost.scale)) == unitCost
    }
  }

  let choices: [Choice]

  /// Reads a selector. One that cannot be read, or asks for what lots do not have, selects nothing.
  public init(_ text: String) {
    var reader = SelectorReader(text)
    choices = reader.choices() ?? [Choice()]
  }

  /// The ids of events it names, as written.
  public var eventIDs: [String] { choices.compactMap(\.event) }

  /// A selector with other ids of events in it, where `change` gives one; the text as it is where it names none or does not read.
  public static func renumbered(_ text: String, _ change: (String) -> String?) -> String {
    let selector = LotSelector(text)
    guard selector.isReadable, selector.eventIDs.contains(where: { change($0) != nil }) else { return text }
    func quoted(_ text: String) -> String {
      "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
    let objects = selector.choices.map { choice in
      let parts = [
        ("event", choice.event.map { change($0) ?? $0 }), ("date", choice.date?.description), ("unit_cost", choice.unitCost?.description),
        ("label", choice.label), ("currency", choice.currency), ("quantity", choice.quantity?.description),
      ]
      return "{" + parts.compactMap { name, value in value.map { "\(quoted(name)):\(quoted($0))" } }.joined(separator: ",") + "}"
    }
    return text.first { !$0.isWhitespace } == "[" ? "[" + objects.joined(separator: ",") + "]" : objects[0]
  }

  /// Whether it reads and says something.
  public var isReadable: Bool { choices.allSatisfy { $0 != Choice() } }

  /// The label an acquiring event gives its lot.
  var label: String? { choices.count == 1 ? choices[0].label : nil }

  /// Reads flat objects of strings and numbers.
  private struct SelectorReader {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func choices() -> [Choice]? {
      var found: [Choice] = []
      let isList = skip("[")
      repeat {
        guard let choice = choice() else { return nil }
        found.append(choice)
      } while isList && skip(",")
      if isList && !skip("]") { return nil }
      return rest.allSatisfy(\.isWhitespace) ? found : nil
    }

    private mutating func choice() -> Choice? {
      guard skip("{") else { return nil }
      var choice = Choice()
      repeat {
        guard let key = scalar(), skip(":"), let value = scalar() else { return nil }
        guard choice.set(key, value) else { return nil }
      } while skip(",")
      return skip("}") ? choice : nil
    }

    private mutating func skip(_ mark: Character) -> Bool {
      rest = rest.drop(while: \.isWhitespace)
      guard rest.first == mark else { return false }
      rest = rest.dropFirst()
      return true
    }

    /// A string, in which `\"` and `\\` stand for themselves, or a number.
    private mutating func scalar() -> String? {
      var text = ""
      guard skip("\"") else {
        let end = rest.firstIndex { ",:{}[] ".contains($0) } ?? rest.endIndex
        text = String(rest[..<end])
        rest = rest[end...]
        return text.isEmpty ? nil : text
      }
      while let next = rest.popFirst() {
        if next == "\"" { return text.isEmpty ? nil : text }
        text.append(next == "\\" ? rest.popFirst() ?? next : next)
      }
      return nil
    }
  }
}

/// Lots that are to leave before all others.
struct LotWish {
  /// At most so many units; nil is as many as are wanted.
  var quantity: Decimal?
  /// Whether a lot is meant.
  var isFor: (Lot) -> Bool
}

/// How selectors call lots: ids of sources, and labels.
struct LotNames: Sendable {
  private let ids: [String: [Int64]]
  private let labels: [Int64: String]
  private let symbols: [Int32: String]

  /// - Complexity: O(events with further facts), where events may choose their lots; free elsewhere.
  init(_ book: Book, _ rules: RulePlan) {
    ids = book.externalIDs
    guard rules.usesSelectors else {
      (labels, symbols) = ([:], [:])
      return
    }
    symbols = Dictionary(book.assets.values.map { ($0.id.raw, $0.symbol) }) { first, _ in first }
    var labels: [Int64: String] = [:]
    book.events.extras.forEach { id, extra in
      labels[id] = extra.lotSelector.flatMap { $0.contains("label") ? LotSelector($0).label : nil } ?? extra.note
    }
    self.labels = labels
  }

  /// Whether an id in a selector means an event.
  func isEvent(_ event: Int64, _ written: String) -> Bool {
    ids[written].map { $0.contains(event) } ?? (Int64(written) == event)
  }

  /// Whether a code is that of a currency.
  func isCurrency(_ id: Int32, _ code: String) -> Bool { symbols[id] == code }

  /// The label of the lots an event made.
  func label(of event: Int64) -> String? { labels[event] }
}

extension EventKind {
  /// Whether a `lot_selector` of such an event names the lot it makes instead of selecting those it takes.
  var namesLots: Bool {
    switch self {
    case .buy, .deposit, .deliveryIn, .giftIn, .reward, .airdrop, .mining, .dividend, .interest, .borrow, .feeRefund, .taxRefund: true
    default: false
    }
  }
}
