public import Amounts
public import Engine
public import Ledger

/// An asset with the name people know it by.
public struct AssetLabel: Hashable, Sendable {
  /// Its id.
  public var id: AssetID
  /// The ticker when it is unique, else `TICKER~id`. May hold hostile text from files: clean it before a terminal sees it.
  public var text: String

  /// A labelled asset.
  public init(id: AssetID, text: String) {
    self.id = id
    self.text = text
  }

  /// Byte order of the label, then id.
  public static func precedes(_ a: AssetLabel, _ b: AssetLabel) -> Bool {
    a.text == b.text ? a.id < b.id : a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

/// An account with its name.
public struct AccountLabel: Hashable, Sendable {
  /// Its id.
  public var id: AccountID
  /// Its name.
  public var text: String

  /// A labelled account.
  public init(id: AccountID, text: String) {
    self.id = id
    self.text = text
  }
}

/// The names of a book's assets and accounts, made once for a whole report.
public struct Names: Sendable {
  private let assets: [AssetID: String]
  private let accounts: [AccountID: String]

  /// The names in a book.
  public init(_ book: Book) {
    assets = book.labels
    accounts = book.accounts.mapValues(\.name)
  }

  /// An asset's label.
  public func asset(_ id: AssetID) -> AssetLabel { AssetLabel(id: id, text: assets[id] ?? "~\(id.raw)") }
  /// An account's name.
  public func account(_ id: AccountID) -> AccountLabel { AccountLabel(id: id, text: accounts[id] ?? "~\(id.raw)") }
  /// A currency's code.
  public func currency(_ currency: Currency) -> String { asset(AssetID(currency)).text }
  /// The code of a figure's currency; nil when it is unknown.
  public func currency(_ figure: Figure<Money>) -> String? { figure.value.map { currency($0.currency) } }
  /// The code of a price's currency; nil when it is unknown.
  public func currency(_ figure: Figure<Price>) -> String? { figure.value.map { currency($0.currency) } }
}
