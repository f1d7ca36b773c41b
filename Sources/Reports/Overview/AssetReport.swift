public import Amounts
public import Ledger

/// Everything about one asset.
public struct AssetReport: Hashable, Sendable {
  /// A stored fact with its heading.
  public struct Fact: Hashable, Sendable {
    /// The key in florin.assets.v1.
    public var key: String
    /// The heading for people.
    public var title: String
    /// As stored.
    public var value: String
  }
  /// A point of a series, in its own currency.
  public struct Point: Hashable, Sendable {
    /// The day.
    public var day: Day
    /// Per unit, in units of the report's day.
    public var price: Price
  }
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// The asset itself.
  public var facts: Asset
  /// Its label.
  public var asset: AssetLabel
  /// What is known beside symbol, name and class; security token facts first.
  public var attributes: [Fact]
  /// `investment contract`, `not by Howey`, `undetermined`; nil without a record. US view only.
  public var howey: String?
  /// Held in all accounts; nil when it never was.
  public var holding: HoldingRow?
  /// By account.
  public var byAccount: [HoldingRow]
  /// NAV, premium, ownership, implied share.
  public var nav: NavRow?
  /// Tokens outstanding.
  public var supply: Figure<Decimal>
  /// Open lots.
  public var lots: [LotRow]
  /// Payments, newest first.
  public var income: [IncomeRow]
  /// Income by year and its yields.
  public var yields: IncomeGrid.Line?
  /// Positions in the book's event table, newest first.
  public var events: [Int]
  /// Market prices, oldest first.
  public var market: [Point]
  /// Net asset values, oldest first.
  public var navs: [Point]
  /// What a person should know.
  public var notices: [Notice]
}
