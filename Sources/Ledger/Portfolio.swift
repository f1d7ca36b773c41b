/// Accounts that are looked at together: a name, and how their figures are read.
public struct Portfolio: Hashable, Sendable {
  /// Its name, unique; empty is the default portfolio, in which every account is that was put into no other.
  public var name: String
  /// The code of the currency of its totals; empty is the database's own.
  public var base: String
  /// The zone of its days, months and years; empty is what was asked for, else UTC.
  public var zone: String

  /// A portfolio.
  public init(name: String, base: String = "", zone: String = "") {
    self.name = name
    self.base = base
    self.zone = zone
  }

  /// What people call the default portfolio.
  public static let defaultName = "default"

  /// The name to show.
  public var title: String { name.isEmpty ? Portfolio.defaultName : name }
}
