import Amounts
import Ledger

/// A difference of words, not of economics, that holds for a whole source.
struct Convention: Sendable {
  /// Shown in the report.
  let name: String
  /// Why it is no difference.
  let why: String
  /// How it explains an expectation; nil when it does not.
  let resolves: @Sendable (_ expected: Expectation, _ observed: [Observation]) -> Resolution?

  /// What becomes of an explained expectation.
  enum Resolution {
    /// No event of ours stands for it.
    case dropped
    /// This event of ours does.
    case stands(Int)
  }

  /// All of them.
  static let all: [Convention] = [restaked, earnWallet, receiptToken]

  /// everytrade follows each staking reward with a STAKE of the same amount one second later. No row of a file says so.
  static let restaked = Convention(
    name: "restaked reward", why: "everytrade invents a STAKE one second after each staking reward; the file has no such row"
  ) { expected, _ in
    expected.followsReward ? .dropped : nil
  }

  /// Binance prints `LDUSDT` rows beside those of USDT.
  static let receiptToken = Convention(
    name: "receipt token", why: "LDx is the receipt for x in flexible savings; the row of x itself books the lock"
  ) { expected, _ in
    expected.note.contains(", LD") ? .dropped : nil
  }

  /// everytrade sees the Earn wallet as somebody else's; for Florin a subscription is a lock on units still owned (FORMATS 1).
  static let earnWallet = Convention(
    name: "earn as lock", why: "a subscription to or redemption from an earn product keeps ownership: STAKE/UNSTAKE, not WITHDRAW/DEPOSIT"
  ) { expected, observed in
    guard expected.senses == [.arrival] || expected.senses == [.departure], let wanted = expected.movements.first else { return nil }
    let index = observed.firstIndex { found in
      guard [.stake, .unstake].contains(found.event.kind), expected.when.includes(found.event.time) else { return false }
      guard let own = found.movements.first else { return false }
      return own.asset == wanted.asset && own.quantity.magnitude == wanted.quantity.magnitude
    }
    return index.map { .stands($0) }
  }
}

/// A statement of a source about one file that is wrong, and why we say so.
struct KnownDefect: Sendable {
  /// The file.
  let file: String
  /// Words of the difference it explains; empty explains every difference of the file.
  var about = ""
  /// Why the source is wrong, or what it means differently on purpose.
  let why: String

