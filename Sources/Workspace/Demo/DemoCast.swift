import Amounts
import Ledger

/// Who plays in the demo: accounts and assets, all invented save for the two oldest coins.
enum DemoCast {
  static let bank = "Quayside Bank"
  static let broker = "Meridian Brokers"
  static let northgate = "Northgate Exchange"
  static let tidewater = "Tidewater Exchange"
  static let vault = "Cold Vault"
  static let platform = "Blockhaven"

  static let accounts: [AccountDraft] = [
    AccountDraft(name: bank, kind: "bank", venue: "Quayside Bank"),
    AccountDraft(name: broker, kind: "broker", venue: "Meridian"),
    AccountDraft(name: northgate, kind: "exchange", venue: "Northgate"),
    AccountDraft(name: tidewater, kind: "exchange", venue: "Tidewater"),
    AccountDraft(name: vault, kind: "wallet", venue: "Hardware wallet"),
    AccountDraft(name: platform, kind: "platform", venue: "Blockhaven"),
  ]

  /// The master data of every asset; dates inside it belong to the story.
  static func assets(_ calendar: DemoCalendar) -> [AssetDraft] {
    cash + coins + listed + tokens(calendar) + things
  }

  private static func asset(
    _ symbol: String, _ name: String, _ assetClass: AssetClass, _ currency: String, decimals: Int, _ cadence: Cadence,
    _ attributes: [AssetAttribute: String] = [:]
  ) -> AssetDraft {
    let hint = AssetHint(assetClass: assetClass, name: name, currency: currency, attributes: attributes)
    return AssetDraft(ref: AssetRef(symbol, hint), decimals: decimals, cadence: cadence)
  }

  private static let cash: [AssetDraft] = [
    asset("USD", "US dollar", .cash, "USD", decimals: 2, .business),
    asset("EUR", "Euro", .cash, "EUR", decimals: 2, .business),
    asset("CHF", "Swiss franc", .cash, "CHF", decimals: 2, .business),
  ]

  private static let coins: [AssetDraft] = [
    asset("DMK", "Dollarmark", .stablecoin, "USD", decimals: 6, .daily, [.chain: "ethereum", .issuer: "Dollarmark Trust"]),
    asset("BTC", "Bitcoin", .crypto, "EUR", decimals: 8, .daily, [.chain: "bitcoin"]),
    asset("ETH", "Ether", .crypto, "EUR", decimals: 8, .daily, [.chain: "ethereum"]),
    asset("HLX", "Helixchain", .crypto, "EUR", decimals: 6, .daily, [.chain: "helixchain", .tags: "staking"]),
    asset("NVA", "Novaline", .crypto, "USD", decimals: 6, .daily, [.chain: "novaline"]),
    asset("DRF", "Driftcoin", .crypto, "USD", decimals: 8, .daily, [.chain: "driftcoin"]),
    asset(
      "TIDE", "Tidewater Token", .utility, "USD", decimals: 8, .daily,
      [
        .chain: "ethereum", .issuer: "Tidewater Exchange", .network: "fee discounts on Tidewater", .governance: "no",
      ]),
    asset(
      "VLT", "Vaultstore", .utility, "USD", decimals: 6, .daily,
      [
        .chain: "ethereum", .network: "decentralised storage", .governance: "yes", .tags: "infrastructure",
      ]),
    asset(
      "GRD", "Gridmind Compute", .utility, "USD", decimals: 6, .daily, [.chain: "ethereum", .network: "compute hours", .governance: "yes"]),
    asset(
      "QRY", "Querypoint Oracle", .utility, "USD", decimals: 6, .daily,
      [
        .chain: "novaline", .network: "oracle requests", .governance: "yes", .howey: "yes,yes,no,yes",
      ]),
    asset("MOTE", "Mote", .utility, "USD", decimals: 6, .daily, [.chain: "ethereum", .network: "unknown", .riskNotes: "no market"]),
  ]

  private static let listed: [AssetDraft] = [
    asset(
      "GLB", "Globewide Equity Fund", .fund, "EUR", decimals: 4, .business, [.isin: "XF0000000017", .jurisdiction: "IE", .tags: "core"]),
    asset("ALD", "Aldine Paper", .stock, "EUR", decimals: 4, .business, [.isin: "XF0000000025", .jurisdiction: "DE"]),
    asset("BRK", "Brookwell Software", .stock, "USD", decimals: 4, .business, [.isin: "XF0000000033", .jurisdiction: "US"]),
    asset("CYG", "Cygnet Health", .stock, "CHF", decimals: 4, .business, [.isin: "XF0000000041", .jurisdiction: "CH"]),
    asset("CYL", "Cygnet Laboratories", .stock, "CHF", decimals: 4, .business, [.isin: "XF0000000058", .jurisdiction: "CH"]),
  ]

