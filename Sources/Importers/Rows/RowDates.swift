public import Amounts

extension Row {
  /// The time in a cell whose days and months stand in an order that the exporter leaves to its user: `5/9/2024 21:14`.
  ///
  /// ISO texts are read as such. Where only one order is possible it is taken; otherwise `dayFirst` decides.
  ///
  /// - Throws: `.ambiguousDate` when nothing decides.
  public func userMoment(_ name: String, dayFirst: Bool?, zone: Zone? = nil) throws(RowProblem) -> Moment {
    let text = try text(name)
    guard text.contains("/") || text.contains(".") || text.contains("-"), !text.prefix(4).allSatisfy(\.isNumber) else {
      return try moment(name, zone: zone)
    }
    let clocks = ["", " H:mm[:ss]", " h:mm[:ss] a"]
    let days = ["/", ".", "-"].flatMap { mark in clocks.map { "d\(mark)M\(mark)yyyy\($0)" } }
    let months = ["/", "-"].flatMap { mark in clocks.map { "M\(mark)d\(mark)yyyy\($0)" } }
    // A dotted date is never written with the month first.
    if text.contains("."), !text.contains("/") { return try moment(name, days, zone: zone) }
    let (a, b) = (try? moment(name, days, zone: zone), try? moment(name, months, zone: zone))
    switch (a, b) {
    case (let a?, let b?):
      if a == b { return a }
      guard let dayFirst else { throw problem(name, .ambiguousDate) }
      return dayFirst ? a : b
    case (let one?, nil), (nil, let one?): return one
    case (nil, nil): return try moment(name, days, zone: zone)
    }
  }

  /// Whether the day stands first in a cell, as far as the cell alone tells.
  public func dayFirst(_ name: String) -> Bool? {
    let parts = glance(name).split { !$0.isNumber }
    guard parts.count >= 3, parts[0].count <= 2, let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
    return first > 12 ? true : second > 12 ? false : nil
  }
}
