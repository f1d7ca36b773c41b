public import Ledger

/// What a performance is of.
public enum PerformancePart: Sendable {
  /// Everything in view.
  case everything
  /// Some assets, in all accounts in view.
  case assets(Set<AssetID>)
  /// Some assets in some accounts.
  case places(@Sendable (AssetID, AccountID) -> Bool)

  /// The part that a breakdown names, as that breakdown counts it.
  ///
  /// - Parameter isInside: what the whole of the breakdown is; nil is everything in view.
  public init(_ key: Breakdown.Key, of book: Book, inside isInside: (@Sendable (AssetID, AccountID) -> Bool)? = nil) {
    let isPart: @Sendable (AssetID, AccountID) -> Bool
    switch key {
    case .asset(let id): isPart = { asset, _ in asset == id }
    case .assetClass(let name):
      let assets = Set(book.assets.values.filter { $0.assetClass == name }.map(\.id))
      isPart = { asset, _ in assets.contains(asset) }
    case .account(let id): isPart = { _, account in account == id }
    case .portfolio(let name):
      let accounts = Set(book.accounts.values.filter { $0.portfolio == name }.map(\.id))
      isPart = { _, account in accounts.contains(account) }
    }
    if let isInside {
      self = .places { isInside($0, $1) && isPart($0, $1) }
      return
    }
    switch key {
    case .asset, .assetClass: self = .assets(Set(book.assets.keys.filter { isPart($0, AccountID(0)) }))
    case .account, .portfolio: self = .places(isPart)
    }
  }

  /// The groups of accounts that are told apart, and which of their assets are inside.
  func choice(_ book: Book) -> (accounts: [AccountID]?, groups: AccountGroups, isInside: @Sendable (Int32, Int) -> Bool) {
    switch self {
    case .everything: return (nil, AccountGroups(viewOf: book), { _, _ in true })
    case .assets(let assets): return (nil, AccountGroups(viewOf: book), { asset, _ in assets.contains(AssetID(asset)) })
    case .places(let isInside):
      let choice = PlaceChoice(book, isInside)
      return (choice.accounts, choice.groups, { choice.holds($0, $1) })
    }
  }
}

extension Performance {
  /// How a part of a book did, exactly as the breakdown that it is a part of counts it.
  public init(_ book: Book, _ question: Question, of part: PerformancePart) {
    if case .everything = part {
      self.init(book, question)
      return
    }
    let choice = part.choice(book)
    // Two, of which the second is empty: one part of all accounts would be taken for the whole, inside which nothing flows.
    let parts = Parts(book, choice.groups, upTo: question.to, count: 2) { choice.isInside($0, $1) ? 0 : -1 }
    self = parts.performance(0, question)
  }
}
