import Amounts
import CLI
import Reports
import TestSupport
import Testing

/// What is not known is told with its true reason everywhere, totals leave it out and say so, and the issue's command mends it.
struct UnknownTests {
  /// A book with one thing unknown.
  struct Unknown: CustomTestStringConvertible, Sendable {
    let name: String
    /// Files by name, imported in order.
    var files: [(name: String, text: String)]
    /// Further commands that make the book.
    var before: [String] = []
    /// The issue that names it.
    let issue: Notice.Kind
    /// What its message says.
    let says: String
    /// The command that mends it, and what a person writes for its words in capitals.
    let command: String
    var fill: [String: String] = [:]
    /// What reports say while it is unknown, and afterwards.
    var unknown: [(line: String, text: String)] = []
    var known: [(line: String, text: String)] = []

    var testDescription: String { name }
  }

  private static let head = "timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,acquired\n"
  private static let assets = """
    symbol,class,name,currency,decimals,pricing
    ABC,crypto,,USD,,daily
    EUR,cash,,EUR,2,business
    GAS,crypto,,USD,,daily
    JPY,cash,,JPY,0,business
    NEW,crypto,,USD,,daily
    SEC,security,,USD,0,quarterly
    STK,stock,,USD,,business
    USD,cash,,USD,2,business

    """
  private static let prices = """
    date,asset,currency,price,kind
    2024-05-14,ABC,USD,20,close
    2024-05-14,GAS,USD,5,close
    2024-05-14,NEW,USD,5,close
    2024-05-14,STK,USD,9,close
    2024-05-14,EUR,USD,1.10,fx

    """

  private static func book(_ rows: String..., prices: String = prices, more: [(String, String)] = []) -> [(name: String, text: String)] {
    [("assets.csv", assets), ("prices.csv", prices), ("events.csv", head + rows.map { $0 + "\n" }.joined())]
      + more.map { (name: $0.0, text: $0.1) }
  }

