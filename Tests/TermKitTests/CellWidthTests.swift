import CTerm
import Glibc
import Testing

@testable import TermKit

@Suite struct CellWidthTests {
  @Test func theTableAgreesWithLibc() throws {
    let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    var different: [String] = []
    for value in UInt32(0x20)..<0x11_0000 where Unicode.Scalar(value) != nil && !(0x7F..<0xA0).contains(value) {
      let known = [-1, 0, 1, 2][Int(CellWidth.tableClass(of: value))]
      // A newer libc knows scalars the table shows as U+FFFD; what the table knows must agree.
      if known != -1, ct_wcwidth(value) != Int32(known) { different.append(String(value, radix: 16)) }
    }
    #expect(different == [])
  }

  @Test(arguments: [
    ("Zürich €", 8), ("株式会社", 8), ("한글", 4), ("ﾊﾝｶｸ", 4), ("e\u{301}", 1), ("⣿▁█┌", 4), ("👩\u{200D}🚀", 4), ("❤\u{FE0F}", 1),
    ("₿", 1), ("\u{1B}", 1), ("", 0),
  ])
  func aTextIsAsWideAsItsCells(_ text: String, _ cells: Int) { #expect(CellWidth.of(text) == cells) }
}