  private static let things: [AssetDraft] = [
    asset(
      "LIGHT42", "Lighthouse Keepers no. 42", .collectible, "USD", decimals: 0, .quarterly,
      [
        .chain: "ethereum", .contract: "0x4c69676874486f7573654b65657065727300000a", .tokenID: "42",
      ]),
    asset("GOLDBAR", "Gold bar, 100 g", .other, "EUR", decimals: 0, .monthly, [.location: "safe deposit box", .tags: "core"]),
  ]

  private static func tokens(_ calendar: DemoCalendar) -> [AssetDraft] {
    func token(
      _ symbol: String, _ name: String, _ subtype: String, _ currency: String, _ cadence: Cadence, _ more: [AssetAttribute: String]
    ) -> AssetDraft {
      let shared: [AssetAttribute: String] = [.subtype: subtype, .chain: "ethereum", .standard: "ERC-3643", .venue: "Blockhaven Market"]
      return asset(symbol, name, .security, currency, decimals: 6, cadence, shared.merging(more) { _, given in given })
    }
    return [
      token(
        "HARB", "Harborview Tower", "real estate", "USD", .quarterly,
        [
          .issuer: "Harborview Realty", .vehicle: "Harborview Tower SPV", .underlying: "office tower, 31 floors",
          .underlyingValue: "50000000",
          .underlyingDebt: "0", .totalSupply: "50000000", .issuePrice: "1", .issueDate: calendar.day(22, 1).description,
          .exemption: "Reg D 506(c)",
          .reportingIssuer: "no", .distributionPolicy: "90 % of rent, monthly", .jurisdiction: "US", .howey: "yes,yes,yes,yes",
          .voting: "none",
          .riskNotes: "one property, one city",
        ]),
      token(
        "OAKM", "Oakmere Residences", "real estate", "EUR", .monthly,
        [
          .issuer: "Oakmere Living", .vehicle: "Oakmere SPV", .underlying: "64 apartments", .totalSupply: "1200000", .issuePrice: "10",
          .exemption: "Reg S category 3", .jurisdiction: "NL", .howey: "yes,yes,yes,yes", .standard: "ERC-1404",
        ]),
      token(
        "SOLB", "Solbridge Solar Note", "debt", "USD", .monthly,
        [
          .issuer: "Solbridge Energy", .face: "100", .coupon: "0.065", .maturity: calendar.day(78, 15).description, .dayCount: "30/360",
          .seniority: "senior secured", .rating: "unrated", .exemption: "Reg S category 2", .jurisdiction: "US",
        ]),
      token(
        "VENT", "Ventana Growth Fund I", "venture fund", "USD", .quarterly,
        [
          .issuer: "Ventana Capital", .totalSupply: "4000000", .issuePrice: "10", .exemption: "Reg D 506(b)", .reportingIssuer: "no",
          .jurisdiction: "US", .howey: "yes,yes,yes,yes", .standard: "ERC-1400",
        ]),
      token(
        "AURM", "Aurum Vault Gram", "commodity", "USD", .daily,
        [
          .issuer: "Aurum Vault", .underlying: "1 g of allocated gold", .totalSupply: "2500000", .jurisdiction: "CH", .standard: "ERC-20",
        ]),
      token(
        "CARB", "Verdana Carbon 2030", "carbon credit", "EUR", .monthly,
        [
          .issuer: "Verdana Forests", .underlying: "one tonne of CO2", .totalSupply: "800000", .jurisdiction: "PT", .standard: "ERC-1155",
        ]),
      token(
        "PICT", "The Canal at Dusk", "art", "USD", .quarterly,
        [
          .issuer: "Gallery Nine", .underlying: "oil on canvas, 1887", .totalSupply: "20000", .issuePrice: "25", .exemption: "Reg A+",
          .jurisdiction: "US",
        ]),
      token(
        "TBIL", "Crestline Treasury Fund", "treasury", "USD", .monthly,
        [
          .issuer: "Crestline Asset Management", .underlying: "treasury bills", .jurisdiction: "US",
          .distributionPolicy: "daily accrual, paid monthly",
        ]),
      token(
        "ROBO", "Privet Robotics, preferred", "private equity", "USD", .quarterly,
        [
          .issuer: "Privet Robotics", .totalSupply: "9000000", .shareClass: "Series B preferred",
          .liquidationPreference: "1x non-participating",
          .exemption: "Reg D 506(c)", .reportingIssuer: "no", .jurisdiction: "US", .voting: "one vote per token", .howey: "yes,yes,yes,yes",
        ]),
      token(
        "KEST", "Kestrel Song Royalties", "revenue share", "USD", .monthly,
        [
          .issuer: "Kestrel Music", .underlying: "royalties of 214 songs", .totalSupply: "3000000", .exemption: "Reg CF",
          .jurisdiction: "US",
        ]),
      token(
        "FIBR", "Norden Fibre", "infrastructure", "EUR", .monthly,
        [
          .issuer: "Norden Fibre", .underlying: "6,200 km of fibre", .totalSupply: "5000000", .exemption: "Reg S category 1",
          .jurisdiction: "SE",
        ]),
    ]
  }
}
