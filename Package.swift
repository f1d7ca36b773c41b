// swift-tools-version: 6.1
import PackageDescription

/// Settings every Swift target shares: imports are private unless a signature needs them, a member needs its own import,
/// and an existential is spelled out.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The runtime is linked statically, so that installing Florin is copying one file and a start takes 2 ms instead of 4.
/// (`swift run` and `swift test` refuse `--static-swift-stdlib`, hence the flags.)
let staticRuntime: [SwiftSetting] = house + [.unsafeFlags(["-static-stdlib"])]
/// Nothing looks a function of ours up by name, so none is exported: a start has fewer symbols to go through.
let staticLink: [LinkerSetting] = [.unsafeFlags(["-static-stdlib", "-Xlinker", "--no-export-dynamic"])]

/// A room of the house and the corridors that lead out of it. Nothing may be imported that is not listed here.
func room(_ name: String, _ corridors: [Target.Dependency] = [], resources: [Resource] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: corridors, exclude: exclude, resources: resources, swiftSettings: house)
}

func tests(_ name: String, _ corridors: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + corridors, exclude: exclude, swiftSettings: house)
}

let package = Package(
  name: "florin",
  products: [.executable(name: "florin", targets: ["florin"])],
  targets: [
    // C at the edges: the only code that sees curses.h and sqlite3.h.
    .target(
      name: "CTerm",
      cSettings: [
        .define("_DEFAULT_SOURCE"), .define("_XOPEN_SOURCE", to: "600"),
        .define("NCURSES_WIDECHAR", to: "1"), .define("NCURSES_NOMACROS"),
      ],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .systemLibrary(name: "CSQLite"),

    // The cellar: pure values and functions.
    room("Amounts"),
    // Files that must not be lost: the one way to write them.
    room("Disk"),
    room("Ledger", ["Amounts"]),
    room("Engine", ["Ledger", "Amounts"]),

    // The kitchen: the two doors to the outside world.
    room("Importers", ["Ledger", "Amounts"]),
    room("Archive", ["Ledger", "Amounts", "Disk", "CSQLite"]),

    // The dining room.
    room("Reports", ["Engine", "Ledger", "Amounts"]),
    room("Workspace", ["Archive", "Importers", "Engine", "Reports", "Ledger", "Disk", "Amounts"]),

    // The theatre.
    room("TermKit", resources: [.embedInCode("Themes")]),
    room("TermCurses", ["TermKit", "CTerm"]),

    // The balconies.
    room("TUI", ["Workspace", "Importers", "Reports", "TermKit", "Engine", "Ledger", "Amounts"]),
    room("CLI", ["Workspace", "Reports", "Importers", "Engine", "Ledger", "Amounts"]),

    // The front door, and the tool we work with.
    .executableTarget(
      name: "florin", dependencies: ["TUI", "CLI", "TermCurses", "TermKit", "Workspace", "Reports", "Disk", "Amounts"],
      swiftSettings: staticRuntime, linkerSettings: staticLink),
    .executableTarget(
      name: "florin-devtool",
      dependencies: ["TUI", "TermKit", "Workspace", "Importers", "Reports", "Engine", "Ledger", "Amounts", "CLI", "TestSupport"],
      swiftSettings: staticRuntime, linkerSettings: staticLink),

    .target(name: "TestSupport", dependencies: ["Engine", "Ledger", "Amounts"], path: "Tests/TestSupport", swiftSettings: house),
    tests("Amounts", [], exclude: ["Vectors"]),
    tests("Disk", []),
    tests("Ledger", ["Amounts"]),
    tests("Engine", ["Ledger", "Amounts"]),
    tests("Importers", ["Ledger", "Amounts"], exclude: ["Fixtures"]),
    tests("Archive", ["Ledger", "Amounts"]),
    tests("Reports", ["Engine", "Ledger", "Amounts"], exclude: ["Goldens", "Explain/Goldens"]),
    tests("Workspace", ["Archive", "Importers", "Engine", "Reports", "Ledger", "Disk", "Amounts"]),
    tests("TermKit", ["TermCurses", "CTerm"], exclude: ["Goldens"]),
    tests("TUI", ["TermKit", "Workspace", "Reports", "Engine", "Ledger", "Amounts"], exclude: ["Goldens"]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: house),
    tests("CLI", ["Workspace", "Archive", "Importers", "Reports", "Ledger", "Disk", "Amounts"], exclude: ["Goldens"]),
  ],
  swiftLanguageModes: [.v6]
)
