import CLI
import Importers
import TestSupport
import Testing

/// A row that was imported is never booked again, however it is printed the next time.
struct IdentityTests {
  private static let fixtures = folder(of: folder(of: #filePath)) + "/ImportersTests/Fixtures"

  /// What accounts hold, without prices.
  private func held(_ rig: Rig) -> String {
    rig.run("holdings --by account --format csv").output.split(separator: "\n").map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return cells.count > 4 ? "\(cells[0]) \(cells[3]) \(cells[4])" : String(line)
    }.joined(separator: "\n")
  }

  /// The first data row's first time of day loses its seconds.
  private func withoutSeconds(_ text: String) -> String? {
    guard let header = text.firstIndex(of: "\n") else { return nil }
    var bytes = Array(text[header...].utf8)
    func isDigit(_ place: Int) -> Bool { bytes.indices.contains(place) && (48...57).contains(bytes[place]) }
    for place in bytes.indices.dropLast(8)
    where isDigit(place) && isDigit(place + 1) && bytes[place + 2] == 58 && isDigit(place + 3) && isDigit(place + 4)
      && bytes[place + 5] == 58
      && isDigit(place + 6) && isDigit(place + 7) && bytes[place + 6...place + 7] != [48, 48]
    {
      (bytes[place + 6], bytes[place + 7]) = (48, 48)
      return String(text[..<header]) + String(decoding: bytes, as: UTF8.self)
    }
    return nil
  }

  @Test(arguments: Registry.all.map(\.id)) func aRowWithoutItsSecondsIsTheSameRow(_ id: String) throws {
    guard let text = try? readText("\(IdentityTests.fixtures)/\(id)/input.csv"), let shortened = withoutSeconds(text) else { return }
    let rig = Rig("identity")
    let options = "--as \(id) --day-first no --decimal-comma no --currency USD --asset BTC"
    let first = rig.run("import \(options) '\(try rig.file("first.csv", text))'")
    guard first.code != .failed else { return }
    let before = held(rig)
    _ = rig.run("import \(options) '\(try rig.file("again.csv", shortened))'")
    #expect(held(rig) == before)
  }

  private let header = "id,timestamp,type,account,asset,quantity,price,currency,gross,note\n"
  private func events(_ rows: String...) -> String { header + rows.joined(separator: "\n") + "\n" }

  /// Imports two files into a new database and says how the second one's rows ended.
  private func counts(_ first: String, _ second: String, _ options: String = "") throws -> (rig: Rig, rows: String) {
    let rig = Rig("identity")
    _ = rig.run("import '\(try rig.file("one.csv", first))'")
    let answer = rig.run("import \(options) '\(try rig.file("two.csv", second))' --format json")
    let rows = answer.output.split(separator: "\"rows\":").last.map { String($0.prefix { $0 != "}" }) } ?? ""
    return (rig, rows)
  }

  private func rows(_ imported: Int = 0, duplicate: Int = 0, changed: Int = 0) -> String {
    "{\"total\":\(imported + duplicate + changed),\"imported\":\(imported),\"duplicate\":\(duplicate),\"changed\":\(changed),\"ignored\":0,\"problem\":0"
  }

  private let buy = "x1,2023-01-01T10:00:07Z,BUY,I,BTC,0.5,100,USD,50,first"

  @Test(arguments: [
    // The same, printed otherwise: digits, seconds, a note.
    ("x1,2023-01-01T10:00:07Z,BUY,I,BTC,0.5000,100.0,USD,50.00,first", 0), ("x1,2023-01-01T10:00Z,BUY,I,BTC,0.5,100,USD,50,first", 0),
    ("x1,2023-01-01T11:00:07+01:00,BUY,I,BTC,0.5,100,USD,50,another", 0), (",2023-01-01T10:00:07Z,BUY,I,BTC,0.50,100,USD,50,", 0),
    // Its id is known with another amount, price, day or kind.
    ("x1,2023-01-01T10:00:07Z,BUY,I,BTC,0.6,100,USD,60,first", 1), ("x1,2023-01-01T10:00:07Z,BUY,I,BTC,0.5,110,USD,55,first", 1),
    ("x1,2023-01-02T10:00:07Z,BUY,I,BTC,0.5,100,USD,50,first", 1), ("x1,2023-01-01T10:00:07Z,SELL,I,BTC,0.5,100,USD,50,first", 1),
  ]) func aKnownRowIsNeverBookedAgain(_ row: String, _ changed: Int) throws {
    let found = try counts(events(buy), events(row))
    #expect(found.rows == rows(duplicate: 1 - changed, changed: changed))
    #expect(held(found.rig).contains("BTC I 0.5"))
  }

  @Test func whatIsTwiceInAFileIsThereTwice() throws {
    let twin = ",2023-01-01T10:00:07Z,BUY,I,BTC,0.5,100,USD,50,"
    let printed = ",2023-01-01T10:00:07Z,BUY,I,BTC,0.50,100,USD,50,"
    #expect(try counts(events(twin), events(twin, twin)).rows == rows(1, duplicate: 1))
    #expect(try counts(events(twin), events(printed, printed)).rows == rows(1, duplicate: 1))
    #expect(try counts(events(twin, twin), events(printed, printed)).rows == rows(duplicate: 2))
  }

  @Test func whatResemblesAnEventIsBookedWithAWord() throws {
    let (rig, found) = try counts(
      events(",2023-01-01T10:00:07Z,BUY,I,BTC,0.5,100,USD,50,"), events(",2023-01-01T10:00:07Z,BUY,I,BTC,0.7,100,USD,70,"))
    #expect(found == rows(1))
    let again = rig.run("import '\(try rig.file("three.csv", events(",2023-01-01T10:00:07Z,BUY,I,BTC,0.9,100,USD,90,")))'")
    #expect(again.errors.contains("resembles event 1"))
  }

  @Test func anUpdateIsOneStepThatIsTakenBack() throws {
    let (rig, found) = try counts(events(buy), events("x1,2023-01-01T10:00:07Z,BUY,I,BTC,0.6,100,USD,60,first"), "--update")
    #expect(found == rows(changed: 1))
    #expect(held(rig).contains("BTC I 0.6"))
    // Again, it is what is there.
    let again = rig.run("import --update '\(rig.folder)/two.csv'")
    #expect(again.output.contains("0 imported, 1 duplicate"))
    #expect(held(rig).contains("BTC I 0.6"))
    _ = rig.run("undo")
    #expect(held(rig).contains("BTC I 0.5"))
    #expect(rig.run("check").code == .ok)
  }

  @Test func whatWasEditedOrDeletedSinceStaysAsItIs() throws {
    let rig = Rig("identity")
    _ = rig.run("import '\(try rig.file("one.csv", events(buy)))'")
    _ = rig.run("edit event 1 quantity=0.4 gross=40")
    let printed = try rig.file("two.csv", events("x1,2023-01-01T10:00Z,BUY,I,BTC,0.50,100,USD,50,first"))
    #expect(rig.run("import '\(printed)'").errors.contains("changed: quantity 0.4 -> 0.5"))
    #expect(held(rig).contains("BTC I 0.4"))
    _ = rig.run("delete event 1")
    let answer = rig.run("import --update '\(printed)'")
    #expect(answer.errors.contains("stays as it is"))
    #expect(!held(rig).contains("BTC I"))
  }
}
