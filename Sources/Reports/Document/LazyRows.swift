/// Rows that are made when they are asked for, so that a million of them cost no memory.
public struct LazyRows<Row: Sendable>: RandomAccessCollection, Sendable {
  private let places: [Int32]
  private let make: @Sendable (Int) -> Row

  /// Rows made out of places.
  init(_ places: [Int32], make: @escaping @Sendable (Int) -> Row) {
    self.places = places
    self.make = make
  }

  /// The first place.
  public var startIndex: Int { 0 }
  /// One past the last place.
  public var endIndex: Int { places.count }
  /// The row at a place.
  public subscript(place: Int) -> Row { make(Int(places[place])) }
}