  /// Few, each with its reason. Everything not listed here is a failure of ours.
  static let all: [KnownDefect] = [
    KnownDefect(
      file: "portfolio_performance/pphelp__Securities_(test).csv", about: "column \"testing\"",
      why: "a column of its owner's making, which no list can name"),
    KnownDefect(
      file: "kraken/et__KrakenBeanV2__testTwoPositiveFees.csv", about: "TRX",
      why: "both rows carry a fee and both balances fell; the source keeps one of them"),
    KnownDefect(
      file: "coinbase/et__CoinbaseBeanV1__testConvertTwoRowFormatKeepsSingleSourceLeg.csv",
      why: "the row of what arrived has more digits than the note that the source reads"),
    KnownDefect(
      file: "coinbase/et__CoinbaseBeanV1__testSendAsWithdrawal.csv", why: "the expected text names variables of the test, not values"),
    KnownDefect(
      file: "coinbase/et__CoinbaseBeanV1__testSendAsWithdrawal_2.csv", why: "the expected text names variables of the test, not values"),
    KnownDefect(
      file: "coinbase/et__CoinbaseBeanV1__testSubscriptionNegativeQuantityIgnored.csv",
      why: "a subscription is paid in cash, so it is a fee; the source does not import it"),
    KnownDefect(
      file: "coinbase/et__CoinbaseBeanV1__testSubscriptionPositiveQuantityIgnored.csv",
      why: "a subscription is paid in cash, so it is a fee; the source does not import it"),
    KnownDefect(
      file: "coinbase/etg__coinbase-export.csv", why: "the source knows no transfers, migrations or swaps, and counts neither"),
    KnownDefect(
      file: "coinbase/sidekick__BuyOrders_single_advance_trade_buy.csv",
      why: "the source's total has the fee inside and shows it again; the cash that left is the total"),
    KnownDefect(
      file: "coinbase/sidekick__BuyOrders_single_buy.csv",
      why: "the source's total has the fee inside and shows it again; the cash that left is the total"),
    KnownDefect(
      file: "coinbase/sidekick__BuyOrders_single_buy_alt.csv",
      why: "the source's total has the fee inside and shows it again; the cash that left is the total"),
    KnownDefect(
      file: "coinbase/sidekick__BuyOrders_single_convert.csv", about: "0.04",
      why: "the fee of a conversion is inside its rate; no euros leave"),
    KnownDefect(
      file: "coinbase/sidekick__Specials_retail_staking_transfer.csv",
      why: "the two rows move the same coin between the user's own wallets; the source sells and buys it"),
    KnownDefect(
      file: "binance/et__BinanceBeanV4__testRevenueInAlmostSameTime.csv",
      why: "the test demands fees in SOL where the rows say USDT, so that it also misses that two fills add up to its trade"),
    KnownDefect(
      file: "binance/et__BinanceBeanV4__testC2cTransfer.csv",
      why: "the statement is a ledger: the row with +1500 changed the balance; the source refuses it for its sign"),
    KnownDefect(
      file: "binance/et__BinanceBeanV4__testFiatWithdraw.csv",
      why: "the statement is a ledger: the row with +8000 changed the balance; the source refuses it for its sign"),
    KnownDefect(
      file: "binance/et__BinanceBeanV4__testTypeETH2_0TwoRowTxSTAKE.csv",
      why: "the source shifts the swap by a second and adds a STAKE of the BETH that no row tells"),
    KnownDefect(
      file: "binance/et__BinanceBeanV4__testTypeETH2_0TwoRowTxUNSTAKE.csv",
      why: "the source shifts the swap by a second and adds an UNSTAKE of the BETH that no row tells"),
    KnownDefect(
      file: "binance/rotki__binance_history.csv", about: "2020-11-20T20:22:21Z",
      why: "rotki cannot pair two receipts of BNB with one piece of dust and drops the three rows; the balances did change"),
    KnownDefect(
      file: "binance/rotki__binance_history.csv", about: "0.00001605 MATIC",
      why: "rotki drops a second row equal to the first; two truly identical rows both survive (DESIGN 8)"),
    KnownDefect(
      file: "bitstamp/rotki__bitstamp.csv", about: "2211.01",
      why: "rotki leaves out the withdrawal's fee of 3 EUR, which is in the row; everytrade's test of the new layout demands it"),
    KnownDefect(
      file: "cointracking/rotki__cointracking_custom_dates.csv", about: "0.0001 ETH",
      why: "CoinTracking's manual (Entering fees): values include a fee in the same currency; rotki deducts it a second time"),
    KnownDefect(
      file: "cointracking/rotki__cointracking_trades_list.csv", about: "FEE",
      why: "CoinTracking's manual (Entering fees): values include a fee in the same currency; rotki deducts it a second time"),
    KnownDefect(
      file: "cointracking/rotki__cointracking_trades_list.csv", about: "2019-09-20",
      why: "rotki skips rows of on-chain wallets by design, since it reads the chain itself"),
    KnownDefect(
      file: "cointracking/rotki__cointracking_trades_list.csv", about: "0.33676476 BTC",
      why: "rotki skips rows of on-chain wallets by design, since it reads the chain itself"),
    KnownDefect(
      file: "cointracking/rotki__cointracking_trades_list.csv", about: "REWARD 2022",
      why: "the list of expected events leaves out the staking rows that its own summary counts as processed"),
    KnownDefect(
      file: "ghostfolio/ghostfolio__notok_invalid-symbol-btc-usd.csv",
      why: "only Ghostfolio's look-up service knows that it lists BTCUSD and not BTC-USD; the row itself says bitcoin in dollars"),
  ]
}
