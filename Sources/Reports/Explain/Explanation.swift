public import Amounts
public import Ledger

/// Where a figure comes from.
public struct Explanation: Hashable, Sendable {
  /// Something the figure is made of.
  public struct Input: Hashable, Sendable {
    /// What it is: `quantity`, `NAV`, `USD per EUR`.
    public var name: String
    /// Its value.
    public var value: Cell
    /// The day it holds for.
    public var date: Day?
    /// Where it comes from.
    public var source: String?
    /// The event behind it.
    public var event: EventID?

    /// An input.
    public init(_ name: String, _ value: Cell, date: Day? = nil, source: String? = nil, event: EventID? = nil) {
      self.name = name
      self.value = value
      self.date = date
      self.source = source
      self.event = event
    }
  }
  /// Which figure: `value TOWR`.
  public var figure: String
  /// The figure.
  public var value: Cell
  /// How it is made, in words.
  public var formula: String
  /// What it is made of.
  public var inputs: [Input]
  /// How results are rounded.
  public var rounding: String
  /// The calculation, line by line.
  public var steps: [String]

  /// An explanation.
  public init(figure: String, value: Cell, formula: String, inputs: [Input], rounding: String, steps: [String]) {
    self.figure = figure
    self.value = value
    self.formula = formula
    self.inputs = inputs
    self.rounding = rounding
    self.steps = steps
  }
}
