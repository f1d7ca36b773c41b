import Engine
import Ledger
import Reports

extension Command {
  /// What is held.
  static let holdings = Command(
    "holdings", "what is held, what it is worth and what it has earned",
    usage: "[--by account] [--closed] [--mode MODE] [--method M] [--scope S] [--fees F]",
    details: """
      Value is by the NAV for security tokens (market price when the NAV is stale) and by the market price for the rest; the column
      By says which one was used. Unpriced assets are in no total, and the totals say so.
      """,
    options: [
      Option("by", "WHAT", "account: one row for each account", allowed: ["asset", "account"]),
      Option("closed", nil, "also assets of which nothing is held any more"),
      Option("mode", "MODE", "one valuation mode for all assets", allowed: ValuationMode.allCases.map(\.rawValue)),
    ] + Option.booking
  ) { (context) throws(Failure) in
    let (book, booking) = try context.positionsByOptions()
    let filter = try context.filter(HoldingRow.columns)
    let mode = context.arguments["mode"].flatMap { ValuationMode(rawValue: $0) }
    let report = HoldingsReport(
      book, booking, asOf: context.asOf, byAccount: context.arguments["by"] == "account",
      closed: context.arguments.has("closed"), filter: filter, modes: mode.map { .all($0) } ?? .chosen)
    context.write(report.document)
    return .ok
  }

  /// Open lots.
  static let lots = Command(
    "lots", "open lots with their dates, costs and terms", usage: "[--method M] [--scope S] [--fees F]",
    details: "The cost is in the lot's own currency; costBase at the rate of its acquisition. A lot of unknown cost says so.",
    options: Option.booking
  ) { (context) throws(Failure) in
    let book = try context.bookByOptions()
    let filter = try context.filter(LotRow.columns)
    context.write(LotsReport(book, book.booked(asOf: context.asOf), asOf: context.asOf, filter: filter).document)
    return .ok
  }

  /// The NAV desk.
  static let nav = Command(
    "nav", "net asset values beside market prices, premium, ownership",
    details: "Premium is market / NAV - 1. Ownership is quantity / supply; the implied share of the underlying and its debt follow from it."
  ) { (context) throws(Failure) in
    let (book, booking) = try context.positions()
    let filter = try context.filter(NavRow.columns)
    context.write(NavReport(book, booking, asOf: context.asOf, filter: filter).document)
    return .ok
  }

  /// How value is spread.
  static let allocation = Command(
    "allocation", "how the value is spread, and what to trade to meet targets", usage: "[--by WHAT]",
    details: "HHI is the sum of squared weights. Targets come from florin.targets.v1 files; trade is in the currency of totals, + = buy.",
    options: [
      Option("by", "WHAT", Dimension.allCases.map(\.rawValue).joined(separator: ", "), allowed: Dimension.allCases.map(\.rawValue))
    ]
  ) { (context) throws(Failure) in
    var (book, booking) = try context.positions()
    // What may be sold hangs on lots, which are not kept ready.
    if book.plans.contains(where: { $0.kind == .target }) {
      book = try context.book()
      booking = book.booked(asOf: context.asOf)
    }
    let filter = try context.filter(HoldingRow.columns)
    let dimension = context.choice("by", default: Dimension.assetClass)
    context.write(
      AllocationReport(book, booking, asOf: context.asOf, by: dimension, filter: filter).document)
    return .ok
  }
}
