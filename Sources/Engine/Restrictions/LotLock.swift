import Amounts
import Ledger

/// Why and until when units may not be sold.
struct LotLock {
  /// The account it holds in; nil is all.
  var account: String?
  /// The lots it holds: an event's id or an acquisition day; nil is all.
  var lot: String?
  /// The first free day of a lot; nil when it is not known, because the acquisition is not.
  var until: (OpenLot, Day?) -> Day?
  /// In words.
  var reason: String

  /// Whether a lot is meant.
  func covers(_ lot: OpenLot, _ acquired: Day?, account name: String?) -> Bool {
    (account == nil || account == name) && (self.lot == nil || self.lot == String(lot.event.raw) || self.lot == acquired?.description)
  }

  /// The lock that is typical for an asset's exemption; nil when the exemption has none or is not known. Not legal advice.
  ///
  /// Reg D: twelve months from acquisition (Rule 144), six when the issuer reports. Reg CF: a year from issuance, else from
  /// acquisition. Reg S bars US buyers instead of locking; Reg A+ and registered tokens have none.
  ///
  /// - Source: DESIGN 6.
  static func typical(for asset: Asset) -> LotLock? {
    guard let exemption = asset.attributes[.exemption]?.lowercased() else { return nil }
    if exemption.hasPrefix("reg d") {
      let reports = ["yes", "true", "1"].contains(asset.attributes[.reportingIssuer]?.lowercased() ?? "no")
      let months = reports ? 6 : 12
      return LotLock(until: { _, acquired in acquired?.adding(months: months) }, reason: "typical for Reg D: \(months) months (Rule 144)")
    }
    if exemption.hasPrefix("reg cf") {
      let issued = asset.attributes[.issueDate].flatMap { Day($0) }
      return LotLock(until: { _, acquired in (issued ?? acquired)?.adding(months: 12) }, reason: "typical for Reg CF: 1 year from issuance")
    }
    return nil
  }

  /// What an exemption says about who may buy, and the first day it no longer does; nil when it says nothing.
  ///
  /// Reg S: category 1 none; category 2, and debt in 3, forty days; equity in 3 a year, six months when the issuer reports; from issuance.
  /// Without a category the longest holds, without a day of issuance it does not end.
  ///
  /// - Source: DESIGN 6; 17 CFR 230.903.
  static func audience(of asset: Asset) -> (words: String, until: Day?)? {
    guard let exemption = asset.attributes[.exemption]?.lowercased(), exemption.hasPrefix("reg s") else { return nil }
    let category = exemption.dropFirst("reg s".count).first { $0.isNumber } ?? "3"
    if category == "1" { return nil }
    let issued = asset.attributes[.issueDate].flatMap { Day($0) }
    let reports = ["yes", "true", "1"].contains(asset.attributes[.reportingIssuer]?.lowercased() ?? "no")
    let until = category == "2" || asset.isDebt ? issued.map { $0 + 40 } : issued?.adding(months: reports ? 6 : 12)
    return ("restricted to buyers outside the US (Reg S)", until)
  }
}

/// A recorded restriction that holds for units, not for named lots.
struct UnitRestriction {
  /// What it does to units.
  enum Effect {
    /// At least so many must stay.
    case floor
    /// So many are spoken for; several add up.
    case reservation
  }
  var effect: Effect
  /// Which column it is shown in.
  var kind: String
  var account: String?
  /// Units of the day it holds from; nil is all that is held.
  var quantity: Decimal?
  var from: Day?
  /// The first free day; nil is never.
  var until: Day?
  /// `linear`, `monthly`, `quarterly`, or tranches `DATE:UNITS;DATE:UNITS`; nil frees all at once.
  var schedule: String?
  var reason: String

  /// Units it holds on a day, of those held.
  ///
  /// - Parameter inUnitsOfDay: brings units of the day it holds from to those of the day, through the splits between.
  func amount(on day: Day, held: Decimal, inUnitsOfDay: (Decimal) -> Decimal) -> Decimal {
    let all = quantity.map(inUnitsOfDay) ?? held
    if let from, day < from { return kind == "vesting" ? all : .zero }
    if let until, day >= until { return .zero }
    let tranches = tranches.map { (day: $0.day, units: inUnitsOfDay($0.units)) }
    if !tranches.isEmpty {
      return tranches.reduce(all) { left, tranche in
        tranche.day <= day ? max(.zero, (try? left.subtracting(tranche.units)) ?? left) : left
      }
    }
    guard kind == "vesting", let from, let until, let schedule, until > from else { return all }
    let (left, whole): (Int, Int)
    switch schedule {
    case "linear": (left, whole) = (until - day, until - from)
    case "monthly", "quarterly":
      let step = schedule == "monthly" ? 1 : 3
      (left, whole) = (
        UnitRestriction.steps(from: from, to: until, step) - UnitRestriction.steps(from: from, to: day, step),
        UnitRestriction.steps(from: from, to: until, step)
      )
    default: return all
    }
    return whole > 0 ? (try? all.share(Decimal(max(0, left)), of: Decimal(whole))) ?? all : all
  }

  /// The tranches of a schedule that lists them.
  private var tranches: [(day: Day, units: Decimal)] {
    (schedule ?? "").split(separator: ";").compactMap { part in
      let pair = part.split(separator: ":").map { $0.filter { $0 != " " } }
      guard pair.count == 2, let day = Day(pair[0]), let units = Decimal(pair[1]) else { return nil }
      return (day, units)
    }
  }

  /// Days on which what it holds gets less, after a day.
  func changes(after day: Day) -> [Day] {
    let tranches = tranches
    if !tranches.isEmpty { return tranches.map(\.day).filter { $0 > day } + (until.map { $0 > day ? [$0] : [] } ?? []) }
    guard let until, until > day else { return [] }
    guard kind == "vesting", let from, let schedule, schedule == "monthly" || schedule == "quarterly" else { return [until] }
    let step = schedule == "monthly" ? 1 : 3
    return (1...max(1, UnitRestriction.steps(from: from, to: until, step))).map { from.adding(months: $0 * step) }.filter { $0 > day } + [
      until
    ]
  }

  /// Whole steps of months between two days.
  private static func steps(from: Day, to: Day, _ months: Int) -> Int {
    var count = 0
    while count < 1200 && from.adding(months: (count + 1) * months) <= to { count += 1 }
    return count
  }
}
