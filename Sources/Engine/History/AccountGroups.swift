public import Ledger

/// Which accounts are looked at together, and which are outside.
public struct AccountGroups: Sendable {
  /// How many groups there are.
  public let count: Int
  /// By account id: its group, or -1.
  private let places: [Int32]
  /// The group of an account that is not known, and of what happens in no account.
  private let elsewhere: Int32

  /// Every account in one group.
  public static let all = AccountGroups(count: 1, places: [], elsewhere: 0)

  /// The chosen accounts in one group, all others outside.
  public init(only accounts: Set<AccountID>) {
    var places: [Int32] = []
    for account in accounts { AccountGroups.set(account, 0, &places) }
    self.init(count: 1, places: places, elsewhere: -1)
  }

  /// Every account in the group of its place in a list of sets; those in none are outside.
  public init(_ sets: [Set<AccountID>]) {
    var places: [Int32] = []
    for (group, accounts) in sets.enumerated() {
      for account in accounts { AccountGroups.set(account, Int32(group), &places) }
    }
    self.init(count: sets.count, places: places, elsewhere: -1)
  }

  /// What is in view: everything, or the accounts in view.
  init(viewOf book: Book, _ accounts: Set<AccountID>? = nil) {
    self = (accounts ?? book.view).map { AccountGroups(only: $0) } ?? .all
  }

  private init(count: Int, places: [Int32], elsewhere: Int32) {
    self.count = count
    self.places = places
    self.elsewhere = elsewhere
  }

  private static func set(_ account: AccountID, _ group: Int32, _ places: inout [Int32]) {
    let index = Int(account.raw)
    guard index >= 0 else { return }
    if index >= places.count { places += [Int32](repeating: -1, count: index + 1 - places.count) }
    places[index] = group
  }

  /// Whether no account is outside.
  var isAll: Bool { elsewhere == 0 }

  /// The group of an account id; negative when it is outside.
  @inline(__always)
  subscript(account: Int32) -> Int { Int(places.indices.contains(Int(account)) ? places[Int(account)] : elsewhere) }
}
