/// Where a payment stands. The raw value is the `status` of the income report.
public enum IncomeStatus: String, CaseIterable, Hashable, Sendable {
  /// Announced, its pay date not past.
  case declared
  /// Expected from a policy or from history.
  case estimated
  /// Arrived in full, or arrived without anything to compare it with.
  case received
  /// Not arrived seven days after the pay date.
  case overdue
  /// Less arrived than the holder was entitled to.
  case shortPaid
  /// More arrived than the holder was entitled to.
  case overPaid

  /// Whether money arrived.
  public var isReceived: Bool { self == .received || self == .shortPaid || self == .overPaid }

  /// Whether it is not what the holder was entitled to.
  var isAmiss: Bool { self == .overdue || self == .shortPaid || self == .overPaid }
}
