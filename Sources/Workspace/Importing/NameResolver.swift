import Amounts
import Archive
import Importers
import Ledger

/// Finds the assets and accounts that a file names, and makes those that are new.
///
/// An asset is recognised by chain and contract, ISIN, CUSIP or FIGI, by what an earlier answer said about the source's name, or by
/// its ticker when no identifier contradicts. One resolver serves one import; its answers are kept by name.
final class NameResolver {
  private let database: Database
  private let batch: BatchID
  private let source: String
  private let guess: AssetClass
  private var known: [AssetRef: AssetID] = [:]
  private var bySymbol: [String: [AssetID]] = [:]
  private var byIdentifier: [String: AssetID] = [:]
  private var identifiers: [AssetID: Set<String>] = [:]
  /// Who lives at an address on some chain; nil where several do.
  private var byAddress: [String: AssetID?] = [:]
  /// Assets whose only name is an address, by it.
  private var nameless: [String: AssetID] = [:]
  /// The chain and contracts as they are stored, so that another one is added to them.
  private var places: [AssetID: (chain: String, contract: String)] = [:]
  private var alive: Set<AssetID>
  private var aliases: [String: AssetID]
  /// Accounts by what the user calls them, and every id ever given by what files call it.
  private var accounts: [String: Account] = [:]
  private var accountNames: [String: AccountID]
  private var aliveAccounts: [AccountID: Account]
  private var usedAccounts: Set<AccountID> = []
  /// The assets that got the numbers an export gave them.
  private var numbered: Set<AssetID> = []
  /// What the files of an export call assets whose numbers were taken.
  private let labels: [String: AssetID]
  /// Facts set by this batch, so that a token list with thousands of rows writes each once.
  private var written: Set<String> = []

  /// - Parameters:
  ///   - source: the format's id; aliases are remembered by its exporter.
  ///   - guess: the class of an asset of which the file says nothing.
  ///   - labels: what the files of an export call assets whose numbers were taken.
  init(
    _ database: Database, batch: BatchID, source: String, guess: AssetClass, labels: [String: AssetID] = [:]
  ) throws(ArchiveError) {
    self.labels = labels
    self.database = database
    self.batch = batch
    self.source = source
    self.guess = guess
    aliases = try database.aliases(source: source)
    let known = try database.assets()
    alive = Set(known.keys)
    for (id, symbol) in try database.assetSymbols() {
      bySymbol[symbol, default: []].append(id)
      // What the user calls it means it too.
      let called = known[id]?.symbol ?? symbol
      if called != symbol { bySymbol[called, default: []].append(id) }
      if called.utf8.count >= 42, let address = NameResolver.address(called) { nameless[address] = id }
    }
    aliveAccounts = try database.accounts()
    accountNames = try database.accountNames()
    for account in aliveAccounts.values { accounts[account.name] = account }
    let facts = try database.identifyingFacts([.chain, .contract, .tokenID, .isin, .cusip, .figi])
    var attributes: [AssetID: [AssetAttribute: String]] = [:]
    for (asset, key, value) in facts { attributes[asset, default: [:]][key] = value }
    for (asset, values) in attributes {
      remember(NameResolver.identifiers(values), asset)
      places[asset] = (values[.chain] ?? "", values[.contract] ?? "")
    }
  }

  /// An address on a chain of Ethereum's kind, in lower case; nil for any other word.
  private static func address(_ word: some StringProtocol) -> String? {
    let text = word.split(separator: ":").last.map { $0.lowercased() } ?? ""
    return text.utf8.count == 42 && text.hasPrefix("0x") && text.dropFirst(2).allSatisfy(\.isHexDigit) ? text : nil
  }

  /// What identifies an asset beyond its ticker: scheme and value.
  private static func identifiers(_ attributes: [AssetAttribute: String]) -> Set<String> {
    var found: Set<String> = []
    // One asset may live on several chains: `0xab... ethereum:0xcd...`.
    for contract in (attributes[.contract] ?? "").lowercased().split(separator: " ") {
      let place = contract.contains(":") ? String(contract) : "\(attributes[.chain]?.lowercased() ?? ""):\(contract)"
      found.insert("contract:\(place):\(attributes[.tokenID] ?? "")")
    }
    for key in [AssetAttribute.isin, .cusip, .figi] {
      if let value = attributes[key] { found.insert("\(key.rawValue):\(value.uppercased())") }
    }
    return found
  }

