import Amounts
public import Engine
import Importers
public import Ledger
import Reports

/// The names an edit may use: assets as reports label them, accounts as they are called.
public struct EditNames: Sendable {
  /// The assets by id.
  public let assets: [AssetID: Asset]
  /// What reports call them.
  public let labels: [AssetID: String]
  /// The accounts by name.
  public let accounts: [String: Account]
  /// What people call the portfolios, the default one left out.
  public let portfolioNames: [String]
  private let bySymbol: [String: [AssetID]]

  /// The names in a book.
  public init(_ book: Book) {
    assets = book.assets
    labels = book.labels
    portfolioNames = book.allPortfolios.map(\.name).filter { !$0.isEmpty }
    var accounts: [String: Account] = [:]
    for account in book.accounts.values { accounts[account.name] = account }
    self.accounts = accounts
    var bySymbol: [String: [AssetID]] = [:]
    for asset in book.assets.values.sorted(by: { $0.id < $1.id }) { bySymbol[asset.symbol, default: []].append(asset.id) }
    self.bySymbol = bySymbol
  }

  /// What a text means.
  public enum Found: Hashable, Sendable {
    case one(AssetID)
    /// Several assets share the ticker; these labels tell them apart.
    case several([String])
    case none(nearest: String?)
  }

  /// The asset that a ticker, or a ticker with its id, means.
  public func asset(_ text: String) -> Found {
    if let tilde = text.lastIndex(of: "~"), let id = Int32(text[text.index(after: tilde)...]), assets[AssetID(id)] != nil {
      return .one(AssetID(id))
    }
    let bearers = bySymbol[text] ?? []
    if bearers.count > 1 { return .several(bearers.compactMap { labels[$0] }) }
    if let only = bearers.first { return .one(only) }
    return .none(nearest: Nearest.name(to: text, among: assetNames))
  }

  /// A ticker as it is written where only the case of its letters differs; any other text as it is.
  public func spelled(_ text: String) -> String {
    guard case .none = asset(text), !KnownMoney.isMoney(text) else { return text }
    let same = bySymbol.keys.filter { $0.lowercased() == text.lowercased() }
    if same.count == 1, let only = same.first { return only }
    return KnownMoney.isMoney(text.uppercased()) && same.isEmpty ? text.uppercased() : text
  }

  /// All labels of assets, by name.
  public var assetNames: [String] { labels.values.sorted() }
  /// The labels of assets that prices are told in, by name.
  public var currencyNames: [String] {
    assets.values.filter { $0.assetClass == .cash || $0.assetClass == .stablecoin }.compactMap { labels[$0.id] }.sorted()
  }
  /// All accounts, by name.
  public var accountNames: [String] { accounts.keys.sorted() }

  /// What an asset is called; its number when nothing is known of it.
  public func label(_ id: AssetID) -> String { labels[id] ?? "~\(id.raw)" }

  /// Why a text names no asset; nil when it does.
  ///
  /// - Parameters:
  ///   - isMoney: whether a state currency that nobody has used yet will do.
  ///   - mayBeNew: whether the edit can make the asset by saying its class.
  ///   - isNew: whether it does.
  func problem(_ field: String, _ text: String, isMoney: Bool = false, mayBeNew: Bool = false, isNew: Bool = false) -> EditProblem? {
    switch asset(text) {
    case .one: return nil
    case .several(let labels):
      return EditProblem(field, text, "is the ticker of several assets", "write one of \(labels.joined(separator: ", "))")
    case .none(let nearest):
      if isNew || KnownMoney.isMoney(text) { return nil }
      let meant = nearest.map { "did you mean \($0)?" }
      if isMoney {
        return EditProblem(field, text, "is not a currency that is known", meant ?? "write a code such as USD, or add the asset first")
      }
      let remedy = (meant.map { $0 + " " } ?? "") + (mayBeNew ? "say its class to make a new asset" : "add the asset first")
      return EditProblem(field, text, "is no asset that is known", remedy)
    }
  }

  /// Says that no account has a name.
  func unknownAccount(_ name: String) -> EditProblem {
    let nearest = Nearest.name(to: name, among: accountNames)
    return EditProblem("account", name, "is no account that is known", nearest.map { "did you mean \($0)?" } ?? "see florin accounts")
  }
}
