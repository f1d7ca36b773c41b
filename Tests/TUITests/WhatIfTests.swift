import TermKit
import Testing

@testable import TUI

/// The lot picker opens from a holding and from an asset's page.
@Suite struct WhatIfTests {
  @Test func wOnAHoldingAsksForAQuantityAndShowsEveryMethod() {
    var rig = Harbour.rig()
    rig.press("2")
    rig.press("w")
    #expect(rig.text().contains("whatif "))
    rig.press("Enter")
    #expect(rig.text().contains("nothing is changed"))
    for method in ["fifo", "lifo", "hifo", "lofo", "average", "by hand"] { #expect(rig.text().contains(method)) }
  }
}
