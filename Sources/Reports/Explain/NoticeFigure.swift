import Amounts

extension Notice {
  /// The figure that is in question; nil when the issue is about no asset.
  public var figure: FigurePath? {
    guard let asset else { return nil }
    switch kind {
    case .staleNav, .missingNav: return FigurePath("nav", asset.text, "nav")
    case .overdue, .shortPaid, .overPaid:
      return FigurePath("income", asset.text, since?.description ?? "undated", kind == .overdue ? "expected" : "difference")
    case .unknownBasis: return FigurePath("holdings", asset.text, "cost")
    case .oversold, .negativeCash: return FigurePath("holdings", asset.text + (account.map { "@" + $0.text } ?? ""), "quantity")
    default: return FigurePath("holdings", asset.text, "value")
    }
  }
}

extension Notice.Kind {
  /// Whether it is about a payment that did not arrive as it should.
  var isPayment: Bool { self == .overdue || self == .shortPaid || self == .overPaid }
}
