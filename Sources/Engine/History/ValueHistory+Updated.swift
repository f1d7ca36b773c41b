import Amounts
public import Ledger

extension ValueHistory {
  /// The same history after a change of the facts: only the assets that the change touches are valued anew.
  ///
  /// Their old days are taken out of the sums and the new ones added; sums of decimals are exact, so the result is that of a history
  /// made from scratch. Where that cannot be told cheaply (a rate changed, the base currency, everything) it is made from scratch.
  ///
  /// - Parameters:
  ///   - book: the facts after the change, in the same view, valued up to the same day.
  ///   - change: what came and went since this history was made.
  /// - Complexity: the days of the touched assets; one look at every event where units changed by a ratio, or where assets are held
  ///   before their first quote.
  public func updated(to book: Book, after change: LedgerChange) -> ValueHistory {
    guard !change.everything, !points.isEmpty, basis.groups.isAll, book.view == nil, !basis.isReadOtherwise(book),
      !basis.changesMoney(book, change),
      let first = QuantitySteps.firstDay(of: book, upTo: basis.last)
    else {
      return ValueHistory(book, QuantitySteps.by(basis.groups, book, upTo: basis.last)[0], basis.groups, upTo: basis.last)
    }
    var (removed, added) = (EventTable(), EventTable())
    for event in change.events {
      if let before = event.before { removed.append(before) }
      if let after = event.after { added.append(after) }
    }
    var touched = change.quotes.union(basis.changedAssets(book))
    for table in [removed, added] {
      for index in table.indices { touched.formUnion(ValueHistory.assets(of: index, table)) }
    }
    let (steps, followedAnew) = basis.steps.updated(to: book, removed: removed, added: added, touched: touched, upTo: basis.last)
    touched.formUnion(followedAnew)
    let next = basis.updated(book, steps, quotesChanged: !change.quotes.isEmpty, &touched)
    var part = HistoryPart(self)
    part.totals.begin(on: min(first, part.totals.first))
    for asset in touched.sorted() {
      part.add(asset, basis, sign: -1)
      part.add(asset, next)
    }
    part.totals.drop(before: first)
    return ValueHistory(part, next)
  }

  /// All assets an event names.
  private static func assets(of index: Int, _ table: EventTable) -> Set<AssetID> {
    var found: Set<AssetID> = [AssetID(table.assets[index])]
    if let target = table.extra(at: index)?.toAsset { found.insert(target) }
    for leg in table.legs(at: index) { found.insert(leg.asset) }
    return found
  }
}

extension HistoryBasis {
  /// Whether the book is read in a way that changes every value.
  fileprivate func isReadOtherwise(_ book: Book) -> Bool { book.settings.base != prices.base || book.settings.zone != zone }

  /// Whether a quote that serves as a rate changed, or an asset became money.
  fileprivate func changesMoney(_ book: Book, _ change: LedgerChange) -> Bool {
    for (id, asset) in book.assets {
      if let old = prices.assets[id], (old.assetClass == .cash) != (asset.assetClass == .cash) { return true }
    }
    if change.quotes.isEmpty { return false }
    var money: Set<Int32> = [book.settings.base.id]
    for quotes in [prices.quotes, book.quotes] {
      for asset in change.quotes where quotes.fx[asset] != nil { money.insert(asset.raw) }
      for series in [quotes.market, quotes.nav, quotes.fx] {
        for quoted in series.values { money.formUnion(quoted.quotedIn) }
      }
    }
    return change.quotes.contains { money.contains($0.raw) || book.assets[$0]?.assetClass == .cash }
  }

  /// Assets that are valued in another way than before.
  fileprivate func changedAssets(_ book: Book) -> Set<AssetID> {
    var found: Set<AssetID> = []
    for (id, asset) in book.assets where prices.assets[id] != asset { found.insert(id) }
    for id in prices.assets.keys where book.assets[id] == nil { found.insert(id) }
    let (old, new) = (prices.quotes, book.quotes)
    for id in Set(old.splits.keys).union(new.splits.keys) where old.splits[id] ?? [] != new.splits[id] ?? [] { found.insert(id) }
    for id in Set(old.pegs.keys).union(new.pegs.keys) where old.pegs[id] != new.pegs[id] { found.insert(id) }
    return found
  }

  /// The basis after a change; `touched` grows by the assets whose trades or flows may be different.
  fileprivate func updated(_ book: Book, _ steps: QuantitySteps, quotesChanged: Bool, _ touched: inout Set<AssetID>) -> HistoryBasis {
    let (wasUnquoted, isUnquoted) = (
      UnitPrices.unquoted(prices.assets, prices.quotes, [self.steps]), UnitPrices.unquoted(book.assets, book.quotes, [steps])
    )
    var trades = prices.trades
    if wasUnquoted != isUnquoted || !isUnquoted.isDisjoint(with: touched) || quotesChanged && !isUnquoted.isEmpty {
      trades = TradePrices(book, of: isUnquoted, upTo: last).series
      touched.formUnion(wasUnquoted.union(isUnquoted))
    }
    let prices = UnitPrices(book, trades: trades)
    let rates = HistoryBasis.rates(book, [steps], prices, upTo: last, reusing: self.rates)
    let doubtful = Set(HistoryBasis.doubtful([steps], prices, rates))
    let wasDoubtful = Set(flows.keys)
    if doubtful == wasDoubtful, doubtful.isDisjoint(with: touched), !quotesChanged || doubtful.isEmpty {
      return HistoryBasis(steps, prices, rates, flows, groups, zone, upTo: last)
    }
    touched.formUnion(doubtful.union(wasDoubtful))
    return HistoryBasis(book, steps, prices, rates, groups, upTo: last)
  }
}
