import Amounts

/// Which lots an event takes, as its `lot_selector` says: `{"event":7}`, `{"date":"2024-01-02"}`, `{"unit_cost":"100"}`, several of
/// these in one object, or a list of such objects with a `"quantity"` each.
///
/// - Source: FORMATS 1.
struct LotSelector {
  /// Lots that an object of the selector means: all that it says must hold.
  struct Choice: Equatable {
    var event: Int64?
    var date: Day?
    var unitCost: Decimal?
    /// At most so many units; nil is as many as are wanted.
    var quantity: Decimal?

    /// Takes a member of the object in; false when it is not one or does not read.
    fileprivate mutating func set(_ key: String, _ value: String) -> Bool {
      switch key {
      case "event":
        event = Int64(value)
        return event != nil
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
    func matches(_ lot: Lot, _ zone: Zone) -> Bool {
      if event == nil && date == nil && unitCost == nil { return false }
      if let event, lot.event != event { return false }
      if let date, lot.instant.map({ zone.day(of: $0) }) != date { return false }
      guard let unitCost else { return true }
      guard lot.costKnown, let own = try? lot.cost.divided(by: lot.quantity) else { return false }
      return own.rounded(to: Int(unitCost.scale)) == unitCost
    }
  }

  let choices: [Choice]

  /// Reads a selector. One that cannot be read, or asks for what lots do not have, selects nothing.
  init(_ text: String) {
    var reader = Reader(text)
    choices = reader.choices() ?? [Choice()]
  }

  /// Reads flat objects of strings and numbers.
  private struct Reader {
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

    /// A string without escapes, or a number.
    private mutating func scalar() -> String? {
      let isQuoted = skip("\"")
      let end = rest.firstIndex { isQuoted ? $0 == "\"" : ",:{}[] ".contains($0) } ?? rest.endIndex
      let text = rest[..<end]
      rest = rest[end...]
      return isQuoted && !skip("\"") || text.isEmpty ? nil : String(text)
    }
  }
}
