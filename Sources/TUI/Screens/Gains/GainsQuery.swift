import Amounts
import Engine
import Ledger
import Reports

/// What the gains screen wants to know.
public struct GainsQuery: Hashable, Sendable {
  /// What is listed.
  enum Listing: Hashable, Sendable {
    /// Disposals, or what they are grouped by.
    case realised(GainsReport.Grouping)
    /// Lots that are open.
    case open
  }
  var listing = Listing.realised(.disposal)
  /// What was typed after `/`.
  var filter = ""
  /// What it is sorted by; nil is the list's own order.
  var realisedField: DisposalField?
  var openField: LotField?
  /// Largest first.
  var isDescending = false
}

/// Realised gains or open lots, listed in one way.
public struct GainsAnswer: Sendable {
  /// The rows.
  enum Rows: Sendable {
    /// Places of disposals in the table.
    case disposals([Int32])
    case groups([DisposalGroup])
    case lots([LotRow], LotSums)
  }
  /// The question.
  var query: GainsQuery
  var rows: Rows
  /// All disposals that the filter lets through; nil for open lots.
  var table: DisposalTable?

  /// The disposals that were worked out last, and of what.
  struct Made: Sendable {
    let filter: String
    let table: DisposalTable
  }
  /// More disposals than this are not kept beside the list that shows them.
  private static let mostKept = 200_000

  init(_ query: GainsQuery, _ book: Book, _ booking: Booking, asOf day: Day, _ made: inout Made?) {
    self.query = query
    switch query.listing {
    case .open:
      let report = LotsReport(book, booking, asOf: day, filter: Filter(query.filter))
      rows = .lots(LotField.sorted(report.rows, by: query.openField, descending: query.isDescending), LotSums(report))
    case .realised(let grouping):
      let table: DisposalTable
      if let made, made.filter == query.filter {
        table = made.table
      } else {
        table = DisposalTable(book, asOf: day, filter: Filter(query.filter))
      }
      made = table.count <= GainsAnswer.mostKept ? Made(filter: query.filter, table: table) : nil
      self.table = table
      rows =
        grouping == .disposal
        ? .disposals(table.places(by: query.realisedField, descending: query.isDescending))
        : .groups(
          DisposalTable.sorted(table.groups(by: grouping), of: grouping, by: query.realisedField, descending: query.isDescending))
    }
  }

  /// How many rows.
  var count: Int {
    switch rows {
    case .disposals(let places): places.count
    case .groups(let groups): groups.count
    case .lots(let lots, _): lots.count
    }
  }

  /// The disposal in a row.
  func disposal(_ row: Int) -> DisposalRow? {
    guard case .disposals(let places) = rows, let table, places.indices.contains(row) else { return nil }
    return table[Int(places[row])]
  }

  /// The group in a row.
  func group(_ row: Int) -> DisposalGroup? {
    if case .groups(let groups) = rows, groups.indices.contains(row) { groups[row] } else { nil }
  }

  /// The lot in a row.
  func lot(_ row: Int) -> LotRow? {
    if case .lots(let lots, _) = rows, lots.indices.contains(row) { lots[row] } else { nil }
  }
}

/// What open lots add up to in base, of those whose figures are known.
struct LotSums: Sendable {
  private(set) var value = Decimal.zero
  private(set) var cost = Decimal.zero
  private(set) var gain = Decimal.zero
  private(set) var byPrice = Decimal.zero
  private(set) var byCurrency = Decimal.zero
  private(set) var short = Decimal.zero
  private(set) var long = Decimal.zero
  /// Lots without value or cost, by asset and why.
  private(set) var excluded: [Exclusion] = []

  init(_ report: LotsReport) {
    func add(_ sum: inout Decimal, _ part: Decimal?) { sum = part.flatMap { try? sum.adding($0) } ?? sum }
    for row in report.rows {
      guard let gain = row.unrealized.value else {
        if excluded.last?.asset != row.asset {
          excluded.append(Exclusion(asset: row.asset, what: "gain", why: row.unrealized.why ?? .nothing))
        }
        continue
      }
      add(&value, row.value.value)
      add(&cost, row.costBase.value)
      add(&self.gain, gain)
      add(&byPrice, row.gainPrice.value)
      add(&byCurrency, row.gainCurrency.value)
      if row.term == .long { add(&long, gain) } else if row.term == .short { add(&short, gain) }
    }
  }
}

/// Columns of open lots that can be sorted by.
enum LotField: CaseIterable, Hashable, Sendable {
  case asset, account, acquired, quantity, cost, value, gain, byPrice, byCurrency, term, longIn

  static func sorted(_ rows: [LotRow], by field: LotField?, descending: Bool) -> [LotRow] {
    guard let field else { return rows }
    func key(_ row: LotRow) -> Decimal? {
      switch field {
      case .asset, .account: nil
      case .acquired: row.acquired.map { Decimal(Int($0.ordinal)) }
      case .quantity: row.quantity
      case .cost: row.costBase.value
      case .value: row.value.value
      case .gain: row.unrealized.value
      case .byPrice: row.gainPrice.value
      case .byCurrency: row.gainCurrency.value
      case .term, .longIn: row.longFrom.map { Decimal(Int($0.ordinal)) }
      }
    }
    func text(_ row: LotRow) -> String { field == .account ? row.account.text : row.asset.text }
    let keys = rows.map(key)
    let isText = field == .asset || field == .account
    return rows.indices.sorted { a, b in
      if isText {
        let (x, y) = (text(rows[a]), text(rows[b]))
        return x == y ? a < b : descending ? x > y : x < y
      }
      switch (keys[a], keys[b]) {
      case (let x?, let y?): return x == y ? a < b : descending ? x > y : x < y
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return a < b
      }
    }.map { rows[$0] }
  }
}

extension GainsQuery {
  /// The report of what is listed, as `florin gains` and `florin lots` give it; the order on the screen is not that of a file.
  func document(_ book: Book, _ booking: Booking, asOf day: Day) -> Document {
    switch listing {
    case .open: return LotsReport(book, booking, asOf: day, filter: Filter(filter)).document
    case .realised(let grouping):
      let pieces = book.booked(asOf: day, pieces: true)
      return GainsReport(book, pieces, asOf: day, by: grouping, filter: Filter(filter)).document(by: grouping)
    }
  }
}
