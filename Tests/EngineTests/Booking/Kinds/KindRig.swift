import Amounts
import Engine
import Ledger
import TestSupport

/// Sets the less common facts of an event.
func extra(_ edit: @escaping (inout EventExtra) -> Void) -> (inout Event) -> Void {
  { event in
    var facts = event.extra ?? EventExtra()
    edit(&facts)
    event.extra = facts
  }
}

extension BookMaker {
  /// The position of an asset in an account.
  mutating func position(_ symbol: String, _ accountName: String = "Wallet") -> Position? {
    let (asset, place) = (id(symbol), account(accountName))
    return book.booked().positions.first { $0.asset == asset && $0.account == place }
  }

  /// The open lots of an asset, over all accounts.
  mutating func lots(_ symbol: String) -> [OpenLot] {
    let asset = id(symbol)
    return book.booked().lots.filter { $0.asset == asset }
  }

  /// The matched parts of an asset's disposals.
  mutating func pieces(_ symbol: String) -> [GainPiece] {
    let asset = id(symbol)
    return book.booked(pieces: true).pieces.filter { $0.asset == asset }
  }
}

extension BookMaker {
  /// What a person should look at, but for the cash that the purchases of a test take from nowhere.
  var issues: [BookingIssue] { book.booked().issues.filter { $0.kind != .negativeCash } }
}

/// The amounts of known figures.
func amounts(_ figures: [Figure<Money>]) -> [Decimal?] { figures.map { $0.value?.amount } }

/// Numbers that are known to be ones.
func numbers(_ texts: String...) -> [Decimal?] { texts.map { number($0) } }
