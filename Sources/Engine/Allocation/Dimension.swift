/// What a portfolio can be split by. The raw value is what `--by` takes.
public enum Dimension: String, CaseIterable, Hashable, Sendable {
  case assetClass = "class"
  case subtype, asset, issuer, chain, account, currency, jurisdiction, tag
}
