import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// What the history holds is what the booking holds, for kinds whose units follow from more than their row.
struct StepsOfKindsTests {
  private func agree(_ maker: BookMaker, _ comment: Comment) {
    let steps = QuantitySteps(maker.book, upTo: day("2024-12-31"))
    for asset in maker.book.assets.keys.sorted() {
      let held = maker.book.booked().positions.filter { $0.asset == asset }.reduce(Decimal.zero) { (try? $0.adding($1.quantity)) ?? $0 }
      #expect(steps.quantity(of: asset, at: day("2024-12-31")) == held, comment)
    }
  }

  @Test(arguments: [EventKind.migration, .merger, .wrap, .unwrap])
  func unitsThatGoOverByARatio(_ kind: EventKind) {
    for units in ["6", nil] {
      var maker = BookMaker()
      maker.event(.buy, "2024-01-02", "Wallet", "OLD", "10", price: "1", "USD")
      let new = maker.id("NEW")
      maker.event(
        kind, "2024-02-02", "Wallet", "OLD", units,
        edit: extra {
          $0.toAsset = new
          $0.ratio = Ratio("3:2")
        })
      agree(maker, "\(kind) of \(units ?? "all")")
    }
  }

  @Test func aRedemptionAtNavBringsItsCash() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "10", price: "1", "USD")
    maker.quote(.nav, "2024-01-31", "ABC", "3")
    maker.event(.redemption, "2024-02-02", "Wallet", "ABC", "4", "USD")
    agree(maker, "redemption")
  }

  @Test func aFractionInCash() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Wallet", "ABC", "25", price: "2", "USD")
    maker.event(
      .split, "2024-02-02", "Wallet", "ABC", gross: "12", "USD",
      edit: extra {
        $0.ratio = Ratio("1:10")
        $0.toQuantity = number("2")
      })
    agree(maker, "split")
  }
}
