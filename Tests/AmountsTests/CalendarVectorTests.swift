import TestSupport
import Testing

import Amounts

private func lines(_ name: String) throws -> [[String]] {
  try readText(folder(of: #filePath) + "/Vectors/" + name).split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
}

@Test func everyDayOfPythonsCalendarHolds() throws {
  for cells in try lines("days.txt") {
    let ordinal = try #require(Int32(cells[0]))
    let day = Day(ordinal: ordinal)
    #expect(day.description == cells[1])
    #expect(Day(cells[1]) == day)
    #expect(String(day.weekday) == cells[2])
    let (year, month, number) = day.civil
    #expect(Day(year: year, month: month, day: number) == day)
  }
}

@Test func everyZoneVectorOfPythonHolds() throws {
  var zones: [String: Zone] = [:]
  for cells in try lines("zones.txt") {
    let name = cells[1]
    if zones[name] == nil { zones[name] = Zone(name: name, tzif: try readBytes("/usr/share/zoneinfo/" + name)) }
    let zone = try #require(zones[name])
    if cells[0] == "utc" {
      let second = try #require(Int64(cells[2]))
      #expect(String(zone.offset(at: Instant(microseconds: second * 1_000_000))) == cells[3], "\(cells)")
    } else {
      let local = try #require(ClockText(cells[2]))
      let (instant, isAmbiguous) = zone.instant(day: local.day, second: local.second)
      #expect(String(instant.microseconds / 1_000_000) == cells[3], "\(cells)")
      #expect(isAmbiguous == (cells[4] == "twice"), "\(cells)")
    }
  }
}

@Test func aMonthLaterIsTheSameDayNumberClampedToTheMonthsEnd() throws {
  let cases = [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2024-03-31", -1, "2024-02-29"),
    ("2024-12-15", 1, "2025-01-15"), ("2024-01-15", -1, "2023-12-15"), ("2024-06-30", 6, "2024-12-30"), ("2024-05-31", 0, "2024-05-31"),
  ]
  for (start, months, end) in cases {
    #expect(Day(start)?.adding(months: months).description == end, "\(start) + \(months)")
  }
}

@Test(arguments: [
  ("2024-03-01T12:00:00Z", "2024-03-01T12:00:00Z"), ("2024-03-01 12:00:00Z", "2024-03-01T12:00:00Z"),
  ("2024-03-01T12:00Z", "2024-03-01T12:00:00Z"), ("2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00Z"),
  ("2024-03-01T00:30:00+0530", "2024-02-29T19:00:00Z"), ("2024-03-01T12:00:00-05", "2024-03-01T17:00:00Z"),
  ("2024-03-01T12:00:00.5Z", "2024-03-01T12:00:00.5Z"), ("2024-03-01T12:00:00.123456789Z", "2024-03-01T12:00:00.123456Z"),
  ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"), ("2024-03-01 12:00:00 UTC", "2024-03-01T12:00:00Z"),
  ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
  ("2024-03-01T12:00:00z", "2024-03-01T12:00:00Z"),
])
func isoTextIsReadAsTheInstantItNames(_ text: String, _ canonical: String) {
  #expect(Instant(text)?.description == canonical)
}

@Test(arguments: [
  "", "2024", "2024-03-01", "2024-03-01T12:00:00", "2024-02-30T12:00:00Z", "2024-13-01T12:00:00Z", "2024-03-01T24:00:00Z",
  "2024-03-01T12:60:00Z", "2024-03-01T12:00:61Z", "2024-03-01T12:00:00.Z", "2024-03-01T12:00:00+15:00", "2024-03-01T12:00:00Zx",
  "2024-03-01X12:00:00Z", "24-03-01T12:00:00Z", "2024-03-01T12:00:00+02:0", "2024-3-1T12:00:00Z", "0000-01-01T00:00:00Z",
])
func textThatNamesNoInstantIsRefused(_ text: String) {
  #expect(Instant(text) == nil)
}

@Test func aZoneFileThatIsNotOneIsRefused() throws {
  let good = try readBytes("/usr/share/zoneinfo/Europe/Amsterdam")
  #expect(Zone(name: "x", tzif: []) == nil)
  #expect(Zone(name: "x", tzif: Array("TZif2".utf8)) == nil)
  for length in stride(from: 0, to: good.count, by: 37) { _ = Zone(name: "x", tzif: Array(good[..<length])) }
  try withSeeds(300) { random in
    var bytes = good
    for _ in 0..<4 { bytes[random.int(0...(bytes.count - 1))] = UInt8(truncatingIfNeeded: random.next()) }
    if let zone = Zone(name: "x", tzif: bytes) { _ = zone.offset(at: Instant(microseconds: 1_700_000_000_000_000)) }
  }
}
