public import Amounts

/// Prices in hundredths of a currency: London quotes pence, Johannesburg cents, Tel Aviv agorot.
public enum MinorMoney {
  private static let majors: [String: (code: String, places: UInt8)] = [
    "GBp": ("GBP", 2), "GBX": ("GBP", 2), "GBx": ("GBP", 2), "ZAc": ("ZAR", 2), "ZAX": ("ZAR", 2), "ILA": ("ILS", 2), "ILa": ("ILS", 2),
    "USX": ("USD", 2), "EUX": ("EUR", 2), "KWF": ("KWD", 3),
  ]

  /// The currency that is meant, and the amount in it. Exact: only the decimal point moves.
  public static func major(_ code: String, _ amount: Decimal) -> (code: String, amount: Decimal) {
    guard let major = majors[code], Int(amount.scale) + Int(major.places) <= 38 else { return (code, amount) }
    return (major.code, Decimal(mantissa: amount.mantissa, scale: amount.scale + major.places))
  }
}
