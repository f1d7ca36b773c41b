import Amounts
import Ledger

extension DemoScript {
  /// The hardware wallet: coins of unknown origin, a gift, gas paid in ether, a collectible.
  mutating func playWallet() {
    let vault = DemoCast.vault
    // Mined long ago on a machine that is gone: what they cost is not known.
    note(.deposit, calendar.day(3, 24), hour: 19, vault, "DRF", 8_000) { event in
      event.detail {
        $0.note = "from an old wallet file, mined on a machine that is gone: nobody knows what they cost"
        $0.txHash = "0x6472696674636f696e2066726f6d20616e206f6c642077616c6c65742066696c"
      }
    }
    let acquired = DemoMarket.giftDay(calendar)
    note(.giftIn, calendar.day(16, 24), hour: 18, vault, "BTC", exact(2_000_000)) { event in
      event.gross = cents(14_250)
      event.currency = AssetRef("EUR")
      event.detail {
        $0.acquired = acquired
        $0.note = "birthday"
      }
    }
    note(.giftOut, calendar.day(40, 12), hour: 12, vault, "ETH", exact(10_000_000)) { $0.detail { $0.note = "for a niece" } }
    for month in stride(from: 9, through: Demo.months, by: 4) {
      let day = calendar.day(month, 19)
      let value = worth(210_000, of: "ETH", day)
      note(.fee, day, hour: 20, vault, "ETH", exact(210_000)) { event in
        event.currency = AssetRef("EUR")
        event.feeValue = cents(value)
        event.detail { $0.note = "gas" }
      }
    }
    let bought = calendar.day(18, 30)
    let (value, gas, transaction) = (worth(80_000_000, of: "ETH", bought), worth(340_000, of: "ETH", bought), hash("nft", 42))
    note(.swap, bought, hour: 21, vault, "ETH", exact(80_000_000)) { event in
      event.currency = AssetRef("EUR")
      event.gross = cents(value)
      event.fee = exact(340_000)
      event.feeAsset = AssetRef("ETH")
      event.feeValue = cents(gas)
      event.detail {
        $0.toAsset = AssetRef("LIGHT42")
        $0.toQuantity = 1
        $0.txHash = transaction
      }
    }
    // The network's fee is paid in another asset than what moves.
    let day = calendar.day(32, 6)
    move(
      120, "VLT", from: vault, to: DemoCast.tidewater, day, fee: exact(180_000), feeAsset: "ETH",
      feeCents: worth(180_000, of: "ETH", day), feeCurrency: "EUR", hash: hash("vlt", 1))
  }
}
