import Testing

@testable import TermKit

/// A field whose end the program proposes: typing takes the proposal's place, moving keeps it.
@Suite struct ProposalTests {
  private func field(after keys: [String]) -> String {
    var field = TextField("whatif ", proposing: "500000")
    for name in keys {
      if let key = Key(name) { _ = field.take(key) } else { _ = field.insert(name) }
    }
    return field.text
  }

  @Test func whatIsTypedTakesTheProposalsPlace() {
    #expect(field(after: ["2", "5"]) == "whatif 25")
    #expect(field(after: ["Backspace", "7"]) == "whatif 7")
  }

  @Test func pastedTextTakesItsPlaceToo() {
    var field = TextField("whatif ", proposing: "500000")
    #expect(field.insert("250000 0.98") == .edited)
    #expect(field.text == "whatif 250000 0.98")
  }

  @Test func aMovedCursorKeepsIt() {
    #expect(field(after: ["End", "0"]) == "whatif 5000000")
    #expect(field(after: ["Left", "1"]) == "whatif 5000010")
  }

  @Test func enterSubmitsIt() throws {
    var field = TextField("whatif ", proposing: "500000")
    #expect(field.take(try #require(Key("Enter"))) == .submitted)
    #expect(field.text == "whatif 500000")
  }
}
