import Amounts
import Ledger
import TestSupport
import Testing

@testable import Importers

/// What must hold for any file.
@Suite struct LawTests {
  /// Rows of a file by outcome, the session's counts, and every row's place.
  private func tally(_ source: ByteSource) throws(ImportError) -> (counts: RowCounts, rows: [DecodedRow], facts: [DecodedFact]) {
    let session = try DecodeSession(source)
    var rows: [DecodedRow] = []
    var facts: [DecodedFact] = []
    while let batch = try session.next() {
      for fact in batch.facts {
        for index in [fact.row] + fact.otherRows { #expect(batch.rows[index].state == .imported) }
      }
      let covered = Set(batch.facts.flatMap { [$0.row] + $0.otherRows })
      for (index, row) in batch.rows.enumerated() where row.state == .imported { #expect(covered.contains(index), "row without a fact") }
      rows += batch.rows
      facts += batch.facts
    }
    return (session.counts, rows, facts)
  }

  @Test(arguments: Fixtures.all) func everyRowHasOneOutcome(_ fixture: Fixture) throws {
    let (counts, rows, _) = try tally(.file(fixture.input))
    #expect(counts.total == rows.count)
    #expect(Set(rows.map(\.offset)).count == rows.count)
    #expect(counts.imported == rows.count { $0.state == .imported })
  }

  /// Damaged files must be read or refused, with all rows accounted for, and never trap.
  @Test(arguments: Fixtures.all) func survivesDamage(_ fixture: Fixture) throws {
    let original = Array((Fixtures.read(fixture.input) ?? "").utf8)
    for seed in 0..<60 as Range<UInt64> {
      var random = SplitMix64(seed: seed &+ Fingerprint.hash(fixture.id))
      var bytes = original
      for _ in 0...Int.random(in: 0..<6, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 1...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert([0x22, 0x2C, 0x0A, 0x3B, 0x2D, 0x65, 0x7B, 0x5D].randomElement(using: &random) ?? 0x22, at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1..<80, using: &random)))
        case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 50)], at: at)
        case 5: bytes.insert(contentsOf: Array("99999999999999999999999999999999999999999e99999".utf8), at: at)
        default: bytes = Array(bytes[..<at])
        }
      }
      do throws(ImportError) {
        let (counts, rows, _) = try tally(.bytes(bytes, name: "seed \(seed)"))
        #expect(counts.total == rows.count, "seed \(seed)")
      } catch {
        continue
      }
    }
  }

  @Test func identityIsTheCellsNotTheirOrder() throws {
    func prints(_ text: String, account: String? = nil) throws -> [Fingerprint] {
      var options = ImportOptions()
      options.account = account
      let session = try DecodeSession(.text(text), options)
      var found: [Fingerprint] = []
      while let batch = try session.next() { found += batch.rows.map(\.fingerprint) }
      return found
    }
    let one = try prints("timestamp,type,asset,quantity\n2024-01-01,REWARD,ETH,1\n2024-01-01,REWARD,ETH,1\n2024-01-01,REWARD,ETH,2\n")
    #expect(one[0] == one[1])
    #expect(one[0] != one[2])
    #expect(try prints("quantity;note;ASSET;type;timestamp\n1;;\"ETH\"; REWARD;2024-01-01\n") == [one[0]])
    #expect(
      try prints(#"{"format":"florin.events.v1","rows":[{"timestamp":"2024-01-01","type":"REWARD","quantity":1,"asset":"ETH"}]}"#) == [
        one[0]
      ])
    #expect(try prints("timestamp,type,asset,quantity\n2024-01-01,REWARD,ETH,1\n", account: "Other") != [one[0]])
    // Cells do not run into each other.
    #expect(try prints("timestamp,type,asset,quantity\n2024-01-01,REWARD,E,TH1\n") != [one[0]])
  }

  /// Stored fingerprints must stay what they are.
  @Test func theFingerprintIsFrozen() throws {
    let batch = try #require(
      try DecodeSession(.text("timestamp,type,asset,quantity,note\n2024-01-01,REWARD,ETH,1,longer than eight bytes\n")).next())
    let hex = batch.rows[0].fingerprint.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(hex == "82dc9fff78bab2c44d69bd16863b4a0d")
  }

  @Test func sha256OfKnownTexts() {
    func digest(_ text: String, _ times: Int = 1) -> String {
      var hash = SHA256()
      for _ in 0..<times { Array(text.utf8).withUnsafeBytes { hash.update($0) } }
      return hash.finish()
    }
    // Source: FIPS 180-2, appendix B.
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(digest("aaaaaaaaaa", 100_000) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
