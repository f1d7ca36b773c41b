public import Amounts
public import Ledger

extension Book {
  /// Hands over the matched parts of disposals, one group of assets after the other, so that a million of them need not be there at once.
  ///
  /// - Parameters:
  ///   - asOf: the last day that counts; nil means all events.
  ///   - assets: those whose groups are wanted; nil is all.
  ///   - body: makes something of a group's parts, in the events' order, on any thread. Parts that are out of view are left out.
  /// - Returns: what was made, one for each group that was wanted.
  /// - Complexity: that of booking the groups; they are booked on all cores.
  public func matched<Result: Sendable>(
    asOf: Day? = nil, of assets: Set<AssetID>? = nil, _ body: @Sendable ([GainPiece], CurrencyParts) -> Result
  ) -> [Result] {
    let plan = BookingPlan(self)
    let rates = plan.rates(of: self)
    let run = BookingRun(self, plan, rates, asOf: asOf, pieces: true)
    let parts = CurrencyParts(rates, zone: settings.zone)
    let wanted = plan.groups.indices.filter { number in
      assets.map { assets in plan.groups[number].members.contains { assets.contains(AssetID($0)) } } ?? true
    }
    // The largest first, so that no thread is left alone with it.
    let order = wanted.sorted { (plan.groups[$0].events.count, $1) > (plan.groups[$1].events.count, $0) }
    return inParallel(order.count) { job in
      body(run.booked([order[job]], cash: nil).groups[order[job]]?.narrowed(to: view).pieces ?? [], parts)
    }
  }
}

extension EventTable {
  /// The assets that the event at a position names: those whose lots it may take are among them.
  public func assetsNamed(at index: Int) -> Set<AssetID> {
    var found: Set<Int32> = [assets[index], feeAssets[index], currencies[index]]
    if let extra = extra(at: index) {
      if let target = extra.toAsset { found.insert(target.raw) }
      if let settle = extra.settleCurrency { found.insert(settle.id) }
      for leg in extra.legs { found.insert(leg.asset.raw) }
    }
    found.remove(0)
    return Set(found.map { AssetID($0) })
  }
}
