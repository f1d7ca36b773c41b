import Ledger

/// Where events stand in a table, by id: an array, as ids are given one after the other.
struct EventPlaces {
  private let first: Int64
  private var places: [Int32]
  /// Ids far from the others.
  private var rest: [Int64: Int] = [:]

  /// The places of some ids.
  init(_ ids: [Int64]) {
    let low = ids.min() ?? 0
    first = low
    let room = min((ids.max() ?? 0) - low + 1, Int64(ids.count) * 4 + 64)
    places = [Int32](repeating: -1, count: ids.isEmpty ? 0 : Int(room))
    for (place, id) in ids.enumerated() {
      if id - low < room { places[Int(id - low)] = Int32(place) } else { rest[id] = place }
    }
  }

  /// The place of an event; nil when there is no such event.
  subscript(id: Int64) -> Int? {
    let offset = id - first
    guard offset >= 0, offset < Int64(places.count) else { return rest[id] }
    let place = places[Int(offset)]
    return place < 0 ? nil : Int(place)
  }
}

/// Rows of a report by the event they come from, in the report's order: two arrays, however many rows there are.
struct PlacesByEvent {
  private let events: EventPlaces
  private var starts: [Int32]
  private var rows: [Int32] = []

  /// - Parameters:
  ///   - count: how many rows there are.
  ///   - event: the event of a row; nil, or one that is not among the facts, leaves it out.
  init(_ events: EventPlaces, of table: EventTable, count: Int, event: (Int) -> EventID?) {
    self.events = events
    starts = [Int32](repeating: 0, count: table.count + 1)
    var places = [Int32](repeating: -1, count: count)
    for row in 0..<count {
      guard let place = event(row).flatMap({ events[$0.raw] }) else { continue }
      places[row] = Int32(place)
      starts[place + 1] += 1
    }
    for place in 0..<table.count { starts[place + 1] += starts[place] }
    var next = starts
    rows = [Int32](repeating: 0, count: Int(starts[table.count]))
    for row in 0..<count where places[row] >= 0 {
      let place = Int(places[row])
      rows[Int(next[place])] = Int32(row)
      next[place] += 1
    }
  }

  /// The rows of an event; nil when it has none.
  subscript(event: EventID) -> [Int]? {
    guard let place = events[event.raw], starts[place] < starts[place + 1] else { return nil }
    return rows[Int(starts[place])..<Int(starts[place + 1])].map { Int($0) }
  }
}
