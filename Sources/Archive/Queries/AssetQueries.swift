import Amounts
public import Ledger

extension Database {
  /// Makes an asset and returns its permanent id.
  ///
  /// - Parameter number: the id it gets, which no asset may have yet; 0 is the next free one.
  public func insertAsset(symbol: String, number: Int32 = 0) throws(ArchiveError) -> AssetID {
    let row = try statement("INSERT INTO asset (id, symbol) VALUES (nullif(?, 0), ?)")
    row.bind(1, Int64(number))
    row.bind(2, symbol)
    try row.execute()
    return AssetID(Int32(truncatingIfNeeded: lastInsertedID))
  }

  /// Whether an id was ever given to an asset.
  public func isGiven(_ asset: AssetID) throws(ArchiveError) -> Bool {
    let row = try statement("SELECT 1 FROM asset WHERE id = ?")
    row.bind(1, Int64(asset.raw))
    return try row.first { (_) throws(ArchiveError) in true } ?? false
  }

  /// Stores a fact about an asset that came with a batch: `class`, `symbol`, `name`, `currency`, `decimals`, `cadence`, `mode`, or an attribute.
  public func setFact(_ key: String, _ value: String, of asset: AssetID, batch: BatchID) throws(ArchiveError) {
    let row = try statement("INSERT OR REPLACE INTO asset_fact (asset, key, batch, value) VALUES (?, ?, ?, ?)")
    row.bind(1, Int64(asset.raw))
    row.bind(2, key)
    row.bind(3, batch.raw)
    row.bind(4, value)
    try row.execute()
  }

  /// The assets that applied batches speak of, by id; of several values of one fact the latest counts.
  ///
  /// Where the only batch that told the class was taken back, the class it told still is the best there is.
  public func assets() throws(ArchiveError) -> [AssetID: Asset] {
    var found: [AssetID: Asset] = [:]
    var alive: Set<AssetID> = []
    try statement(
      """
      SELECT a.id, a.symbol, f.key, f.value, b.state FROM asset a JOIN asset_fact f ON f.asset = a.id JOIN batch b ON b.id = f.batch
      WHERE b.state = 0 OR f.key = 'class' ORDER BY a.id, f.key, b.state DESC, f.batch
      """
    ).forEach { (row) throws(ArchiveError) in
      let id = AssetID(Int32(truncatingIfNeeded: row.int(0)))
      if row.int(4) == 0 { alive.insert(id) }
      var asset = found[id] ?? Asset(id: id, symbol: row.text(1), assetClass: .other)
      let value = row.text(3)
      let key = row.text(2)
      switch key {
      case "class": asset.assetClass = AssetClass(rawValue: value) ?? .other
      case "symbol": asset.symbol = value
      case "name": asset.name = value
      case "currency": asset.currency = value
      case "decimals": asset.decimals = Int(value)
      case "cadence": asset.cadence = Cadence(rawValue: value)
      case "mode": asset.mode = ValuationMode(rawValue: value)
      default: if let attribute = AssetAttribute(rawValue: key) { asset.attributes[attribute] = value.isEmpty ? nil : value }
      }
      found[id] = asset
    }
    return found.filter { alive.contains($0.key) }
  }

  /// Every asset id ever given, with its symbol, whether or not an applied batch speaks of it.
  public func assetSymbols() throws(ArchiveError) -> [(id: AssetID, symbol: String)] {
    var found: [(AssetID, String)] = []
    try statement("SELECT id, symbol FROM asset ORDER BY id").forEach { (row) throws(ArchiveError) in
      found.append((AssetID(Int32(truncatingIfNeeded: row.int(0))), row.text(1)))
    }
    return found
  }

  /// Facts that identify assets, of all batches: (asset, key, value) for the given keys.
  public func identifyingFacts(_ keys: [AssetAttribute]) throws(ArchiveError) -> [(asset: AssetID, key: AssetAttribute, value: String)] {
    var found: [(AssetID, AssetAttribute, String)] = []
    for key in keys {
      let row = try statement("SELECT asset, value FROM asset_fact WHERE key = ? ORDER BY asset, batch")
      row.bind(1, key.rawValue)
      try row.forEach { (row) throws(ArchiveError) in found.append((AssetID(Int32(truncatingIfNeeded: row.int(0))), key, row.text(1))) }
    }
    return found
  }

  /// What an earlier answer said a source's name means.
  public func aliases(source: String) throws(ArchiveError) -> [String: AssetID] {
    var found: [String: AssetID] = [:]
    let row = try statement("SELECT name, asset FROM asset_alias WHERE source = ?")
    row.bind(1, source)
    try row.forEach { (row) throws(ArchiveError) in found[row.text(0)] = AssetID(Int32(truncatingIfNeeded: row.int(1))) }
    return found
  }

  /// Remembers what a source's name means.
  public func setAlias(source: String, name: String, asset: AssetID) throws(ArchiveError) {
    let row = try statement("INSERT OR REPLACE INTO asset_alias (source, name, asset) VALUES (?, ?, ?)")
    row.bind(1, source)
    row.bind(2, name)
    row.bind(3, Int64(asset.raw))
    try row.execute()
  }

  // MARK: Settings

  /// All settings.
  public func settings() throws(ArchiveError) -> [String: String] {
    var found: [String: String] = [:]
    try statement("SELECT key, value FROM setting").forEach { (row) throws(ArchiveError) in found[row.text(0)] = row.text(1) }
    return found
  }

  /// Stores a setting.
  public func set(_ key: String, _ value: String) throws(ArchiveError) {
    let row = try statement("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)")
    row.bind(1, key)
    row.bind(2, value)
    try row.execute()
  }

  /// Counts the changes of the facts; 0 in a new database.
  public func generation() throws(ArchiveError) -> Int64 {
    try statement("SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'generation'").first { (row) throws(ArchiveError) in row.int(0) }
      ?? 0
  }

  /// Notes that the facts have changed.
  public func advanceGeneration() throws(ArchiveError) {
    try set("generation", String(try generation() + 1))
  }
}
