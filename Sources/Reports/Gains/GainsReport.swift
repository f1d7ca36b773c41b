public import Amounts
public import Engine
import Ledger

extension GainsReport {
  /// The realised gains of a booking that was made with its pieces.
  ///
  /// - Parameter by: what rows are grouped by; `disposal` does not group.
  public init(_ book: Book, _ booking: Booking, asOf: Day, by grouping: Grouping = .disposal, filter: Filter = .all) {
    let names = Names(book)
    let zone = book.settings.zone
    let months = book.settings.holdingMonths
    let pieces = booking.pieces
    let parts = CurrencyParts(book, pieces)
    let settings = book.settings
    let make: @Sendable (Int) -> GainRow = { place in GainRow(pieces[place], parts, names, settings) }
    let end = zone.end(of: asOf)
    var places = pieces.indices.filter { pieces[$0].disposed <= end }.map { Int32($0) }
    if !filter.isEmpty { places = places.filter { filter.matches(make(Int($0))) } }
    var sum = Decimal.zero
    var byCurrency = Figure.known(Decimal.zero)
    var excluded: [Exclusion] = []
    var reported: Set<AssetID> = []
    var groups: [String: Group] = [:]
    for place in places {
      let piece = pieces[Int(place)]
      switch piece.gainBase {
      case .known(let gain):
        sum = (try? sum.adding(gain)) ?? sum
        byCurrency = byCurrency.adding(parts.currencyPart(of: piece))
      case .unknown(let why):
        if reported.insert(piece.asset).inserted {
          excluded.append(Exclusion(asset: names.asset(piece.asset), what: "gain", why: why))
        }
      }
      if grouping != .disposal { groups[key(of: piece, grouping, names, zone, months), default: Group()].add(piece, parts) }
    }
    if grouping == .disposal {
      places = GainsReport.sorted(places, pieces, names)
    } else {
      places = []
    }
    let rows = groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { key, group in
      GainGroupRow(
        key: key, currency: group.gain.isKnown ? group.currency.map { names.currency($0) } : nil, gain: group.gain,
        gainBase: group.gainBase,
        unknown: group.unknown,
        gainPrice: group.byCurrency.map { (currency) throws(DecimalError) in try group.gainBase.subtracting(currency) },
        gainCurrency: group.byCurrency, isClosed: grouping == .year ? Int(key).map { book.isClosed($0) } : nil)
    }
    self.init(
      asOf: asOf, currency: names.currency(book.settings.base), rows: LazyRows(places, make: make), groups: rows, gainBase: sum,
      gainCurrency: byCurrency,
      excluded: excluded.sorted { AssetLabel.precedes($0.asset, $1.asset) })
  }

  /// By disposal, event, acquisition, asset. Small keys are sorted, because a piece is half a kilobyte.
  private static func sorted(_ places: [Int32], _ pieces: [GainPiece], _ names: Names) -> [Int32] {
    struct Key {
      let disposed: Int64
      let event: Int64
      let acquired: Int64
      let asset: Int32
      let place: Int32
    }
    let labels = Set(pieces.lazy.map(\.asset)).map { names.asset($0) }.sorted(by: AssetLabel.precedes)
    let ranks = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($0.element.id, Int32($0.offset)) })
    var keys = places.map { place in
      let piece = pieces[Int(place)]
      return Key(
        disposed: piece.disposed.microseconds, event: piece.event.raw, acquired: piece.acquired?.microseconds ?? Int64.min,
        asset: ranks[piece.asset] ?? 0, place: place)
    }
    keys.sort { ($0.disposed, $0.event, $0.acquired, $0.asset, $0.place) < ($1.disposed, $1.event, $1.acquired, $1.asset, $1.place) }
    return keys.map(\.place)
  }

  private struct Group {
    var currency: Currency?
    var isMixed = false
    var gain: Figure<Decimal> = .known(.zero)
    var gainBase = Decimal.zero
    var unknown = 0
    var byCurrency = Figure.known(Decimal.zero)

    mutating func add(_ piece: GainPiece, _ parts: CurrencyParts) {
      if let base = piece.gainBase.value {
        gainBase = (try? gainBase.adding(base)) ?? gainBase
        byCurrency = byCurrency.adding(parts.currencyPart(of: piece))
      } else {
        unknown += 1
      }
      guard let own = piece.gain.value else {
        gain = gain.adding(.unknown(piece.gain.why ?? .nothing))
        return
      }
      if let currency, currency != own.currency { isMixed = true }
      currency = own.currency
      gain = isMixed ? gain.adding(.unknown(.mixedCurrencies)) : gain.adding(.known(own.amount))
    }
  }
}

private func key(of piece: GainPiece, _ grouping: GainsReport.Grouping, _ names: Names, _ zone: Zone, _ months: Int) -> String {
  switch grouping {
  case .disposal: return ""
  case .asset: return names.asset(piece.asset).text
  case .account: return names.account(piece.account).text
  case .year: return String(zone.day(of: piece.disposed).year)
  case .term:
    guard let acquired = piece.acquired else { return "unknown" }
    return Term(from: zone.day(of: acquired), to: zone.day(of: piece.disposed), months: months).rawValue
  }
}
