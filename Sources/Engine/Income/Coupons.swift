import Amounts
import Ledger

/// The coupons of a debt token by its own terms: face, coupon a year, maturity.
///
/// They count where neither a policy nor a declaration says more. The days go back from maturity (else on from issue) at the steps that
/// `distribution_policy` names, half a year when it names none.
enum Coupons {
  /// The payments of the twelve months after a day, up to maturity; none where a term is missing.
  static func payments(of asset: Asset, after day: Day, _ book: Book) -> [(Distribution, PaymentStep)] {
    guard let face = asset.attributes[.face].flatMap({ Decimal($0) }), let rate = asset.attributes[.coupon].flatMap(rate),
      let currency = book.quoteCurrency(of: asset.id),
      let start = book.maturity(of: asset.id) ?? asset.attributes[.issueDate].flatMap({ Day($0) })
    else { return [] }
    let words = (asset.attributes[.distributionPolicy] ?? "").lowercased().split { !$0.isLetter && $0 != "-" }
    let step = words.lazy.compactMap { PaymentStep(String($0)) }.first ?? .months(6)
    let (part, whole) = step.shareOfYear
    guard let amount = try? face.multiplied(by: rate).multiplied(by: part).divided(by: whole) else { return [] }
    let last = min(day.adding(months: 12), book.maturity(of: asset.id) ?? day.adding(months: 12))
    var found: [(Distribution, PaymentStep)] = []
    var number = step.firstStep(after: day, from: start)
    while step.day(number, from: start) <= last {
      let pay = step.day(number, from: start)
      found.append(
        (Distribution(id: -Int64(pay.ordinal), asset: asset.id, kind: "interest", pay: pay, amountPerToken: Price(amount, currency)), step))
      number += 1
    }
    return found
  }

  /// A coupon a year as a fraction: `6.5%`, `6.5` and `0.065` are the same.
  private static func rate(_ text: String) -> Decimal? {
    let isPercent = text.hasSuffix("%")
    guard let number = Decimal(text.filter { $0 != "%" && $0 != " " }), number.isPositive else { return nil }
    return isPercent || number >= .one ? try? number.divided(by: Decimal(100)) : number
  }
}
