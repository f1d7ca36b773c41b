/// Rows that are made when they are asked for, so that a million of them cost no memory.
public struct LazyRows<Row: Sendable>: RandomAccessCollection, Sendable {
  private let places: [Int32]?
  private let length: Int
  private let make: @Sendable (Int) -> Row

  /// Rows made out of places.
  init(_ places: [Int32], make: @escaping @Sendable (Int) -> Row) {
    self.places = places
    length = places.count
    self.make = make
  }

  /// Rows made out of their number.
  init(count: Int, make: @escaping @Sendable (Int) -> Row) {
    places = nil
    length = count
    self.make = make
  }

  /// The first place.
  public var startIndex: Int { 0 }
  /// One past the last place.
  public var endIndex: Int { length }
  /// What the row at a place is made out of.
  func source(of place: Int) -> Int { places.map { Int($0[place]) } ?? place }
  /// The row at a place.
  public subscript(place: Int) -> Row { make(places.map { Int($0[place]) } ?? place) }
}