  private func remember(_ new: Set<String>, _ asset: AssetID) {
    identifiers[asset, default: []].formUnion(new)
    for identifier in new {
      byIdentifier[identifier] = asset
      guard identifier.hasPrefix("contract:"), identifier.hasSuffix(":") else { continue }
      guard let address = NameResolver.address(identifier.dropLast()) else { continue }
      byAddress[address] = byAddress[address].map { $0 == asset ? asset : nil } ?? asset
    }
  }

  /// The asset a file means. Nil when several bear the ticker and nothing tells them apart.
  func asset(_ ref: AssetRef) throws(ArchiveError) -> AssetID? {
    if let found = known[ref] { return found }
    guard let found = try find(ref) else { return nil }
    known[ref] = found
    try describe(found, ref)
    return found
  }

  private func find(_ ref: AssetRef) throws(ArchiveError) -> AssetID? {
    if let found = labels[ref.symbol] { return found }
    if let found = NameResolver.labelledID(ref.symbol), alive.contains(found) { return found }
    let wanted = NameResolver.identifiers(ref.hint?.attributes ?? [:])
    for identifier in wanted.sorted() {
      if let found = byIdentifier[identifier] { return found }
    }
    if let found = aliases[ref.symbol] { return found }
    if let found = housed(ref) { return found }
    // A ticker is enough unless an identifier of the same scheme says otherwise.
    let bearers = (bySymbol[ref.symbol] ?? []).filter { candidate in
      let theirs = identifiers[candidate] ?? []
      return !wanted.contains { mine in
        guard let scheme = mine.split(separator: ":").first else { return false }
        return theirs.contains { $0.hasPrefix(scheme + ":") }
      }
    }
    let living = bearers.filter { alive.contains($0) }
    if living.count > 1 { return nil }
    if let only = living.first ?? bearers.first {
      remember(wanted, only)
      return only
    }
    let made = try database.insertAsset(symbol: ref.symbol)
    bySymbol[ref.symbol, default: []].append(made)
    if ref.symbol.utf8.count >= 42, let address = NameResolver.address(ref.symbol) { nameless[address] = made }
    remember(wanted, made)
    return made
  }

  /// The asset at the address that a file writes for its ticker, or that another file called by one of the addresses this one tells.
  private func housed(_ ref: AssetRef) -> AssetID? {
    if ref.symbol.utf8.count >= 42, let address = NameResolver.address(ref.symbol) { return byAddress[address] ?? nil }
    guard let contracts = ref.hint?.attributes[.contract] else { return nil }
    for contract in contracts.split(separator: " ") {
      guard let address = NameResolver.address(contract), let bearer = nameless[address], alive.contains(bearer) else { continue }
      remember(NameResolver.identifiers(ref.hint?.attributes ?? [:]), bearer)
      bySymbol[ref.symbol, default: []].append(bearer)
      return bearer
    }
    return nil
  }

  /// `SYMBOL~id`, as reports label assets that share a ticker.
  private static func labelledID(_ symbol: String) -> AssetID? {
    guard let tilde = symbol.lastIndex(of: "~"), let id = Int32(symbol[symbol.index(after: tilde)...]) else { return nil }
    return AssetID(id)
  }

  /// Writes down what the file tells about an asset; a class that is only guessed is not written over one that is known.
  private func describe(_ asset: AssetID, _ ref: AssetRef) throws(ArchiveError) {
    let isNew = !alive.contains(asset)
    if isNew { alive.insert(asset) }
    // The asset is there as long as one batch that uses it is applied.
    try fact("seen", "", asset)
    if let stated = ref.hint?.assetClass {
      try fact("class", stated.rawValue, asset)
    } else if isNew {
      let kind =
        ref.hint?.likely ?? (KnownMoney.isFiat(ref.symbol) ? .cash : KnownMoney.isStablecoin(ref.symbol) ? .stablecoin : guess)
      try fact("class", kind.rawValue, asset)
    }
    if isNew, ref.hint?.currency == nil, let peg = KnownMoney.peg(of: ref.symbol) {
      try fact("currency", peg, asset)
      _ = try self.asset(AssetRef(peg))
    }
    guard let hint = ref.hint else { return }
    if let name = hint.name, !name.isEmpty { try fact("name", name, asset) }
    if let currency = hint.currency, !currency.isEmpty { try fact("currency", currency, asset) }
    if hint.attributes[.contract] != nil, NameResolver.address(ref.symbol) == nil, nameless.values.contains(asset) {
      try fact("symbol", ref.symbol, asset)
    }
    for (key, value) in hint.attributes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !value.isEmpty {
      if key == .chain || key == .contract { continue }
      try fact(key.rawValue, value, asset)
    }
    try describePlace(asset, hint)
  }

