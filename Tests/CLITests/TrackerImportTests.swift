import CLI
import TestSupport
import Testing

/// What trackers and brokers export, as far as the books must say the same to the last digit.
struct TrackerImportTests {
  /// `asset account quantity` of what is held.
  private func held(_ rig: Rig) -> [String] {
    rows(rig, "holdings --by account", ["asset", "account", "quantity"]).sorted()
  }

  /// The named columns of a report, a row each.
  private func rows(_ rig: Rig, _ report: String, _ names: [String]) -> [String] {
    let lines = rig.run(report + " --format csv").output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    let places = names.compactMap { header.firstIndex(of: $0) }
    return lines.dropFirst().map { line in places.map { line[$0] }.joined(separator: " ") }
  }

  private func imported(_ rig: Rig, _ name: String, _ text: String, _ options: String = "") throws -> Rig.Answer {
    rig.run("import \(try rig.file(name, text)) \(options)")
  }

  private let head =
    "Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,ISIN,Security Name\n"

  /// 20 deposited before; 2.40 - 2.40 + 3.10 of dividends, 0.50 of interest taken back: 20 + 3.10 - 0.50 = 22.60; income 3.10 - 0.50.
  @Test func whatIsBelowZeroTakesIncomeBack() throws {
    let rig = Rig("tracker")
    #expect(rig.run("add account account=Broker kind=broker").code == .ok)
    #expect(rig.run("add event type=DEPOSIT timestamp=2024-01-01 account=Broker asset=USD quantity=20").code == .ok)
    let answer = try imported(
      rig, "a.csv",
      head + """
        2024-02-01T00:00,Dividend,2.40,USD,,,,0.00,0.00,6,US0000000003,Made Up Inc
        2024-02-09T00:00,Dividend,-2.40,USD,,,,0.00,0.00,-6,US0000000003,Made Up Inc
        2024-02-09T00:00,Dividend,3.10,USD,,,,0.00,0.00,8,US0000000003,Made Up Inc
        2024-02-10T00:00,Interest,-0.50,USD,,,,,,,,

        """, "--account Broker")
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["USD Broker 22.6"])
    #expect(rig.run("check").code == .ok)
  }

  /// 61.37 USD at 1.3517 would be 82.953829, but 82.97 was booked and taken out: what was there before stays, 4 CAD.
  @Test func theBookedValueIsTheTruthOfTheCash() throws {
    let rig = Rig("tracker-rate")
    #expect(rig.run("add account account=Broker kind=broker").code == .ok)
    #expect(rig.run("add event type=DEPOSIT timestamp=2024-01-01 account=Broker asset=CAD quantity=4").code == .ok)
    let answer = try imported(
      rig, "a.csv",
      head + """
        2024-02-01T00:00,Dividend,82.97,CAD,61.37,USD,1.3517,0.00,0.00,10,US0000000003,Made Up Inc
        2024-02-02T00:00,Removal,82.97,CAD,,,,,,,,

        """, "--account Broker")
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["CAD Broker 4"])
  }

  /// GIRO: 3,000 - (8 x 50 + 4) + (30 - 7.50) + (3 x 60 - 4 - 9) = 2,785.50; DEPOT keeps 8 - 3 shares and no cash. Gain of the sale:
  /// 180 - 4 less 3/8 of 404.
  @Test func theCashOfADepotMovesOnItsCashAccount() throws {
    let rig = Rig("tracker-depot")
    let answer = try imported(
      rig, "a.csv",
      """
      Datum;Uhrzeit;Typ;Wertpapier;Stück;Kurs;Betrag;Gebühren;Steuern;Gesamtpreis;Konto;Gegenkonto;Notiz;Quelle
      2024-01-01;00:00:00;Einlage;;;;3.000,00;;;3.000,00;GIRO;;;
      2024-01-02;00:00:00;Kauf;Beispiel AG;8;50,00;400,00;4,00;;404,00;DEPOT;GIRO;;
      2024-02-02;00:00:00;Dividende;Beispiel AG;8;;30,00;;7,50;22,50;GIRO;;;
      2024-03-02;00:00:00;Umbuchung (Ausgang);Beispiel AG;3;55,00;165,00;;;165,00;DEPOT;ZWEIT;;
      2024-03-02;00:00:00;Umbuchung (Eingang);Beispiel AG;3;55,00;165,00;;;165,00;ZWEIT;DEPOT;;
      2024-04-02;00:00:00;Verkauf;Beispiel AG;3;60,00;180,00;4,00;9,00;167,00;ZWEIT;GIRO;;

      """, "--currency EUR")
    #expect(answer.code == .ok, "\(answer.errors)")
    #expect(held(rig) == ["Beispiel AG DEPOT 5", "EUR GIRO 2785.5"])
    #expect(rows(rig, "gains", ["asset", "kind", "proceeds", "cost", "gain"]) == ["Beispiel AG sell 176 151.5 24.5"])
    #expect(rows(rig, "assets", ["asset", "class"]).contains("Beispiel AG stock"))
  }

  /// The activities take 3 x 40 = 120 from an account that states 30: the file does not tell of 150.
  @Test func aStatedBalanceIsNeverDropped() throws {
    let rig = Rig("tracker-balance")
    let answer = try imported(
      rig, "a.json",
      """
      {"meta":{"date":"2024-02-25T00:00:00.000Z","version":"2.240.0"},
      "accounts":[{"balance":30,"currency":"USD","id":"a-1","name":"Broker","platformId":null}],
      "assetProfiles":[{"symbol":"MADE","dataSource":"YAHOO","currency":"USD","name":"Made Up","marketData":[]}],
      "activities":[{"accountId":"a-1","fee":0,"quantity":3,"type":"BUY","unitPrice":40,"currency":"USD","dataSource":"YAHOO",
      "date":"2024-02-20T00:17:22.293Z","symbol":"MADE","id":"x-1"}]}

      """)
    #expect(answer.code == .ok)
    #expect(answer.errors.contains("states a balance of 30 USD, but its activities make -120"))
    #expect(answer.errors.contains("type=DEPOSIT account=\"Broker\" asset=USD quantity=150"))
  }

  @Test func sharesAreNoCoinsAndPairsAreOneAsset() throws {
    let rig = Rig("tracker-class")
    let table = """
      Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note
      2024-01-02,MADE,YAHOO,USD,18,4,buy,0,
      2024-01-02,ETHUSD,YAHOO,USD,2000,0.1,buy,0,
      2024-01-03,ETHUSD,YAHOO,EUR,1900,0.2,buy,0,

      """
    #expect(try imported(rig, "a.csv", table).code == .ok)
    let json = """
      {"activities":[{"fee":0,"quantity":1,"type":"BUY","unitPrice":2000,"currency":"USD","dataSource":"YAHOO",
      "date":"2024-01-04T00:00:00.000Z","symbol":"ETHUSD"}, {"fee":0,"quantity":2,"type":"BUY","unitPrice":1,"currency":"USD",
      "dataSource":"COINGECKO","date":"2024-01-04T00:00:00.000Z","symbol":"madecoin"}]}

      """
    #expect(try imported(rig, "b.json", json).code == .ok)
    let found = rows(rig, "holdings", ["asset", "class", "quantity"]).filter { !$0.contains("cash") }.sorted()
    #expect(found == ["ETH crypto 1.3", "MADE stock 4", "madecoin crypto 2"])
  }

  /// 4 shares at 612.5 pence are 24.50 pounds; 4 x 500 pence and 95 pence of fee cost 20.95.
  @Test func penceAreMoneyEverywhere() throws {
    let rig = Rig("tracker-pence")
    #expect(rig.run("set base GBP").code == .ok)
    let events = "id,timestamp,type,account,asset,quantity,price,currency,fee,fee_asset\n1,2024-01-02,BUY,I,PENCE,4,500,GBX,95,GBp\n"
    #expect(try imported(rig, "a.csv", events).code == .ok)
    #expect(try imported(rig, "p.csv", "date,asset,currency,price,kind\n2024-05-15,PENCE,GBX,612.5,close\n").code == .ok)
    #expect(rows(rig, "holdings", ["asset", "quantity", "value", "cost"]).contains("PENCE 4 24.5 20.95"))
    #expect(rig.run("add event type=DEPOSIT timestamp=2024-01-03 account=I asset=ZAc quantity=1250").code == .ok)
    #expect(rig.run("add event type=DIVIDEND timestamp=2024-01-04 account=I asset=PENCE gross=40 currency=GBX").code == .ok)
    #expect(held(rig).filter { !$0.hasPrefix("PENCE") } == ["GBP I -20.55", "ZAR I 12.5"])
    #expect(rig.run("add price asset=PENCE date=2024-05-14 price=600 currency=GBp").output.contains("6 GBP"))
    #expect(!rows(rig, "assets", ["asset"]).contains("GBX"))
  }

  /// A list of tokens names the address that another file used for a name, and another chain's beside it: one asset.
  @Test(arguments: [true, false]) func anAddressOfATokenListIsTheToken(_ listFirst: Bool) throws {
    let rig = Rig("tracker-address-\(listFirst)")
    let list = """
      [{"fullName": "9 Madeup Ave", "symbol": "REALTOKEN-9", "uuid": "0x9999999999999999999999999999999999999991", "currency": "USD",
      "gnosisContract": "0x9999999999999999999999999999999999999991", "ethereumContract": "0x9999999999999999999999999999999999999992",
      "totalTokens": 10, "tokenPrice": 5, "netRentYearPerToken": 1, "lastUpdate": {"date": "2024-04-05"}}]

      """
    let events = """
      id,timestamp,type,account,asset,quantity
      1,2024-04-02,DELIVERY_IN,W,0x9999999999999999999999999999999999999992,3

      """
    for isList in [listFirst, !listFirst] {
      #expect(try imported(rig, isList ? "list.json" : "events.csv", isList ? list : events).code == .ok)
    }
    #expect(rows(rig, "holdings", ["asset", "class", "quantity", "nav"]) == ["REALTOKEN-9 security 3 5"])
  }
}
