import Amounts
public import Engine
import Ledger

/// DESIGN 4's worked example: a $50,000,000 building, 50,000,000 tokens at $1.00.
///
/// Rent 400,000 a month, 90 % of it = 360,000 = 0.0072 per token, record the last day of the month, paid the 1st. 500,000 tokens were
/// bought on 2024-01-10 for 500,000. January's rent (paid 1 February) came in full, February's was 3,000 instead of 3,600, March's is
/// missing, April's came. NAV goes to 1.10, the market to 0.98.
public enum Tower {
  /// The book on and after 2024-05-15.
  public static func make() -> BookMaker {
    var maker = BookMaker()
    maker.asset(
      "TOWR", .security, name: "Harbour Tower", currency: "USD",
      [
        .subtype: "real estate", .issuer: "Harbour SPV", .totalSupply: "50000000", .underlyingValue: "50000000",
        .incomePerYear: "4800000", .chain: "ethereum", .howey: "yes,yes,yes,yes", .standard: "ERC-1400", .exemption: "Reg D 506(c)",
      ])
    maker.event(.deposit, "2024-01-02", "Vault", "USD", "600000")
    maker.event(.buy, "2024-01-10", "Vault", "TOWR", "500000", price: "1", gross: "500000", "USD")
    maker.event(.dividend, "2024-02-01", "Vault", "TOWR", "500000", gross: "3600", "USD") { $0.extra = EventExtra.rent }
    maker.event(.dividend, "2024-03-01", "Vault", "TOWR", "500000", gross: "3000", "USD") { $0.extra = EventExtra.rent }
    maker.event(.dividend, "2024-05-01", "Vault", "TOWR", "500000", gross: "3600", "USD") { $0.extra = EventExtra.rent }
    for (record, pay) in [
      ("2024-01-31", "2024-02-01"), ("2024-02-29", "2024-03-01"), ("2024-03-31", "2024-04-01"), ("2024-04-30", "2024-05-01"),
    ] {
      maker.distribution("TOWR", "rent", record: record, pay: pay, "0.0072")
    }
    maker.plan(.policy, "TOWR", ["basis": "record", "frequency": "monthly", "day": "1", "share_of_income": "0.9", "currency": "USD"])
    var facts = NavFacts()
    facts.method = "appraisal"
    facts.appraiser = "Stone & Partners"
    facts.published = Day("2024-05-05")
    facts.supply = Decimal("50000000")
    facts.underlyingValue = Decimal("55000000")
    maker.quote(.nav, "2024-01-31", "TOWR", "1.00")
    maker.quote(.nav, "2024-04-30", "TOWR", "1.10", facts: facts)
    maker.quote(.close, "2024-05-14", "TOWR", "0.98")
    return maker
  }

  /// What booking it yields, worked by hand: 500,000 tokens for 500,000; cash 600,000 - 500,000 + 3,600 + 3,000 + 3,600 = 110,200.
  public static func booking(_ book: Book) -> Booking {
    let (usd, tower, vault) = (AssetID(1), AssetID(2), AccountID(1))
    var booking = Booking(base: book.settings.base)
    var cash = Position(asset: usd, account: vault)
    cash.quantity = number("110200")
    cash.cost = .unknown(.cash)
    var tokens = Position(asset: tower, account: vault)
    tokens.quantity = number("500000")
    tokens.cost = .known(Money(number("500000"), book.settings.base))
    tokens.costBase = number("500000")
    tokens.incomeBase = number("10200")
    tokens.lots = 1
    booking.positions = [cash, tokens]
    booking.lots = [
      OpenLot(
        asset: tower, account: vault, acquired: Instant(day: day("2024-01-10"), second: 43_200), quantity: number("500000"),
        cost: tokens.cost, costBase: .known(number("500000")), event: EventID(2), leg: 0, path: 0)
    ]
    for (event, gross, paid) in [(3, "3600", "2024-02-01"), (4, "3000", "2024-03-01"), (5, "3600", "2024-05-01")] {
      booking.receipts.append(
        Receipt(
          asset: tower, account: vault, kind: .dividend, subtype: "rent", time: Instant(day: day(paid), second: 43_200),
          entitled: number("500000"), gross: .known(Money(number(gross), book.settings.base)), tax: .zero, fee: .zero,
          grossBase: .known(number(gross)), taxBase: .known(.zero), feeBase: .known(.zero), event: EventID(Int64(event))))
    }
    return booking
  }
}

extension EventExtra {
  fileprivate static var rent: EventExtra {
    var extra = EventExtra()
    extra.subtype = "rent"
    return extra
  }
}
