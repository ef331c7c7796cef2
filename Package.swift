// swift-tools-version: 6.1
import PackageDescription

// One target a room. Imports point only upward in this list; ArchitectureTests holds that.
let package = Package(
    name: "longhand",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "longhand", targets: ["longhand"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .target(name: "CNCurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .systemLibrary(name: "CHunspell", pkgConfig: "hunspell", providers: [.apt(["libhunspell-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Debug builds too: at -O0 the tests that embed would take minutes.
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),

        .target(name: "Diagnostics"),
        .target(name: "CFileAccess"),
        .target(name: "FileAccess", dependencies: ["CFileAccess"]),
        // The words of scripts without spaces are in the ICU that comes with Foundation.
        .target(name: "TextCore", linkerSettings: [.linkedLibrary("_FoundationICU", .when(platforms: [.linux]))]),
        .target(name: "Manuscript", dependencies: ["TextCore", "Diagnostics"]),
        .target(name: "Kernels", dependencies: ["CKernels"]),
        .target(name: "Embedding", dependencies: ["Kernels", "Diagnostics"]),
        .target(name: "CProcesses"),
        .target(name: "Processes", dependencies: ["CProcesses"]),
        .target(name: "Watching"),
        .target(
            name: "Retrieval",
            dependencies: [
                "Kernels", "Embedding", "Manuscript", "TextCore", "Watching", "Processes", "FileAccess", "Diagnostics",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(name: "Transfer", dependencies: ["CCurl", "Kernels", "FileAccess", "Diagnostics"]),
        .target(name: "Spelling", dependencies: ["CHunspell", "Manuscript", "TextCore", "FileAccess", "Diagnostics"]),
        .target(name: "RemoteEmbedding", dependencies: ["Transfer", "Retrieval", "Diagnostics"]),
        .target(
            name: "Assistant",
            dependencies: ["Processes", "Transfer", "Manuscript", "Retrieval", "TextCore", "Diagnostics"]),
        .target(
            name: "Screen",
            dependencies: ["TextCore", "Diagnostics", .product(name: "TOMLKit", package: "TOMLKit")]),
        .target(
            name: "Workbench",
            dependencies: ["Screen", "Manuscript", "Retrieval", "Assistant", "TextCore", "Diagnostics"]),
        .target(name: "Terminal", dependencies: ["Screen", "CNCurses", "Diagnostics"]),
        .target(
            name: "Configuration",
            dependencies: ["FileAccess", "Diagnostics", .product(name: "TOMLKit", package: "TOMLKit")]),
        .executableTarget(
            name: "longhand",
            dependencies: [
                "Diagnostics", "TextCore", "Manuscript", "Kernels", "Embedding", "Retrieval", "Transfer",
                "RemoteEmbedding", "Assistant", "Screen", "Workbench", "Terminal", "Configuration", "Watching", "Spelling", "Processes", "FileAccess", "CZlib",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .executableTarget(
            name: "encoder-bench", dependencies: ["Embedding", "Kernels"], path: "Bench/EncoderBench"),
        .executableTarget(name: "index-bench", dependencies: ["Retrieval", "Kernels"], path: "Bench/IndexBench"),
        .executableTarget(
            name: "quality-bench", dependencies: ["Retrieval", "Embedding", "TextCore"], path: "Bench/QualityBench",
            exclude: ["Data"]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .executableTarget(
            name: "WorkbenchFuzz",
            dependencies: [
                "TestSupport", "Workbench", "Screen", "Manuscript", "Retrieval", "Assistant", "TextCore", "Processes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Tests/WorkbenchFuzz"),
        .target(name: "TestServer", path: "Tests/TestServer"),
        .target(name: "TestModels", path: "Tests/TestModels"),
        .target(
            name: "CPseudoTerminal", path: "Tests/CPseudoTerminal", linkerSettings: [.linkedLibrary("util")]),
        .target(name: "TestTerminal", dependencies: ["CPseudoTerminal", "TextCore"], path: "Tests/TestTerminal"),
        .testTarget(name: "FileAccessTests", dependencies: ["FileAccess"]),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes"]),
        .testTarget(name: "TextCoreTests", dependencies: ["TestSupport", "TextCore"], exclude: ["make_width_table.py"]),
        .testTarget(name: "ManuscriptTests", dependencies: ["TestSupport", "Manuscript", "TextCore"]),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels"]),
        .testTarget(
            name: "EmbeddingTests", dependencies: ["Embedding", "Kernels", "Diagnostics", "TestModels"],
            exclude: ["make_reference.py", "reference_texts.py"], resources: [.copy("Fixtures")]),
        .testTarget(name: "WatchingTests", dependencies: ["Watching"]),
        .testTarget(
            name: "RetrievalTests",
            dependencies: [
                "TestSupport",
                "Retrieval", "Kernels", "Embedding", "Manuscript", "TextCore", "Watching", "Diagnostics",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["make_gitignore_table.py"]),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "TestServer", "Kernels", "Diagnostics"]),
        .testTarget(
            name: "RemoteEmbeddingTests",
            dependencies: ["RemoteEmbedding", "TestServer", "Transfer", "Retrieval", "Diagnostics"]),
        .testTarget(
            name: "AssistantTests",
            dependencies: ["TestSupport", "Assistant", "TestServer", "Transfer", "Manuscript", "Retrieval", "TextCore", "Diagnostics"]),
        .testTarget(name: "ScreenTests", dependencies: ["Screen", "Diagnostics"]),
        .testTarget(
            name: "WorkbenchTests",
            dependencies: ["TestSupport", "Workbench", "WorkbenchFuzz", "Processes", "Screen", "Manuscript", "Retrieval", "Assistant", "TextCore"],
            exclude: ["Snapshots", "Fixtures"]),
        .testTarget(name: "SpellingTests", dependencies: ["Spelling", "TextCore", "Diagnostics"]),
        .testTarget(name: "TerminalTests", dependencies: ["TestSupport", "Terminal", "Screen", "CNCurses"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "Diagnostics"]),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "StudioTests", dependencies: ["TestSupport", "longhand", "Workbench", "TextCore", "TestTerminal", "TestServer", "TestModels", "Kernels", "Processes", "FileAccess"]),
    ],
    swiftLanguageModes: [.v6]
)