  /// Chain and contracts: another chain or contract is added to those that are known, never put in their place.
  private func describePlace(_ asset: AssetID, _ hint: AssetHint) throws(ArchiveError) {
    let (chain, contract) = (hint.attributes[.chain] ?? "", hint.attributes[.contract] ?? "")
    if chain.isEmpty, contract.isEmpty { return }
    let stored = places[asset] ?? ("", "")
    var place = stored
    if stored.contract.isEmpty {
      place = (chain.isEmpty ? stored.chain : chain, contract)
    } else {
      func placed(_ contract: String, _ chain: String) -> [String] {
        contract.split(separator: " ").map { $0.contains(":") || chain.isEmpty ? String($0) : "\(chain):\($0)" }
      }
      let known = Set(placed(stored.contract, stored.chain).map { $0.lowercased() })
      for more in placed(contract, chain) where !known.contains(more.lowercased()) {
        // On the chain that the first contract is on, the address alone says it.
        let isHome = !stored.chain.isEmpty && more.lowercased().hasPrefix(stored.chain.lowercased() + ":")
        place.contract += " " + (isHome ? String(more.dropFirst(stored.chain.count + 1)) : more)
      }
      if stored.chain.isEmpty, !chain.isEmpty, known.contains(contract.lowercased()) { place.chain = chain }
    }
    places[asset] = place
    if !place.chain.isEmpty { try fact(AssetAttribute.chain.rawValue, place.chain, asset) }
    if !place.contract.isEmpty { try fact(AssetAttribute.contract.rawValue, place.contract, asset) }
  }

  private func fact(_ key: String, _ value: String, _ asset: AssetID) throws(ArchiveError) {
    if written.insert("\(asset.raw) \(key) \(value)").inserted { try database.setFact(key, value, of: asset, batch: batch) }
  }

  /// The asset that master data is about. One that an export numbered gets that number where it is new and the number is free; two
  /// of one ticker stay two.
  private func asset(_ draft: AssetDraft) throws(ArchiveError) -> AssetID? {
    let id = AssetID(draft.number)
    let isThere = (bySymbol[draft.ref.symbol] ?? []).contains { !numbered.contains($0) }
    if draft.number == 0 || isThere { return try asset(draft.ref) }
    if try !database.isGiven(id) {
      let made = try database.insertAsset(symbol: draft.ref.symbol, number: draft.number)
      bySymbol[draft.ref.symbol, default: []].append(made)
      remember(NameResolver.identifiers(draft.ref.hint?.attributes ?? [:]), made)
      numbered.insert(made)
      known[draft.ref] = made
      try describe(made, draft.ref)
      return made
    }
    return try asset(draft.ref)
  }

  /// Stores master data.
  func store(_ draft: AssetDraft) throws(ArchiveError) -> AssetID? {
    guard let asset = try asset(draft) else { return nil }
    if let mode = draft.mode { try fact("mode", mode.rawValue, asset) }
    if let decimals = draft.decimals { try fact("decimals", String(decimals), asset) }
    if let cadence = draft.cadence { try fact("cadence", cadence.rawValue, asset) }
    return asset
  }

  /// The account of this name, made when it is new: what the user calls it, else what files call it.
  func account(_ name: String) throws(ArchiveError) -> AccountID {
    if let found = accounts[name] {
      try use(found.id)
      return found.id
    }
    let id: AccountID
    if let known = accountNames[name] { id = known } else { id = try database.insertAccount(name: name) }
    accountNames[name] = id
    accounts[name] = aliveAccounts[id] ?? Account(id: id, name: name)
    try use(id)
    return id
  }

  /// Notes that this batch uses an account; it is there as long as one batch that uses it is applied.
  private func use(_ id: AccountID) throws(ArchiveError) {
    if !usedAccounts.insert(id).inserted { return }
    try database.setFact("seen", "", of: id, batch: batch)
    if aliveAccounts[id] == nil { try database.setFact("kind", "", of: id, batch: batch) }
  }

  /// Stores what a file tells about an account.
  func store(_ draft: AccountDraft) throws(ArchiveError) {
    let id = try account(draft.name)
    for (key, value) in [("kind", draft.kind), ("venue", draft.venue), ("portfolio", draft.portfolio)] where !value.isEmpty {
      try database.setFact(key, value, of: id, batch: batch)
    }
  }
}
