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
        .target(name: "CNCurses", path: "Sources/C/CNCurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CCurl", path: "Sources/C/CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .systemLibrary(name: "CHunspell", path: "Sources/C/CHunspell", pkgConfig: "hunspell", providers: [.apt(["libhunspell-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/C/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Debug builds too: at -O0 the tests that embed would take minutes.
        .target(name: "CKernels", path: "Sources/C/CKernels", cSettings: [.unsafeFlags(["-O3"])]),

        .target(name: "Diagnostics", path: "Sources/Core/Diagnostics"),
        .target(name: "CFileAccess", path: "Sources/C/CFileAccess"),
        .target(name: "FileAccess", dependencies: ["CFileAccess"], path: "Sources/Core/FileAccess"),
        // The words of scripts without spaces are in the ICU that comes with Foundation.
        .target(name: "Encodings", path: "Sources/Core/Encodings"),
        .target(name: "JSON", dependencies: ["Encodings"], path: "Sources/Core/JSON"),
        .target(name: "Hashing", dependencies: ["CKernels"], path: "Sources/Core/Hashing"),
        .target(name: "TextCore", path: "Sources/Core/TextCore", linkerSettings: [.linkedLibrary("_FoundationICU", .when(platforms: [.linux]))]),
        .target(name: "Manuscript", dependencies: ["Encodings", "TextCore", "Diagnostics"], path: "Sources/Writing/Manuscript"),
        .target(name: "Kernels", dependencies: ["CKernels", "Hashing"], path: "Sources/Engine/Kernels"),
        .target(name: "VectorSearch", dependencies: ["CKernels", "Kernels"], path: "Sources/Engine/VectorSearch"),
        .target(name: "TextAnalysis", dependencies: [], path: "Sources/Engine/TextAnalysis"),
        .target(name: "Embedding", dependencies: ["Kernels", "TextAnalysis", "Encodings", "JSON", "Hashing", "Diagnostics"], path: "Sources/Engine/Embedding"),
        .target(name: "CProcesses", path: "Sources/C/CProcesses"),
        .target(name: "Processes", dependencies: ["CProcesses"], path: "Sources/Core/Processes"),
        .target(name: "Watching", path: "Sources/Core/Watching"),
        .target(
            name: "Notes",
            dependencies: ["TextAnalysis", "Manuscript", "Encodings", "Hashing", "TextCore", "FileAccess", "Processes", "Diagnostics"],
            path: "Sources/Engine/Notes"),
        .target(
            name: "Retrieval",
            dependencies: [
                "Kernels", "VectorSearch", "TextAnalysis", "Embedding", "Notes", "Manuscript", "Hashing", "TextCore", "Watching",
                "FileAccess", "Diagnostics",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Sources/Engine/Retrieval"),
        .target(name: "Transfer", dependencies: ["CCurl", "Hashing", "Kernels", "FileAccess", "Diagnostics"], path: "Sources/Network/Transfer"),
        .target(name: "Spelling", dependencies: ["CHunspell", "Manuscript", "TextCore", "FileAccess", "Diagnostics"], path: "Sources/Writing/Spelling"),
        .target(name: "RemoteEmbedding", dependencies: ["Transfer", "Embedding", "Diagnostics"], path: "Sources/Network/RemoteEmbedding"),
        .target(
            name: "Assistant",
            dependencies: ["Processes", "Transfer", "Manuscript", "Retrieval", "Notes", "JSON", "TextCore", "Diagnostics"], path: "Sources/Engine/Assistant"),
        .target(
            name: "Screen",
            dependencies: ["TextCore", "Diagnostics", .product(name: "TOMLKit", package: "TOMLKit")], path: "Sources/Studio/Screen"),
        .target(
            name: "Workbench",
            dependencies: ["Screen", "Manuscript", "Retrieval", "Notes", "TextAnalysis", "Assistant", "Encodings", "TextCore", "Diagnostics"], path: "Sources/Studio/Workbench"),
        .target(name: "Terminal", dependencies: ["Screen", "CNCurses", "Diagnostics"], path: "Sources/Studio/Terminal"),
        .target(
            name: "Configuration",
            dependencies: ["FileAccess", "Diagnostics", .product(name: "TOMLKit", package: "TOMLKit")], path: "Sources/Core/Configuration"),
        .executableTarget(
            name: "longhand",
            dependencies: [
                "Diagnostics", "Encodings", "Hashing", "TextCore", "Manuscript", "Kernels", "VectorSearch", "TextAnalysis", "Embedding", "Notes",
                "Retrieval", "Transfer", "RemoteEmbedding", "Assistant", "Screen", "Workbench", "Terminal", "Configuration", "Watching",
                "Spelling", "Processes", "FileAccess", "CZlib",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .executableTarget(
            name: "encoder-bench", dependencies: ["Embedding", "Kernels"], path: "Bench/EncoderBench"),
        .executableTarget(name: "index-bench", dependencies: ["Retrieval", "VectorSearch", "Kernels"], path: "Bench/IndexBench"),
        .executableTarget(
            name: "quality-bench", dependencies: ["Retrieval", "Notes", "TextAnalysis", "Embedding", "TextCore"], path: "Bench/QualityBench",
            exclude: ["Data"]),

        .target(name: "TestSupport", path: "Tests/Support/TestSupport"),
        .executableTarget(
            name: "WorkbenchFuzz",
            dependencies: [
                "TestSupport", "Workbench", "Screen", "Manuscript", "Notes", "Retrieval", "Assistant", "TextCore", "Processes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Tests/Studio/WorkbenchFuzz"),
        .target(name: "TestProjects", dependencies: ["Notes"], path: "Tests/Support/TestProjects"),
        .target(name: "TestServer", path: "Tests/Support/TestServer"),
        .target(name: "TestModels", path: "Tests/Support/TestModels"),
        .target(
            name: "CPseudoTerminal", path: "Tests/Support/CPseudoTerminal", linkerSettings: [.linkedLibrary("util")]),
        .target(name: "TestTerminal", dependencies: ["CPseudoTerminal", "TextCore"], path: "Tests/Support/TestTerminal"),
        .testTarget(name: "FileAccessTests", dependencies: ["FileAccess"], path: "Tests/Core/FileAccessTests"),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes"], path: "Tests/Core/ProcessesTests"),
        .testTarget(name: "TextCoreTests", dependencies: ["TestSupport", "Encodings", "TextCore"], path: "Tests/Core/TextCoreTests", exclude: ["make_width_table.py"]),
        .testTarget(name: "HashingTests", dependencies: ["Hashing"], path: "Tests/Core/HashingTests"),
        .testTarget(name: "EncodingsTests", dependencies: ["TestSupport", "Encodings"], path: "Tests/Core/EncodingsTests"),
        .testTarget(name: "ManuscriptTests", dependencies: ["TestSupport", "Manuscript", "TextCore"], path: "Tests/Writing/ManuscriptTests"),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels"], path: "Tests/Engine/KernelsTests"),
        .testTarget(
            name: "EmbeddingTests", dependencies: ["Embedding", "Kernels", "JSON", "Diagnostics", "TestModels"], path: "Tests/Engine/EmbeddingTests",
            exclude: ["make_reference.py", "reference_texts.py"], resources: [.copy("Fixtures")]),
        .testTarget(name: "WatchingTests", dependencies: ["Watching"], path: "Tests/Core/WatchingTests"),
        .testTarget(
            name: "VectorSearchTests", dependencies: ["TestSupport", "VectorSearch", "Kernels"],
            path: "Tests/Engine/VectorSearchTests"),
        .testTarget(
            name: "TextAnalysisTests", dependencies: ["TestSupport", "TextAnalysis"], path: "Tests/Engine/TextAnalysisTests"),
        .testTarget(
            name: "NotesTests", dependencies: ["TestSupport", "TestProjects", "Notes", "Manuscript", "TextAnalysis", "TextCore"],
            path: "Tests/Engine/NotesTests", exclude: ["make_gitignore_table.py"]),
        .testTarget(
            name: "RetrievalTests",
            dependencies: [
                "TestSupport", "TestProjects", "Retrieval", "Kernels", "VectorSearch", "TextAnalysis", "Embedding", "Notes",
                "Manuscript", "TextCore", "Watching", "Diagnostics",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Tests/Engine/RetrievalTests"),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "TestServer", "Hashing", "Diagnostics"], path: "Tests/Network/TransferTests"),
        .testTarget(
            name: "RemoteEmbeddingTests",
            dependencies: ["RemoteEmbedding", "TestServer", "Transfer", "Embedding", "Diagnostics"], path: "Tests/Network/RemoteEmbeddingTests"),
        .testTarget(
            name: "AssistantTests",
            dependencies: ["TestSupport", "Assistant", "TestServer", "Transfer", "Manuscript", "Notes", "Retrieval", "TextCore", "Diagnostics"], path: "Tests/Engine/AssistantTests"),
        .testTarget(name: "ScreenTests", dependencies: ["Screen", "Diagnostics"], path: "Tests/Studio/ScreenTests"),
        .testTarget(
            name: "WorkbenchTests",
            dependencies: [
                "TestSupport", "Workbench", "WorkbenchFuzz", "Processes", "Screen", "Manuscript", "Notes", "Retrieval", "TextAnalysis",
                "Assistant", "TextCore",
            ], path: "Tests/Studio/WorkbenchTests",
            exclude: ["Snapshots", "Fixtures"]),
        .testTarget(name: "SpellingTests", dependencies: ["Spelling", "TextCore", "Diagnostics"], path: "Tests/Writing/SpellingTests"),
        .testTarget(name: "TerminalTests", dependencies: ["TestSupport", "Terminal", "Screen", "CNCurses"], path: "Tests/Studio/TerminalTests"),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "Diagnostics"], path: "Tests/Core/ConfigurationTests"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "longhandTests", dependencies: ["TestSupport", "longhand", "Workbench", "TextCore", "TestTerminal", "TestServer", "TestModels", "Kernels", "Processes", "FileAccess"]),
    ],
    swiftLanguageModes: [.v6]
)
