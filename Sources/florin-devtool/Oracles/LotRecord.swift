import Amounts

/// A lot, or the part of a lot that a disposal took, as Florin reports it and as a case expects it.
struct LotRecord {
  var asset = ""
  var account = ""
  var quantity = Decimal.zero
  /// Nil when unknown.
  var cost: Decimal?
  var currency: String?
  var day: String?
  var time: String?

  /// A row of `lots`.
  init(lot row: JSONValue, times: [String: String]) {
    asset = row["asset"]?.scalar ?? ""
    account = row["account"]?.scalar ?? ""
    quantity = Got(row, "quantity").decimal ?? .zero
    cost = Got(row, "cost").decimal
    currency = row["currency"]?.scalar
    day = row["acquired"]?.scalar
    time = row["event"]?.scalar.flatMap { times[$0] }
  }

  /// A row of `gains`.
  init(piece row: JSONValue) {
    asset = row["asset"]?.scalar ?? ""
    account = row["account"]?.scalar ?? ""
    quantity = Got(row, "quantity").decimal ?? .zero
    cost = Got(row, "cost").decimal
    currency = row["currency"]?.scalar
    day = row["acquired"]?.scalar
  }

  /// Cost / quantity.
  var unitCost: Decimal? { cost.flatMap { try? $0.divided(by: quantity) } }

  /// Lots that differ in nothing but their size, as one; `pooled` leaves dates aside, keeping the earliest.
  static func merged(_ lots: [LotRecord], pooled: Bool = false) -> [LotRecord] {
    var found: [LotRecord] = []
    for lot in lots {
      let place = found.firstIndex { other in
        other.asset == lot.asset && other.account == lot.account && other.currency == lot.currency
          && (pooled || (other.unitCost == lot.unitCost && other.day == lot.day && other.time == lot.time))
      }
      guard let place else {
        found.append(lot)
        continue
      }
      found[place].quantity = (try? found[place].quantity.adding(lot.quantity)) ?? found[place].quantity
      found[place].cost = found[place].cost.flatMap { own in lot.cost.flatMap { try? own.adding($0) } }
      found[place].day = [found[place].day, lot.day].compactMap { $0 }.min()
    }
    return found
  }

  /// What a case demands of a lot: the keys it names and no others.
  private func value(_ key: String) -> Got {
    func number(_ value: Decimal?) -> Got { value.map { .exact($0) } ?? .none("unknown") }
    func words(_ text: String?) -> Got { text.map { .text($0) } ?? .none("unknown") }
    return switch key {
    case "quantity": .exact(quantity)
    case "unit_cost": number(unitCost)
    case "cost": number(cost)
    case "currency": words(currency)
    case "account": words(account)
    case "asset": words(asset)
    case "lot_date": words(day)
    case "acquired": words(time.flatMap { $0.hasPrefix(day ?? "-") ? $0 : day } ?? day)
    default: .none("lots have no \(key)")
    }
  }

  /// As it is printed.
  var text: String {
    "\(quantity) \(asset) at \(unitCost.map { "\($0)" } ?? "unknown cost") \(currency ?? "") of \(day ?? "unknown date")"
  }
}

extension CaseRun {
  /// Compares lots with those of the case, in any order.
  mutating func compareLots(
    _ name: String, _ lots: [LotRecord], _ wanted: [JSONValue], or convention: OwnRule? = nil, skipping: [String] = []
  ) {
    var left = lots
    for element in wanted {
      let place = left.firstIndex { lot in
        element.members.allSatisfy { member in skipping.contains(member.key) || lot.matches(member.key, member.value) }
      }
      if let place {
        note(name, got: left.remove(at: place).text, expected: CaseRun.brief(element), .equal)
      } else {
        let got = "no such lot among " + (left.isEmpty ? "none" : left.map(\.text).joined(separator: ", "))
        // Where a convention is at work, the cost of what was sold is held against it.
        note(name, got: got, expected: CaseRun.brief(element), convention.map { .byConvention($0.reason) } ?? .differs)
      }
    }
    for lot in left where convention == nil { note(name, got: lot.text, expected: "no such lot", .differs) }
    if wanted.isEmpty && left.isEmpty { note(name, got: "none", expected: "none", .equal) }
  }
}

extension LotRecord {
  /// Whether a value is the one a case names. Costs of a unit are compared to 18 places.
  fileprivate func matches(_ key: String, _ wanted: JSONValue) -> Bool {
    switch value(key) {
    case .exact(let number):
      guard let other = wanted.scalar.flatMap({ CaseNumber.decimal($0) }), let distance = try? number.subtracting(other).magnitude else {
        return false
      }
      return distance <= Decimal(mantissa: 1, scale: 17)
    case .text(let text):
      let other = wanted.scalar ?? ""
      return text == other || (key == "acquired" && text.hasPrefix(other))
    case .rate, .none: return false
    }
  }
}
