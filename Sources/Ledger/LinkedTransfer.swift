public import Amounts

extension Event {
  /// The transfer that a withdrawal and a deposit of the same units are: what left with its fees goes over to where it arrived, and what
  /// did not arrive is the network's fee.
  ///
  /// - Parameter batch: the change that links them.
  /// - Returns: nil when the two cannot be one transfer: other kinds, another asset, the same account, or more arrived than left.
  public static func transfer(from out: Event, to arrival: Event, batch: BatchID) throws(DecimalError) -> Event? {
    guard out.kind == .withdraw, arrival.kind == .deposit, out.asset == arrival.asset, let from = out.account, let to = arrival.account,
      from != to, let sent = out.quantity, let got = arrival.quantity, out.extra?.legs.isEmpty ?? true, arrival.extra?.legs.isEmpty ?? true
    else { return nil }
    let isOwnFee = out.feeAsset == out.asset
    let left = try sent.adding(isOwnFee ? out.fee ?? .zero : .zero)
    let difference = try left.subtracting(got)
    if difference.isNegative { return nil }
    var event = out
    event.kind = .transfer
    event.batch = batch
    event.line = 0
    event.toAccount = to
    event.gross = nil
    event.tax = nil
    var extra = EventExtra()
    extra.txHash = out.extra?.txHash ?? arrival.extra?.txHash
    extra.note = "linked: withdrawal \(out.id.raw) and deposit \(arrival.id.raw)"
    let hasOtherFee = !isOwnFee && !(out.fee?.isZero ?? true)
    if !(arrival.fee?.isZero ?? true) || (hasOtherFee && !difference.isZero) {
      // More than one fee: each movement by itself.
      extra.legs = [
        Leg(account: from, asset: out.asset, quantity: -got, role: .principal),
        Leg(account: to, asset: out.asset, quantity: got, role: .principal),
      ]
      if !difference.isZero { extra.legs.append(Leg(account: from, asset: out.asset, quantity: -difference, role: .fee)) }
      if hasOtherFee, let fee = out.fee, let paid = out.feeAsset ?? out.currency.map({ AssetID($0) }) {
        extra.legs.append(Leg(account: from, asset: paid, quantity: -fee, role: .fee))
      }
      if let fee = arrival.fee, !fee.isZero, let paid = arrival.feeAsset ?? arrival.currency.map({ AssetID($0) }) {
        extra.legs.append(Leg(account: to, asset: paid, quantity: -fee, role: .fee))
      }
      (event.fee, event.feeAsset, event.feeValue) = (nil, nil, nil)
    } else if !hasOtherFee {
      event.quantity = left
      event.feeValue = isOwnFee && out.fee == difference ? out.feeValue : nil
      event.fee = difference.isZero ? nil : difference
      event.feeAsset = difference.isZero ? nil : out.asset
    }
    event.extra = extra
    return event
  }
}
