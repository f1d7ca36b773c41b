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
  static let all: [Convention] = [restaked, earnWallet]

  /// everytrade follows each staking reward with a STAKE of the same amount one second later. No row of a file says so.
  static let restaked = Convention(
    name: "restaked reward", why: "everytrade invents a STAKE one second after each staking reward; the file has no such row"
  ) { expected, _ in
    expected.followsReward ? .dropped : nil
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
      file: "binance/et__BinanceBeanV4__testRevenueInAlmostSameTime.csv", about: "SOL",
      why: "the test demands the fee in SOL; the rows say USDT")
  ]
}
