public import Amounts
public import Engine
import Ledger

/// What may be sold of a holding, and when more.
public struct RestrictionRow: Hashable, ReportRow {
  /// Units that become free on a day.
  public struct Rung: Hashable, Sendable {
    /// The first free day.
    public var until: Day
    /// How many units.
    public var quantity: Decimal
    /// Their worth today, in base.
    public var value: Figure<Decimal>
  }
  /// The asset.
  public var asset: AssetLabel
  /// Where it is held.
  public var account: AccountLabel
  /// What is free and what is not. The parts may overlap.
  public var state: Restrictions.State
  /// Worth of the free units in base.
  public var freeValue: Figure<Decimal>
  /// When what becomes free.
  public var ladder: [Rung]

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("account", "Account", .text), Column("held", "Held", .quantity),
    Column("free", "Free", .quantity), Column("locked", "Locked", .quantity), Column("frozen", "Frozen", .quantity),
    Column("pledged", "Pledged", .quantity), Column("vesting", "Vesting", .quantity), Column("nextUnlock", "Next", .day),
    Column("nextQuantity", "Units", .quantity), Column("reason", "Why", .text), Column("ladder", "Ladder", .nested, quiet: true),
    Column("freeValue", "Free value", .money),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), .text(account.text), .decimal(state.held), .decimal(state.free), .decimal(state.locked), .decimal(state.frozen),
      .decimal(state.pledged), .decimal(state.vesting), Cell(ladder.first?.until), ladder.first.map { .decimal($0.quantity) } ?? .none,
      Cell(state.reasons.joined(separator: "; ")),
      .list(
        ladder.map {
          .object([.init("until", .day($0.until)), .init("quantity", .decimal($0.quantity)), .init("value", Cell($0.value))])
        }), Cell(freeValue),
    ]
  }
}

/// What may be sold when. Typical periods are a help, not legal advice. Rows by asset, account.
public struct RestrictionsReport: Hashable, Sendable {
  /// The day asked for.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// Holdings with any restriction.
  public var rows: [RestrictionRow]
  /// Worth of all holdings' free units, those without restriction included, cash left out.
  public var freeValue: Decimal
  /// Worth by the day it becomes free, over all holdings, ascending.
  public var ladder: [RestrictionRow.Rung]

  /// The restrictions on a booking's holdings.
  ///
  /// - Parameter on: the day asked for; nil is the booking's.
  public init(_ book: Book, _ booking: Booking, asOf: Day, on day: Day? = nil, filter: Filter = .all) {
    let names = Names(book)
    let valuer = Valuer(book: book, on: asOf)
    let restrictions = Restrictions(book, booking, asOf: asOf)
    let on = day ?? asOf
    var rows: [RestrictionRow] = []
    var free = Decimal.zero
    var rungs: [Day: (quantity: Decimal, value: Decimal)] = [:]
    for position in booking.positions where position.quantity.isPositive && book.assets[position.asset]?.hasLots == true {
      let state = restrictions.state(of: position.asset, in: position.account, on: on)
      let unitCost = position.costBaseFigure.map { (cost) throws(DecimalError) in try cost.divided(by: position.quantity) }
      func value(_ quantity: Decimal) -> Figure<Decimal> {
        valuer.value(
          of: quantity, position.asset, costBase: unitCost.map { (cost) throws(DecimalError) in try cost.multiplied(by: quantity) })
      }
      let freeValue = value(state.free)
      free = freeValue.value.flatMap { try? free.adding($0) } ?? free
      let ladder = restrictions.ladder(of: position.asset, in: position.account, after: on).map {
        RestrictionRow.Rung(until: $0.until, quantity: $0.quantity, value: value($0.quantity))
      }
      if state.free == state.held && state.reasons.isEmpty { continue }
      let row = RestrictionRow(
        asset: names.asset(position.asset), account: names.account(position.account), state: state, freeValue: freeValue, ladder: ladder)
      guard filter.matches(row) else { continue }
      rows.append(row)
      for rung in ladder {
        guard let worth = rung.value.value else { continue }
        let before = rungs[rung.until] ?? (.zero, .zero)
        rungs[rung.until] = (
          (try? before.quantity.adding(rung.quantity)) ?? before.quantity, (try? before.value.adding(worth)) ?? before.value
        )
      }
    }
    rows.sort { a, b in
      a.asset == b.asset ? (a.account.text, a.account.id) < (b.account.text, b.account.id) : AssetLabel.precedes(a.asset, b.asset)
    }
    self.asOf = on
    currency = names.currency(valuer.base)
    self.rows = rows
    freeValue = free
    ladder = rungs.sorted { $0.key < $1.key }.map {
      RestrictionRow.Rung(until: $0.key, quantity: $0.value.quantity, value: .known($0.value.value))
    }
  }

  /// The report as plain data.
  public var document: Document {
    Document(
      "restrictions", asOf: asOf, currency: currency, rows: rows,
      totals: [
        .init("freeValue", .decimal(freeValue)),
        .init("ladder", .list(ladder.map { .object([.init("until", .day($0.until)), .init("value", Cell($0.value))]) })),
      ])
  }
}
