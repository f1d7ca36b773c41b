import Amounts
import Ledger

// RealT's public list of its property tokens (api.realt.community/v1/token, and the older file with nested objects). Each token is a share
// of a company that owns one house: master data, the price RealT states as value per token, and the income it states per token and year.
// Rent accrues daily and is paid weekly. The list has no date of its own; newer entries say when they were updated.
extension ExportFormat {
  static let realtTokens = ExportFormat(
    id: "realt.tokens.v1", title: "RealT token list", account: "RealT",
    shapes: [
      JSONHeader(
        rows: ["[]"], required: ["[].token.id", "[].token.supply", "[].token.value", "[].return.perYear"], optional: RealT.olderPaths),
      JSONHeader(rows: ["[]"], required: ["[].fullName", "[].symbol", "[].tokenPrice", "[].uuid"], optional: RealT.newerPaths),
    ],
    leavesOut: [
      LeftOut(["[].uuid", "[].shortName", "[].property.shortName"], "another name; contracts and ticker identify the token"),
      LeftOut(
        ["[].return.apr", "[].return.perMonth", "[].annualPercentageYield"], "worked out from the rent of a year and the price of a token"),
      LeftOut(
        [
          "[].token.from", "[].token.uniswap", "[].secondaryMarketplaces", "[].property.images", "[].property.location.lat",
          "[].property.location.lng", "[].lastUpdate.timezone", "[].lastUpdate.timezone_type", "[].blockchainAddresses.*",
        ], "how the issuer runs the token: wallets, pools, pictures, other chains without a contract of the token"),
    ],
    decoding: .eachRow(RealT.token))
}

enum RealT {
  fileprivate static let olderPaths =
    [
      "token.name", "return.perDay", "property.name", "property.url", "property.location.city", "property.location.state",
      "property.location.country", "blockchainAddresses.ethereum.contract", "blockchainAddresses.xDai.contract",
    ].map { "[]." + $0 }
  fileprivate static let newerPaths =
    [
      "currency", "ethereumContract", "gnosisContract", "xDaiContract", "totalTokens", "underlyingAssetPrice", "netRentDayPerToken",
      "netRentYearPerToken", "marketplaceLink", "lastUpdate.date",
    ].map { "[]." + $0 }

  /// A token in words of either generation.
  private struct Token {
    var symbol: String
    var name: String
    var contracts: [(chain: String, address: String)]
    var supply: Decimal?
    var price: Decimal
    var perYear: Decimal?
    var perDay: Decimal?
    var place: String
    var country: String?
    var document: String?
    var updated: Day?
    var underlying: Decimal?
    var currency: String
  }

  static func token(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let token = row.has("token.id") ? try older(row) : try newer(row)
    let ref = AssetRef(token.symbol, hint(token))
    var facts: [Fact] = [.asset(AssetDraft(ref: ref, decimals: 18, cadence: .yearly))]
    let money = KnownMoney.asset(token.currency)
    if let day = token.updated ?? file.day {
      var quote = QuoteDraft(day: day, asset: ref, currency: money, price: token.price, kind: .nav)
      var nav = NavFacts()
      nav.method = "issuer estimate"
      nav.document = token.document
      nav.supply = token.supply
      nav.underlyingValue = token.underlying
      nav.totalNav = token.supply.flatMap { try? $0.multiplied(by: token.price) }
      quote.nav = nav
      quote.source = "RealT"
      facts.append(.quote(quote))
    } else {
      file.note(row.line, "the list states no date, so the value \(token.price) of \(token.symbol) is left out")
    }
    if let perDay = token.perDay, perDay.isPositive {
      var cells = ["basis": "daily", "frequency": "weekly", "amount_per_token": "\(perDay)", "currency": token.currency]
      if let day = token.updated ?? file.day { cells["from"] = "\(day)" }
      facts.append(.plan(PlanDraft(kind: .policy, asset: ref, cells: cells)))
    }
    return .facts(facts)
  }

  private static func hint(_ token: Token) -> AssetHint {
    var attributes: [AssetAttribute: String] = [
      .subtype: "real estate", .issuer: "RealT", .standard: "ERC-20", .underlying: token.name, .tags: "rent",
      .venue: "RealT",
    ]
    // The same token on another chain has a contract of its own there.
    attributes[.contract] = token.contracts.enumerated().map {
      $0.offset == 0 ? $0.element.address : "\($0.element.chain):\($0.element.address)"
    }
    .joined(separator: " ")
    attributes[.chain] = token.contracts.first?.chain
    attributes[.totalSupply] = token.supply.map { "\($0)" }
    attributes[.incomePerYear] = token.perYear.map { "\($0)" }
    attributes[.underlyingValue] = token.underlying.map { "\($0)" }
    attributes[.location] = token.place.isEmpty ? nil : token.place
    attributes[.country] = token.country
    attributes[.document] = token.document
    attributes[.distributionPolicy] = token.perYear == nil ? nil : "rent accrues daily, paid weekly"
    return AssetHint(assetClass: .security, name: token.name, currency: token.currency, attributes: attributes)
  }

  /// Chains by Florin's names, the one most holders use first.
  private static let chains = [("xDai", "gnosis"), ("ethereum", "ethereum")]

  private static func older(_ row: Row) throws(RowProblem) -> Token {
    var contracts: [(chain: String, address: String)] = []
    for (key, chain) in chains {
      if let address = address(row.raw("blockchainAddresses.\(key).contract")) { contracts.append((chain, address)) }
    }
    if contracts.isEmpty, let address = address(try row.text("token.id")) { contracts.append(("ethereum", address)) }
    let place = ["city", "state", "country"].compactMap { row.optionalText("property.location." + $0) }.joined(separator: ", ")
    return Token(
      symbol: try row.text("token.name"), name: row.optionalText("property.name") ?? row.raw("token.name"), contracts: contracts,
      supply: try row.nonZeroDecimal("token.supply"), price: try row.decimal("token.value"),
      perYear: try row.optionalDecimal("return.perYear"),
      perDay: try row.optionalDecimal("return.perDay"), place: place, country: row.optionalText("property.location.country"),
      document: row.optionalText("property.url"), currency: "USD")
  }

  private static func newer(_ row: Row) throws(RowProblem) -> Token {
    var contracts: [(chain: String, address: String)] = []
    for (key, chain) in [("gnosisContract", "gnosis"), ("xDaiContract", "gnosis"), ("ethereumContract", "ethereum")] {
      if let address = address(row.raw(key)), !contracts.contains(where: { $0.chain == chain }) { contracts.append((chain, address)) }
    }
    let perYear = try row.optionalDecimal("netRentYearPerToken")
    let perDay = try row.optionalDecimal("netRentDayPerToken") ?? perYear.flatMap { try? $0.divided(by: 365) }
    let updated = row.optionalText("lastUpdate.date").flatMap { Day($0.prefix(10)) }
    return Token(
      symbol: try row.text("symbol"), name: try row.text("fullName"), contracts: contracts, supply: try row.nonZeroDecimal("totalTokens"),
      price: try row.decimal("tokenPrice"), perYear: perYear, perDay: perDay, place: "", document: row.optionalText("marketplaceLink"),
      updated: updated, underlying: try row.nonZeroDecimal("underlyingAssetPrice"), currency: row.optionalText("currency") ?? "USD")
  }

  /// A contract address; the list writes 0 where there is none.
  private static func address(_ text: String) -> String? { text.hasPrefix("0x") && text.count == 42 ? text : nil }
}
