import Amounts

/// Reads dates and times by a pattern such as `dd.MM.yyyy HH:mm[:ss]`.
///
/// Letters: `yyyy yy MM M dd d HH H hh h mm ss` digits (a single letter takes one or two), `MMM` English month names, `EEE` a weekday
/// (skipped), `S` a fraction of any length, `a` AM/PM, `Z` a zone (`Z`, `UTC`, `GMT`, `+02:00`, `+0200`). `[...]` may be absent.
/// Anything else stands for itself, a blank for one or more blanks.
struct TimePattern {
  /// What was read.
  struct Reading {
    var year = 1970
    var month = 1
    var dayOfMonth = 1
    var hour = 0
    var minute = 0
    var second = 0
    var microsecond = 0
    var offset: Int?
    var isPM: Bool?
    var hasTime = false
  }

  let pattern: [UInt8]

  init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

  /// The parts of the text; nil when it is not of this form or names an impossible date or time.
  func read(_ text: UnsafeRawBufferPointer) -> (day: Day, reading: Reading)? {
    var reading = Reading()
    guard let end = match(0, pattern.count, text, 0, &reading), end == text.count else { return nil }
    if let isPM = reading.isPM {
      guard (1...12).contains(reading.hour) else { return nil }
      reading.hour = reading.hour % 12 + (isPM ? 12 : 0)
    }
    guard reading.hour < 24, reading.minute < 60, reading.second <= 60,
      let day = Day(year: reading.year, month: reading.month, day: reading.dayOfMonth)
    else { return nil }
    reading.second = min(reading.second, 59)
    return (day, reading)
  }

  private func match(_ from: Int, _ to: Int, _ text: UnsafeRawBufferPointer, _ start: Int, _ out: inout Reading) -> Int? {
    var p = from
    var t = start
    while p < to {
      let letter = pattern[p]
      if letter == 0x5B {  // [
        guard let close = closing(p, to) else { return nil }
        var attempt = out
        if let after = match(p + 1, close, text, t, &attempt), let end = match(close + 1, to, text, after, &attempt) {
          out = attempt
          return end
        }
        p = close + 1
        continue
      }
      var run = 1
      while p + run < to, pattern[p + run] == letter { run += 1 }
      let isLetter = (letter | 0x20) >= 0x61 && (letter | 0x20) <= 0x7A && !(letter == 0x54 && run == 1)
      guard let next = isLetter ? field(letter, run, text, t, &out) : literal(letter, run, text, t) else { return nil }
      t = next
      p += run
    }
    return t
  }

  /// The bracket that closes the one at a place.
  private func closing(_ open: Int, _ to: Int) -> Int? {
    var depth = 0
    for index in open..<to {
      if pattern[index] == 0x5B { depth += 1 }
      if pattern[index] == 0x5D { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private func literal(_ byte: UInt8, _ run: Int, _ text: UnsafeRawBufferPointer, _ at: Int) -> Int? {
    var t = at
    if byte == 0x20 {
      while t < text.count, text[t] == 0x20 || text[t] == 0x09 { t += 1 }
      return t > at ? t : nil
    }
    for _ in 0..<run {
      guard t < text.count, text[t] == byte else { return nil }
      t += 1
    }
    return t
  }

  private func field(_ letter: UInt8, _ run: Int, _ text: UnsafeRawBufferPointer, _ at: Int, _ out: inout Reading) -> Int? {
    func digits(_ least: Int, _ most: Int, _ store: (Int) -> Void) -> Int? {
      var value = 0
      var t = at
      while t < text.count, t - at < most, text[t] &- 0x30 < 10 {
        value = value * 10 + Int(text[t] &- 0x30)
        t += 1
      }
      guard t - at >= least else { return nil }
      store(value)
      return t
    }
    let (least, most) = run >= 2 ? (run, run) : (1, 2)
    switch letter {
    case 0x79: return digits(run, run) { out.year = run == 2 ? 2000 + $0 : $0 }
    case 0x4D where run >= 3: return word(text, at, TimePattern.months) { out.month = $0 + 1 }
    case 0x4D: return digits(least, most) { out.month = $0 }
    case 0x64: return digits(least, most) { out.dayOfMonth = $0 }
    case 0x48, 0x68:
      out.hasTime = true
      return digits(least, most) { out.hour = $0 }
    case 0x6D: return digits(least, most) { out.minute = $0 }
    case 0x73: return digits(least, most) { out.second = $0 }
    case 0x45: return word(text, at, TimePattern.weekdays) { _ in }
    case 0x61:
      return word(text, at, ["am", "pm"]) { out.isPM = $0 == 1 } ?? word(text, at, ["a.m.", "p.m."]) { out.isPM = $0 == 1 }
    case 0x53:
      var kept = 0
      var t = at
      while t < text.count, text[t] &- 0x30 < 10 {
        if kept < 6 {
          out.microsecond = out.microsecond * 10 + Int(text[t] &- 0x30)
          kept += 1
        }
        t += 1
      }
      guard t > at else { return nil }
      for _ in kept..<6 { out.microsecond *= 10 }
      return t
    case 0x5A: return zone(text, at, &out)
    default: return nil
    }
  }

  private func zone(_ text: UnsafeRawBufferPointer, _ at: Int, _ out: inout Reading) -> Int? {
    for name in ["utc", "gmt", "z"] where word(text, at, [name], { _ in }) == at + name.utf8.count {
      out.offset = 0
      let after = at + name.utf8.count
      guard after < text.count, text[after] == 0x2B || text[after] == 0x2D else { return after }
      return offset(text, after, &out)
    }
    return offset(text, at, &out)
  }

  private func offset(_ text: UnsafeRawBufferPointer, _ at: Int, _ out: inout Reading) -> Int? {
    guard at < text.count, text[at] == 0x2B || text[at] == 0x2D else { return nil }
    var numbers: [Int] = []
    var t = at + 1
    while t < text.count, numbers.count < 4, text[t] &- 0x30 < 10 || text[t] == 0x3A {
      if text[t] != 0x3A { numbers.append(Int(text[t] &- 0x30)) }
      t += 1
    }
    let hours: Int
    var minutes = 0
    switch numbers.count {
    case 1: hours = numbers[0]
    case 2: hours = numbers[0] * 10 + numbers[1]
    case 4:
      hours = numbers[0] * 10 + numbers[1]
      minutes = numbers[2] * 10 + numbers[3]
    default: return nil
    }
    guard hours <= 14, minutes < 60 else { return nil }
    out.offset = (text[at] == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
    return t
  }

  /// The end of the longest known word at a place; words are given by their shortest form.
  private func word(_ text: UnsafeRawBufferPointer, _ at: Int, _ words: [String], _ store: (Int) -> Void) -> Int? {
    for (index, word) in words.enumerated() {
      let bytes = Array(word.utf8)
      guard at + bytes.count <= text.count, bytes.indices.allSatisfy({ text[at + $0] | 0x20 == bytes[$0] | 0x20 }) else { continue }
      store(index)
      var end = at + bytes.count
      if bytes.count == 3 {
        while end < text.count, (text[end] | 0x20) >= 0x61, (text[end] | 0x20) <= 0x7A { end += 1 }
      }
      return end
    }
    return nil
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
