import Amounts
public import Engine
public import Ledger

/// A part of the portfolio and what it contributed.
public struct BreakdownRow: ReportRow {
  /// The part's name; an asset's label may hold hostile text from files.
  public var key: String
  /// Its figures.
  public var part: Breakdown.Part

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("key", "Part", .text), Column("startValue", "Start", .money), Column("endValue", "End", .money),
    Column("netFlows", "Flows", .money), Column("gain", "Gain", .money, quiet: true), Column("contribution", "Contribution", .money),
    Column("contributionRatio", "Of capital", .ratio), Column("twr", "TWR", .ratio), Column("xirr", "XIRR", .ratio),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    func cell(_ figure: Figure<Double>) -> Cell {
      switch figure {
      case .known(let value): .statistic(value)
      case .unknown(let why): .unknown(why)
      }
    }
    return [
      .text(key), .decimal(part.startValue), .decimal(part.endValue), .decimal(part.netFlows), .decimal(part.contribution),
      .decimal(part.contribution), cell(part.share), cell(part.twr), cell(part.xirr),
    ]
  }
}

/// The portfolio in parts, largest contribution first.
public struct BreakdownReport: Sendable {
  /// What it is cut by.
  public var dimension: Breakdown.Dimension
  /// The parts.
  public var rows: [BreakdownRow]

  /// A breakdown with names.
  public init(_ book: Book, _ found: Breakdown) {
    dimension = found.dimension
    let names = Names(book)
    rows = found.parts.map { part in
      switch part.key {
      case .asset(let id): BreakdownRow(key: names.asset(id).text, part: part)
      case .account(let id): BreakdownRow(key: names.account(id).text, part: part)
      case .assetClass(let name): BreakdownRow(key: name.rawValue, part: part)
      case .portfolio(let name): BreakdownRow(key: name, part: part)
      }
    }
    // Equal contributions are in the order of their names.
    rows.sort {
      $0.part.contribution == $1.part.contribution
        ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) : $0.part.contribution > $1.part.contribution
    }
  }
}

/// A place that is asset and account at once, for filters that choose what a performance is of.
public struct PlaceRow: ReportRow {
  /// The asset's label.
  public var asset: String
  /// The asset's class.
  public var assetClass: String
  /// The account's name.
  public var account: String
  /// The account's portfolio.
  public var portfolio: String

  /// A place in a book.
  public init(_ book: Book, _ names: Names, _ asset: AssetID, _ account: AccountID) {
    self.asset = names.asset(asset).text
    assetClass = book.assets[asset]?.assetClass.rawValue ?? ""
    self.account = names.account(account).text
    portfolio = book.accounts[account]?.portfolio ?? ""
  }

  /// What a filter may name.
  public static let columns = [
    Column("asset", "Asset", .text), Column("class", "Class", .text), Column("account", "Account", .text),
    Column("portfolio", "Portfolio", .text),
  ]
  /// The values, one for each column.
  public var cells: [Cell] { [.text(asset), .text(assetClass), .text(account), .text(portfolio)] }
}
