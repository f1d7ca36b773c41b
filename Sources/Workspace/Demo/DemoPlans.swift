import Amounts
import Ledger

extension DemoScript {
  /// Locks, targets and payment policies, in the columns of FORMATS 1.
  mutating func playPlans() {
    let platform = DemoCast.platform
    // Bought under Rule 144 seven months ago: not free for another five.
    plan(
      .restriction, asset: "ROBO",
      [
        "account": platform, "kind": "lock", "quantity": "3200", "from": calendar.day(47, 6).description,
        "until": calendar.day(47, 6).adding(months: 12).description, "reason": "Rule 144 holding period",
      ])
    plan(
      .restriction, asset: "HARB",
      [
        "account": platform, "kind": "lock", "quantity": "500000", "from": calendar.day(24, 10).description,
        "until": calendar.day(36, 10).description, "reason": "Rule 144 holding period",
      ])
    plan(.restriction, asset: "OAKM", ["account": platform, "kind": "whitelist", "reason": "no US persons; KYC at Blockhaven"])
    plan(
      .restriction, asset: "VENT",
      [
        "account": platform, "kind": "window", "from": calendar.day(Demo.months, 1).adding(months: 1).description,
        "until": calendar.day(Demo.months, 15).adding(months: 1).description, "reason": "redemption window, twice a year",
      ])
    plan(
      .restriction, asset: "KEST",
      [
        "account": platform, "kind": "frozen", "quantity": "250", "from": calendar.day(50, 2).description, "reason": "address under review",
      ])
    plan(
      .restriction, asset: "AURM",
      [
        "account": platform, "kind": "pledged", "quantity": "100", "from": calendar.day(44, 1).description,
        "until": calendar.day(Demo.months, 1).adding(months: 8).description, "reason": "collateral for a guarantee",
      ])
    plan(
      .restriction, asset: "VLT",
      [
        "account": DemoCast.tidewater, "kind": "vesting", "quantity": "240", "from": calendar.day(51, 1).description,
        "schedule": (1...4).map { "\(calendar.day(51, 1).adding(months: $0 * 3)):60" }.joined(separator: ";"),
        "reason": "contributor's tokens",
      ])
    for (key, target) in [
      ("security", "0.62"), ("crypto", "0.12"), ("utility", "0.05"), ("stock", "0.05"), ("fund", "0.08"), ("stablecoin", "0.01"),
      ("cash", "0.05"),
      ("collectible", "0.005"), ("other", "0.015"),
    ] {
      plan(.target, ["dimension": "class", "key": key, "target": target, "band": "0.02"])
    }
    for (key, target) in [("USD", "0.75"), ("EUR", "0.22"), ("CHF", "0.03")] {
      plan(.target, ["dimension": "currency", "key": key, "target": target, "band": "0.05"])
    }
    let from = calendar.day(24, 1).description
    plan(
      .policy, asset: "HARB",
      ["basis": "record", "frequency": "monthly", "day": "1", "amount_per_token": "0.0072", "currency": "USD", "from": from])
    plan(
      .policy, asset: "OAKM",
      ["basis": "record", "frequency": "monthly", "day": "5", "amount_per_token": "0.046", "currency": "EUR", "from": from])
    plan(
      .policy, asset: "FIBR",
      ["basis": "record", "frequency": "semiannual", "day": "15", "amount_per_token": "0.11", "currency": "EUR", "from": from])
    plan(
      .policy, asset: "SOLB",
      ["basis": "record", "frequency": "semiannual", "day": "15", "amount_per_token": "3.25", "currency": "USD", "from": from])
    plan(
      .policy, asset: "KEST",
      ["basis": "record", "frequency": "quarterly", "day": "25", "amount_per_token": "0.05", "currency": "USD", "from": from])
    plan(
      .policy, asset: "TBIL",
      ["basis": "daily", "frequency": "monthly", "day": "3", "amount_per_token": "0.00012", "currency": "USD", "from": from])
  }
}
