public import Amounts

/// A distribution an issuer declared.
public struct Distribution: Hashable, Sendable {
  /// Its permanent id.
  public var id: Int64
  /// Who pays.
  public var asset: AssetID
  /// dividend, rent, interest, revenue share, return of capital.
  public var kind: String
  /// The day it was announced.
  public var declared: Day?
  /// The first day without entitlement.
  public var ex: Day?
  /// The day whose holders are entitled.
  public var record: Day?
  /// The day it is paid.
  public var pay: Day?
  /// Whether it accrues day by day instead of at the record date.
  public var isDaily: Bool
  /// First day of the period.
  public var from: Day?
  /// Last day of the period.
  public var to: Day?
  /// Per token, or per token and day when daily; in units of its own date.
  public var amountPerToken: Price
  /// A remark.
  public var note: String

  /// A declared distribution.
  public init(
    id: Int64, asset: AssetID, kind: String, declared: Day? = nil, ex: Day? = nil, record: Day? = nil, pay: Day? = nil,
    isDaily: Bool = false,
    from: Day? = nil, to: Day? = nil, amountPerToken: Price, note: String = ""
  ) {
    self.id = id
    self.asset = asset
    self.kind = kind
    self.declared = declared
    self.ex = ex
    self.record = record
    self.pay = pay
    self.isDaily = isDaily
    self.from = from
    self.to = to
    self.amountPerToken = amountPerToken
    self.note = note
  }
}

/// A stored restriction, target or policy: its cells by column name.
public struct Plan: Hashable, Sendable {
  /// Its permanent id.
  public var id: Int64
  /// Which file it belongs to.
  public var kind: PlanDraft.Kind
  /// The asset it speaks of.
  public var asset: AssetID?
  /// Column name -> cell, without empty cells.
  public var cells: [String: String]

  /// A row.
  public init(id: Int64, kind: PlanDraft.Kind, asset: AssetID?, cells: [String: String]) {
    self.id = id
    self.kind = kind
    self.asset = asset
    self.cells = cells
  }
}