  static let all: [Unknown] = [
    Unknown(
      name: "units that came without a cost", files: book("2024-01-02,DEPOSIT,Wallet,,ABC,10,,,,,,"), issue: .unknownBasis,
      says: "10 ABC in Wallet: units arrived without a cost", command: "florin edit event 1 gross=AMOUNT currency=USD",
      fill: ["AMOUNT": "70"],
      unknown: [
        ("holdings --format json", #""cost":null,"costWhy":"unknown basis","unrealized":null,"unrealizedWhy":"unknown basis""#),
        ("holdings --format json", #""value":"200","cost":"0","unrealized":"0""#), ("overview --format json", #""unknownBasis":1"#),
        ("overview --format json", #"{"asset":"ABC","what":"cost","why":"unknown basis"}"#),
        ("lots --format json", #""costBase":null,"costBaseWhy":"unknown basis""#),
        ("basis --format json", #"{"asset":"ABC","what":"cost","why":"unknown basis"}"#),
        ("explain holdings/ABC/cost", "unknown basis"),
      ], known: [("holdings --format json", #""cost":"70","unrealized":"130""#), ("overview --format json", #""unknownBasis":0"#)]),
    Unknown(
      name: "a cost in a currency without a rate on its day",
      files: book("2024-01-02,GIFT_IN,Wallet,,ABC,10,,EUR,100,,,2020-05-31", "2024-05-14,SELL,Wallet,,ABC,5,20,USD,100,,,"), issue: .noRate,
      says: "no rate of EUR in USD on 2020-05-31: what event 1 of ABC came to in USD is unknown, and so is the cost of 1 open lot of ABC",
      command: "florin add price asset=EUR kind=fx date=2020-05-31 price=RATE currency=USD", fill: ["RATE": "1.2"],
      unknown: [
        ("holdings --format json", #""cost":null,"costWhy":"no exchange rate""#),
        ("holdings --format json", #""realized":null,"realizedWhy":"no exchange rate""#),
        ("overview --format json", #"{"asset":"ABC","what":"cost","why":"no exchange rate"}"#),
        ("overview --format json", #"{"asset":"ABC","what":"realized","why":"no exchange rate"}"#),
        ("lots --format json", #""cost":"50","currency":"EUR","costBase":null,"costBaseWhy":"no exchange rate""#),
        ("gains --format json", #""gainBase":null,"gainBaseWhy":"no exchange rate""#),
        ("gains --format json", #""excluded":[{"asset":"ABC","what":"gain","why":"no exchange rate"}]"#),
        ("basis --format json", #"{"asset":"ABC","what":"cost","why":"no exchange rate"}"#),
        ("explain holdings/ABC/cost", "no exchange rate"),
      ],
      // 100 EUR at 1.2 are 120: half of it for the 5 that were sold at 100.
      known: [("holdings --format json", #""cost":"60","unrealized":"40""#), ("gains --format json", #""gainBase":"40""#)]),
    Unknown(
      name: "a price in a currency without a rate today",
      files: book(
        "2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,",
        prices: "date,asset,currency,price,kind\n2024-05-14,ABC,JPY,3000,close\n2024-04-01,JPY,USD,0.007,fx\n"),
      issue: .noRate, says: "no rate of JPY in USD in the 7 days up to 2024-05-15: ABC is in no total",
      command: "florin add price asset=JPY kind=fx date=2024-05-15 price=RATE currency=USD", fill: ["RATE": "0.0065"],
      unknown: [
        ("holdings --format json", #""value":null,"valueWhy":"no exchange rate","cost":"70""#),
        ("overview --format json", #""unpriced":1"#),
        ("overview --format json", #"{"asset":"ABC","what":"value","why":"no exchange rate"}"#),
        ("allocation --format json", #"{"asset":"ABC","what":"value","why":"no exchange rate"}"#),
      ], known: [("holdings --format json", #""value":"195","cost":"70""#)]),
    Unknown(
      name: "no price",
      files: book("2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", prices: "date,asset,currency,price,kind\n2024-05-14,EUR,USD,1.1,fx\n"),
      before: ["set trade_prices off"], issue: .unpriced, says: "ABC has no price; it is not in any total",
      command: "florin add price asset=ABC date=2024-05-15 price=PRICE currency=USD", fill: ["PRICE": "8"],
      unknown: [
        ("holdings --format json", #""value":null,"valueWhy":"no price","cost":"70""#), ("overview --format json", #""unpriced":1"#),
        ("overview --format json", #"{"asset":"ABC","what":"value","why":"no price"}"#),
      ], known: [("holdings --format json", #""value":"80","cost":"70""#), ("overview --format json", #""unpriced":0"#)]),
    Unknown(
      name: "a security valued by NAV without one", files: book("2024-01-02,BUY,Wallet,,SEC,10,7,USD,70,,,"),
      before: ["edit asset SEC mode=nav", "set trade_prices off"],
      issue: .unpriced, says: "SEC has no NAV; it is not in any total",
      command: "florin add nav asset=SEC date=2024-05-15 price=PRICE currency=USD", fill: ["PRICE": "8"],
      unknown: [("holdings --format json", #""value":null,"valueWhy":"no NAV","cost":"70""#)],
      known: [("holdings --format json", #""value":"80","cost":"70""#)]),
    Unknown(
      name: "a security with a price and no NAV",
      files: book(
        "2024-01-02,BUY,Wallet,,SEC,10,7,USD,70,,,", prices: "date,asset,currency,price,kind\n2024-05-14,SEC,USD,9,close\n"),
      issue: .missingNav, says: "SEC is a security token without any NAV",
      command: "florin add nav asset=SEC date=2024-05-15 price=PRICE currency=USD", fill: ["PRICE": "8"],
      unknown: [("nav --format json", #""nav":null,"navWhy":"no NAV""#)], known: [("nav --format json", #""nav":"8""#)]),
    Unknown(
      name: "a gift of a day nobody knows", files: book("2024-01-02,GIFT_IN,Wallet,,ABC,10,,USD,100,,,"), issue: .unknownDate,
      says: "10 ABC in Wallet: when the giver acquired them is not known", command: "florin edit event 1 acquired=DATE",
      fill: ["DATE": "2020-01-01"], unknown: [("lots --format json", #""acquired":null,"acquiredWhy":"unknown date""#)],
      known: [("lots --format json", #""acquired":"2020-01-01""#)]),
    Unknown(
      name: "a delivery whose value is not stated",
      files: book("2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", "2024-02-02,DELIVERY_OUT,Wallet,,ABC,4,,,,,,"), issue: .unknownProceeds,
      says: "4 ABC left in Wallet (delivery_out, event 2): what they brought is not known",
      command: "florin edit event 2 gross=AMOUNT currency=USD", fill: ["AMOUNT": "50"],
      unknown: [
        ("holdings --format json", #""realized":null,"realizedWhy":"not stated""#),
        ("gains --format json", #""proceeds":null,"proceedsWhy":"not stated""#),
        ("overview --format json", #"{"asset":"ABC","what":"realized","why":"not stated"}"#),
      ], known: [("holdings --format json", #""realized":"22""#)]),
    Unknown(
      name: "a dividend whose amount is not stated",
      files: book("2024-01-02,BUY,Wallet,,STK,10,7,USD,70,,,", "2024-02-02,DIVIDEND,Wallet,,STK,10,,USD,,,,"), issue: .unknownIncome,
      says: "STK in Wallet (dividend, event 2): how much it paid is not stated", command: "florin edit event 2 gross=AMOUNT currency=USD",
      fill: ["AMOUNT": "5"],
      unknown: [
        ("holdings --format json", #""incomeNet":null,"incomeNetWhy":"not stated""#),
        ("overview --format json", #"{"asset":"STK","what":"income","why":"not stated"}"#),
        ("income --format json", #""gross":null,"grossWhy":"not stated""#),
      ], known: [("holdings --format json", #""incomeNet":"5""#)]),
    Unknown(
      name: "a charge in coins without a price on its day",
      files: book("2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", "2024-02-02,FEE,Wallet,,ABC,1,,,,,,"), issue: .feeValueUnknown,
      says: "a charge of 1 ABC in Wallet has no known worth", command: "florin edit event 2 gross=AMOUNT currency=USD",
      fill: ["AMOUNT": "9"],
      unknown: [
        ("holdings --format json", #""realized":null,"realizedWhy":"no price""#), ("gains --format json", #""proceedsWhy":"no price""#),
      ], known: [("holdings --format json", #""realized":"2""#)]),
    Unknown(
      name: "a purchase whose fee is of unknown worth",
      files: book("2024-01-02,BUY,Wallet,,GAS,1,5,USD,5,,,", "2024-01-03,BUY,Wallet,,ABC,10,7,USD,70,0.5,GAS,"), issue: .unknownBasis,
      says: "10 ABC in Wallet: the worth of their fee, which is part of their cost, is not known",
      command: "florin edit event 2 fee_value=AMOUNT currency=USD", fill: ["AMOUNT": "2"],
      unknown: [("lots --format json", #""costBase":null,"costBaseWhy":"unknown basis""#)],
      // 70 and the fee of 2; the half coin of gas had cost 2.5.
      known: [("lots --format json", #""costBase":"72""#), ("gains --format json", #""gainBase":"-0.5""#)]),
    Unknown(
      name: "a reward of unknown price", files: book("2024-01-02,REWARD,Wallet,,ABC,10,,,,,,"), issue: .unknownBasis,
      says: "10 ABC in Wallet: units arrived without a cost", command: "florin edit event 1 price=PRICE currency=USD", fill: ["PRICE": "3"],
      unknown: [
        ("holdings --format json", #""incomeNet":null,"incomeNetWhy":"unknown basis""#),
        ("holdings --format json", #""costWhy":"unknown basis""#),
      ], known: [("holdings --format json", #""incomeNet":"30""#)]),
    Unknown(
      name: "a spin-off that does not say its share",
      files: [
        ("assets.csv", assets), ("prices.csv", prices),
        (
          "events.csv",
          """
          timestamp,type,account,asset,quantity,price,currency,to_asset,to_quantity
          2024-01-02,BUY,Wallet,STK,10,7,USD,,
          2024-02-02,SPINOFF,Wallet,STK,,,,NEW,5

          """
        ),
      ], issue: .basisShareUnknown, says: "STK in Wallet: which share of the cost goes with the spin-off is not stated",
      command: "florin edit event 2 basis_share=SHARE", fill: ["SHARE": "0.2"],
      unknown: [("lots --format json", #""costBaseWhy":"unknown basis""#)],
      known: [("lots --format json", #""costBase":"56""#), ("lots --format json", #""costBase":"14""#)]),
    Unknown(
      name: "lots that are selected and not there",
      files: [
        ("assets.csv", assets), ("prices.csv", prices),
        (
          "events.csv",
          """
          id,timestamp,type,account,asset,quantity,price,currency,lot_selector
          b1,2024-01-02,BUY,Wallet,ABC,1,7,USD,
          b2,2024-01-03,BUY,Wallet,ABC,1,9,USD,
          s1,2024-02-02,SELL,Wallet,ABC,1,10,USD,"{""event"":""b9""}"

          """
        ),
      ], before: ["set method specific"], issue: .lotNotFound,
      says: "1 ABC in Wallet: the selected lots are not there, the earliest were taken",
      command: "florin edit event 3 lot_selector=SELECTOR",
      fill: ["SELECTOR": #"'{"event":"b2"}'"#], unknown: [("gains --format json", #""gainBase":"3""#)],
      known: [("gains --format json", #""gainBase":"1""#)]),
    Unknown(
      name: "more sold than was held",
      files: book("2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", "2024-02-02T10:00:00Z,SELL,Wallet,,ABC,14,8,USD,112,,,"), issue: .oversold,
      says: "4 ABC more left in Wallet than was held",
      command: "florin add event type=DEPOSIT timestamp=2024-02-02T09:59:59Z account=Wallet asset=ABC quantity=4 gross=COST currency=USD",
      fill: ["COST": "20"], unknown: [("gains --format json", #""cost":null,"costWhy":"unknown basis""#)],
      // 112 - 70 - 20.
      known: [("holdings --format json", #""realized":"22""#)]),
    Unknown(
      name: "more sold than was held, and another account has it",
      files: book(
        "2024-01-02,BUY,Cold,,ABC,10,7,USD,70,,,", "2024-01-03,DEPOSIT,Cold,,USD,70,,,,,,",
        "2024-02-02T10:00:00Z,SELL,Hot one,,ABC,4,8,USD,32,,,"),
      issue: .oversold, says: "Cold holds 10, so a transfer may be missing",
      command:
        "florin add event type=TRANSFER timestamp=2024-02-02T09:59:59Z account=Cold to_account='Hot one' asset=ABC quantity=4",
      unknown: [("gains --format json", #""costWhy":"unknown basis""#)], known: [("gains --format json", #""gainBase":"4""#)]),
    Unknown(
      name: "cash below zero", files: book("2024-01-02T10:00:00Z,BUY,Wallet,,ABC,10,7,USD,70,,,"), issue: .negativeCash,
      says: "USD in Wallet fell below zero",
      command: "florin add event type=DEPOSIT timestamp=2024-01-02T09:59:59Z account=Wallet asset=USD quantity=70",
      unknown: [("overview --format json", #""totals":{"value":"130""#)],
      known: [("overview --format json", #""totals":{"value":"200""#)]),
    Unknown(
      name: "two sides of a transfer",
      files: book(
        "2024-01-02,BUY,Cold,,ABC,10,7,USD,70,,,", "2024-02-02T10:00:00Z,WITHDRAW,Cold,,ABC,4,,,,,,",
        "2024-02-02T10:20:00Z,DEPOSIT,Hot,,ABC,4,,,,,,"), issue: .unmatchedTransfer,
      says: "4 ABC left Cold, 4 arrived in Hot: same amount, arrived 20 min later", command: "florin link 2 3",
      unknown: [("holdings --format json", #""costWhy":"unknown basis""#)], known: [("holdings --format json", #""cost":"70""#)]),
    Unknown(
      name: "a price that is old",
      files: book(
        "2024-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", prices: "date,asset,currency,price,kind\n2024-05-01,ABC,USD,9,close\n"),
      issue: .stalePrice, says: "ABC: the price is 14 days old",
      command: "florin add price asset=ABC date=2024-05-15 price=PRICE currency=USD", fill: ["PRICE": "8"],
      unknown: [("holdings --format json", #""stale":true"#)], known: [("holdings --format json", #""stale":false"#)]),
    Unknown(
      name: "a NAV that is old",
      files: book("2024-01-02,BUY,Wallet,,SEC,10,7,USD,70,,,", prices: "date,asset,currency,price,kind\n2023-09-30,SEC,USD,9,nav\n"),
      issue: .staleNav, says: "SEC: the NAV is 228 days old",
      command: "florin add nav asset=SEC date=2024-05-15 price=PRICE currency=USD", fill: ["PRICE": "8"],
      unknown: [("nav --format json", #""stale":true"#)], known: [("nav --format json", #""stale":false"#)]),
    Unknown(
      name: "a payment that has not arrived",
      files: book(
        "2024-01-02,BUY,Wallet,,STK,10,7,USD,70,,,",
        more: [
          (
            "distributions.csv",
            "asset,kind,declared,ex,record,pay,basis,from,to,amount_per_token,currency\n"
              + "STK,dividend,2024-02-01,2024-03-01,2024-03-02,2024-03-15,record,,,0.5,USD\n"
          )
        ]), issue: .overdue, says: "STK: dividend of 5 USD has not arrived",
      command: "florin add event type=DIVIDEND timestamp=DATE account=Wallet asset=STK gross=5 currency=USD", fill: ["DATE": "2024-03-16"],
      unknown: [("income --format json", #""status":"overdue""#)], known: [("income --format json", #""status":"received""#)]),
    Unknown(
      name: "a payment that is short",
      files: book(
        "2024-01-02,BUY,Wallet,,STK,10,7,USD,70,,,", "2024-03-15,DIVIDEND,Wallet,,STK,10,,USD,3,,,",
        more: [
          (
            "distributions.csv",
            "asset,kind,declared,ex,record,pay,basis,from,to,amount_per_token,currency\n"
              + "STK,dividend,2024-02-01,2024-03-01,2024-03-02,2024-03-15,record,,,0.5,USD\n"
          )
        ]), issue: .shortPaid, says: "STK: dividend is short by 2 USD",
      command: "florin add event type=DIVIDEND timestamp=DATE account=Wallet asset=STK gross=2 currency=USD", fill: ["DATE": "2024-03-16"],
      unknown: [("income --format json", #""status":"shortPaid""#)], known: [("income --format json", #""status":"received""#)]),
    Unknown(
      name: "days before the first price",
      files: book("2024-01-02,DEPOSIT,Wallet,,NEW,10,,,,,,", "2024-05-10,WITHDRAW,Wallet,,NEW,10,,,,,,"), issue: .unknownDays,
      says: "NEW was held on 129 days from 2024-01-02 to 2024-05-09, and there is no quote and no trade of it",
      command: "florin add price asset=NEW date=2024-01-02 price=PRICE currency=USD", fill: ["PRICE": "3"],
      unknown: [("performance --format json", "NEW")]),
    Unknown(
      name: "a closed year that would come out otherwise",
      files: book("2023-01-02,BUY,Wallet,,ABC,10,7,USD,70,,,", "2023-02-02,SELL,Wallet,,ABC,4,9,USD,36,,,"),
      before: ["close 2023", "edit event 1 price=8 gross=80"], issue: .closedYearDiffers, says: "closed year 2023: sell of ABC, event 2",
      command: "florin reopen 2023", unknown: [("gains --format json", #""gainBase":"8""#)],
      known: [("gains --format json", #""gainBase":"4""#)]),
  ]

  /// The words a shell makes of a line: blanks part them, single quotes keep them together.
  private static func shellWords(_ line: String) -> [String] {
    var words = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "'": isQuoted.toggle()
      case " " where !isQuoted: words.append("")
      default: words[words.count - 1].append(character)
      }
    }
    return words
  }

  @Test(arguments: all) func theReasonIsTrueAndTheCommandMendsIt(_ unknown: Unknown) throws {
    let rig = Rig("unknown")
    for file in unknown.files { #expect(rig.run("import \(try rig.file(file.name, file.text))").code == .ok) }
    for line in unknown.before { #expect(rig.run(line).code == .ok, "\(line)") }
    let issues = "issues --format json --filter kind:\(unknown.issue.rawValue)"
    let before = rig.run(issues).output
    #expect(before.contains(unknown.says), "\(before)")
    #expect(before.contains("\"command\":\"\(unknown.command)\""), "\(before)")
    // People read the same command below the table.
    #expect(rig.run("issues").output.split(separator: "\n").contains { $0.hasPrefix(unknown.command + "  # \(unknown.issue.rawValue)") })
    for (line, text) in unknown.unknown {
      let answer = rig.run(line).output
      #expect(answer.contains(text), "\(line): \(answer)")
    }
    var command = String(unknown.command.dropFirst("florin ".count))
    for (blank, text) in unknown.fill {
      command = command.split(separator: "=\(blank)", omittingEmptySubsequences: false).joined(separator: "=\(text)")
    }
    let answer = rig.run(UnknownTests.shellWords(command).map { "'\($0)'" }.joined(separator: " "))
    #expect(answer.code == .ok, "\(command): \(answer.errors)")
    let after = rig.run(issues).output
    #expect(!after.contains(unknown.says), "\(after)")
    for (line, text) in unknown.known {
      let answer = rig.run(line).output
      #expect(answer.contains(text), "\(line): \(answer)")
    }
  }

  /// Every kind of issue has its line in the table, but for those that no single command mends.
  @Test func everyKindOfIssueIsTried() {
    let others: Set<Notice.Kind> = [.overflow, .overPaid, .debtOutside]
    #expect(Set(UnknownTests.all.map(\.issue)).union(others) == Set(Notice.Kind.allCases))
  }

  /// Reasons are about facts that somebody can add, which an issue names, or about the figure itself.
  @Test(arguments: Why.allCases) func everyReasonHasItsIssueOrNeedsNone(_ why: Why) {
    let issues: Set<Notice.Kind> =
      switch why {
      case .noPrice: [.unpriced, .feeValueUnknown]
      case .noNav: [.unpriced, .missingNav]
      case .noRate: [.noRate]
      case .noRateOrQuote: [.unknownDays, .noRate, .unpriced]
      case .unknownBasis: [.unknownBasis, .oversold, .basisShareUnknown, .unmatchedTransfer]
      case .unknownDate: [.unknownDate, .oversold]
      case .notStated: [.unknownProceeds, .unknownIncome]
      case .overflow: [.overflow]
      // Nothing is missing: the figure has no meaning here.
      case .cash, .mixedCurrencies, .zeroBase, .tooShort, .nothing, .noSolution, .oneWay, .noVariation, .noLoss, .onlyRounding: []
      }
    let told = UnknownTests.all.filter { unknown in
      unknown.unknown.contains { $0.text.contains("\"\(why.text)\"") || $0.text == why.text }
    }
    if !issues.isEmpty && ![Why.overflow, .noRateOrQuote].contains(why) {
      #expect(!told.isEmpty && told.allSatisfy { issues.contains($0.issue) || $0.issue == .feeValueUnknown }, "\(told.map(\.name))")
    }
    #expect(issues.isSubset(of: Set(Notice.Kind.allCases)))
  }
}
