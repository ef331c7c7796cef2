// swift-tools-version: 6.1
import PackageDescription

// The targets by floor, in the order of ARCHITECTURE.md's table: each imports only what stands before it.
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
        // C
        .target(
            name: "CCurl",
            path: "Sources/C/CCurl",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(
            name: "CFileAccess",
            path: "Sources/C/CFileAccess"),
        .systemLibrary(
            name: "CHunspell",
            path: "Sources/C/CHunspell",
            pkgConfig: "hunspell",
            providers: [.apt(["libhunspell-dev"])]),
        .target(
            name: "CKernels",
            path: "Sources/C/CKernels",
            // Debug builds too: at -O0 the tests that embed would take minutes.
            cSettings: [.unsafeFlags(["-O3"])]),
        .target(
            name: "CNCurses",
            path: "Sources/C/CNCurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(
            name: "CProcesses",
            path: "Sources/C/CProcesses"),
        .systemLibrary(
            name: "CZlib",
            path: "Sources/C/CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]),

        // Core
        .target(
            name: "Diagnostics",
            path: "Sources/Core/Diagnostics"),
        .target(
            name: "FileAccess",
            dependencies: ["CFileAccess"],
            path: "Sources/Core/FileAccess"),
        .target(
            name: "Encodings",
            path: "Sources/Core/Encodings"),
        .target(
            name: "JSON",
            dependencies: ["Diagnostics", "Encodings"],
            path: "Sources/Core/JSON"),
        .target(
            name: "TOML",
            dependencies: [.product(name: "TOMLKit", package: "TOMLKit")],
            path: "Sources/Core/TOML"),
        .target(
            name: "Hashing",
            dependencies: ["CKernels"],
            path: "Sources/Core/Hashing"),
        .target(
            name: "TextCore",
            dependencies: ["Encodings"],
            path: "Sources/Core/TextCore",
            // The words of scripts without spaces are in the ICU that comes with Foundation.
            linkerSettings: [.linkedLibrary("_FoundationICU", .when(platforms: [.linux]))]),
        .target(
            name: "Processes",
            dependencies: ["CProcesses"],
            path: "Sources/Core/Processes"),
        .target(
            name: "Watching",
            path: "Sources/Core/Watching"),
        .target(
            name: "Configuration",
            dependencies: ["Diagnostics", "FileAccess", "TOML", .product(name: "TOMLKit", package: "TOMLKit")],
            path: "Sources/Core/Configuration"),

        // Writing
        .target(
            name: "Manuscript",
            dependencies: ["Diagnostics", "Encodings", "TextCore"],
            path: "Sources/Writing/Manuscript"),
        .target(
            name: "Review",
            dependencies: ["Diagnostics", "TextCore", "Manuscript"],
            path: "Sources/Writing/Review"),
        .target(
            name: "Spelling",
            dependencies: ["CHunspell", "Diagnostics", "FileAccess", "TextCore", "Manuscript"],
            path: "Sources/Writing/Spelling"),
        .target(
            name: "Publishing",
            dependencies: ["Diagnostics", "Manuscript"],
            path: "Sources/Writing/Publishing"),

        // Engine
        .target(
            name: "Kernels",
            dependencies: ["CKernels", "Hashing"],
            path: "Sources/Engine/Kernels"),
        .target(
            name: "VectorSearch",
            dependencies: ["CKernels", "Kernels"],
            path: "Sources/Engine/VectorSearch"),
        .target(
            name: "TextAnalysis",
            dependencies: ["TextCore"],
            path: "Sources/Engine/TextAnalysis"),
        .target(
            name: "Embedding",
            dependencies: ["Diagnostics", "Encodings", "JSON", "Hashing", "TextCore", "Kernels", "TextAnalysis"],
            path: "Sources/Engine/Embedding"),
        .target(
            name: "Notes",
            dependencies: [
                "Diagnostics", "FileAccess", "Encodings", "Hashing", "TextCore", "Processes", "Manuscript",
                "TextAnalysis",
            ],
            path: "Sources/Engine/Notes"),
        .target(
            name: "Retrieval",
            dependencies: [
                "Diagnostics", "Hashing", "TextCore", "Watching", "Manuscript", "Kernels", "VectorSearch",
                "TextAnalysis", "Embedding", "Notes",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Sources/Engine/Retrieval"),
        .target(
            name: "Assistant",
            dependencies: ["Diagnostics", "JSON", "TextCore", "Manuscript", "Review", "Notes", "Retrieval"],
            path: "Sources/Engine/Assistant"),

        // Network
        .target(
            name: "Transfer",
            dependencies: ["CCurl", "Diagnostics", "FileAccess", "Hashing", "Kernels"],
            path: "Sources/Network/Transfer"),
        .target(
            name: "Providers",
            dependencies: ["Diagnostics", "JSON", "Processes", "Review", "Assistant", "Transfer"],
            path: "Sources/Network/Providers"),
        .target(
            name: "RemoteEmbedding",
            dependencies: ["Diagnostics", "Embedding", "Transfer"],
            path: "Sources/Network/RemoteEmbedding"),

        // Studio
        .target(
            name: "Screen",
            dependencies: ["Diagnostics", "TOML", "TextCore", .product(name: "TOMLKit", package: "TOMLKit")],
            path: "Sources/Studio/Screen"),
        .target(
            name: "Workbench",
            dependencies: [
                "Diagnostics", "Encodings", "TextCore", "Manuscript", "Review", "Retrieval", "Assistant",
                "Screen",
            ],
            path: "Sources/Studio/Workbench"),
        .target(
            name: "Terminal",
            dependencies: ["CNCurses", "Diagnostics", "Encodings", "Screen"],
            path: "Sources/Studio/Terminal"),
        .target(
            name: "ArticleFiles",
            dependencies: [
                "CZlib", "Diagnostics", "FileAccess", "Encodings", "Hashing", "TextCore", "Configuration",
                "Manuscript", "Review", "Publishing", "Notes", "Retrieval", "Workbench",
            ],
            path: "Sources/Studio/ArticleFiles"),
        .target(
            name: "ModelInstall",
            dependencies: [
                "Diagnostics", "FileAccess", "Hashing", "Configuration", "Kernels", "Embedding", "Transfer",
                "ArticleFiles",
            ],
            path: "Sources/Studio/ModelInstall"),

        // longhand
        .executableTarget(
            name: "longhand",
            dependencies: [
                "Diagnostics", "FileAccess", "JSON", "TextCore", "Processes", "Watching", "Configuration",
                "Manuscript", "Review", "Spelling", "Embedding", "Notes", "Retrieval", "Assistant", "Providers",
                "RemoteEmbedding", "Screen", "Workbench", "Terminal", "ArticleFiles", "ModelInstall",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/longhand"),

        // Benchmarks
        .executableTarget(
            name: "encoder-bench",
            dependencies: ["Kernels", "Embedding"],
            path: "Bench/EncoderBench"),
        .executableTarget(
            name: "index-bench",
            dependencies: ["Kernels", "VectorSearch", "Retrieval"],
            path: "Bench/IndexBench"),
        .executableTarget(
            name: "key-bench",
            dependencies: ["TextCore", "Retrieval", "Assistant", "Screen", "Workbench"],
            path: "Bench/KeyBench"),
        .executableTarget(
            name: "quality-bench",
            dependencies: ["TextCore", "Embedding", "Notes", "Retrieval"],
            path: "Bench/QualityBench",
            exclude: ["Data"]),

        // What tests share
        .target(
            name: "TestSupport",
            path: "Tests/Support/TestSupport"),
        .target(
            name: "TestProjects",
            dependencies: ["Notes"],
            path: "Tests/Support/TestProjects"),
        .target(
            name: "TestServer",
            path: "Tests/Support/TestServer"),
        .target(
            name: "TestModels",
            path: "Tests/Support/TestModels"),
        .target(
            name: "CPseudoTerminal",
            path: "Tests/Support/CPseudoTerminal",
            linkerSettings: [.linkedLibrary("util")]),
        .target(
            name: "TestTerminal",
            dependencies: ["TextCore", "CPseudoTerminal"],
            path: "Tests/Support/TestTerminal"),
        .executableTarget(
            name: "WorkbenchFuzz",
            dependencies: [
                "TextCore", "Processes", "Manuscript", "Review", "Notes", "Retrieval", "Assistant", "Screen",
                "Workbench", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Studio/WorkbenchFuzz"),

        // Tests
        .testTarget(
            name: "FileAccessTests",
            dependencies: ["FileAccess"],
            path: "Tests/Core/FileAccessTests"),
        .testTarget(
            name: "EncodingsTests",
            dependencies: ["Encodings", "TestSupport"],
            path: "Tests/Core/EncodingsTests"),
        .testTarget(
            name: "TOMLTests",
            dependencies: ["TOML", "TestSupport"],
            path: "Tests/Core/TOMLTests"),
        .testTarget(
            name: "HashingTests",
            dependencies: ["Hashing"],
            path: "Tests/Core/HashingTests"),
        .testTarget(
            name: "TextCoreTests",
            dependencies: ["Encodings", "TextCore", "TestSupport"],
            path: "Tests/Core/TextCoreTests",
            exclude: ["make_width_table.py"]),
        .testTarget(
            name: "ProcessesTests",
            dependencies: ["Processes"],
            path: "Tests/Core/ProcessesTests"),
        .testTarget(
            name: "WatchingTests",
            dependencies: ["Watching"],
            path: "Tests/Core/WatchingTests"),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Diagnostics", "Configuration"],
            path: "Tests/Core/ConfigurationTests"),
        .testTarget(
            name: "ManuscriptTests",
            dependencies: ["TextCore", "Manuscript", "TestSupport"],
            path: "Tests/Writing/ManuscriptTests"),
        .testTarget(
            name: "ReviewTests",
            dependencies: ["TextCore", "Manuscript", "Review"],
            path: "Tests/Writing/ReviewTests"),
        .testTarget(
            name: "SpellingTests",
            dependencies: ["TextCore", "Spelling"],
            path: "Tests/Writing/SpellingTests"),
        .testTarget(
            name: "PublishingTests",
            dependencies: ["Manuscript", "Publishing", "TestSupport"],
            path: "Tests/Writing/PublishingTests"),
        .testTarget(
            name: "KernelsTests",
            dependencies: ["Kernels", "VectorSearch", "TestSupport"],
            path: "Tests/Engine/KernelsTests"),
        .testTarget(
            name: "VectorSearchTests",
            dependencies: ["Kernels", "VectorSearch", "TestSupport"],
            path: "Tests/Engine/VectorSearchTests"),
        .testTarget(
            name: "TextAnalysisTests",
            dependencies: ["TextAnalysis", "TestSupport"],
            path: "Tests/Engine/TextAnalysisTests"),
        .testTarget(
            name: "EmbeddingTests",
            dependencies: ["JSON", "Kernels", "Embedding", "TestSupport", "TestModels"],
            path: "Tests/Engine/EmbeddingTests",
            exclude: ["make_reference.py", "reference_texts.py"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "NotesTests",
            dependencies: ["Notes", "TestProjects"],
            path: "Tests/Engine/NotesTests",
            exclude: ["make_gitignore_table.py"]),
        .testTarget(
            name: "RetrievalTests",
            dependencies: [
                "TextCore", "Watching", "Manuscript", "Kernels", "VectorSearch", "TextAnalysis", "Embedding", "Notes",
                "Retrieval", "TestSupport", "TestProjects",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Engine/RetrievalTests"),
        .testTarget(
            name: "AssistantTests",
            dependencies: ["TextCore", "Manuscript", "Review", "Notes", "Retrieval", "Assistant"],
            path: "Tests/Engine/AssistantTests"),
        .testTarget(
            name: "TransferTests",
            dependencies: ["Diagnostics", "Hashing", "Kernels", "Transfer", "TestServer"],
            path: "Tests/Network/TransferTests"),
        .testTarget(
            name: "ProvidersTests",
            dependencies: ["Diagnostics", "Assistant", "Transfer", "Providers", "TestSupport", "TestServer"],
            path: "Tests/Network/ProvidersTests"),
        .testTarget(
            name: "RemoteEmbeddingTests",
            dependencies: ["Embedding", "RemoteEmbedding", "TestServer"],
            path: "Tests/Network/RemoteEmbeddingTests"),
        .testTarget(
            name: "ScreenTests",
            dependencies: ["Diagnostics", "JSON", "Screen", "TestSupport"],
            path: "Tests/Studio/ScreenTests"),
        .testTarget(
            name: "WorkbenchTests",
            dependencies: [
                "Diagnostics", "TextCore", "Processes", "Manuscript", "Review", "Notes", "Retrieval", "Assistant",
                "Screen", "Workbench", "TestSupport",
            ],
            path: "Tests/Studio/WorkbenchTests",
            exclude: ["Snapshots", "Vim/Fixtures"]),
        .testTarget(
            name: "TerminalTests",
            dependencies: ["CNCurses", "Screen", "Terminal", "TestSupport"],
            path: "Tests/Studio/TerminalTests"),
        .testTarget(
            name: "ArticleFilesTests",
            dependencies: [
                "TextCore", "Review", "Retrieval", "Assistant", "Workbench", "ArticleFiles", "TestSupport",
            ],
            path: "Tests/Studio/ArticleFilesTests"),
        .testTarget(
            name: "ModelInstallTests",
            dependencies: ["Embedding", "Transfer", "ModelInstall"],
            path: "Tests/Studio/ModelInstallTests"),
        .testTarget(
            name: "longhandTests",
            dependencies: [
                "Diagnostics", "Hashing", "TextCore", "Processes", "Configuration", "Review", "Kernels", "Retrieval",
                "Assistant", "Screen", "Workbench", "ArticleFiles", "longhand", "TestSupport", "TestServer",
                "TestModels", "TestTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/longhandTests"),
        .testTarget(
            name: "ArchitectureTests",
            path: "Tests/ArchitectureTests"),
    ],
    swiftLanguageModes: [.v6]
)
