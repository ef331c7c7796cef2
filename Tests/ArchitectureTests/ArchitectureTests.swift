import Foundation
import Testing

/// Holds `ARCHITECTURE.md`, `Package.swift` and the sources together.
@Suite struct ArchitectureTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func tableManifestAndSourcesSayTheSame() throws {
        let tree = try SourceTree(root: Self.root)
        #expect(tree.manifest.targets.count > 40 && tree.table.rows.count > 20 && tree.files.count > 300)
        #expect(HouseRules.breaches(tree) == [])
    }

    /// What a feature of the studio says to another one, it says by way of the core.
    @Test func featuresOfTheStudioKnowNothingOfEachOther() throws {
        let tree = try SourceTree(root: Self.root)
        let features = Set(tree.files.filter { $0.path.contains("/Workbench/Features/") }.map(\.folder))
        #expect(features.count > 10)
        #expect(FeatureRules(tree, target: "Sources/Studio/Workbench").breaches == [])
    }

    @Test func everyPublicDeclarationSaysWhatItIs() throws {
        #expect(CommentRules.undocumented(try SourceTree(root: Self.root)) == [])
    }

    @Test func droppedErrorsSayWhyTheyMayBe() throws {
        #expect(CommentRules.unexplainedDrops(try SourceTree(root: Self.root)) == [])
    }

    @Test func rowsSayWhatTheyAreFor() throws {
        for row in try SourceTree(root: Self.root).table.rows { #expect(row.purpose.count > 20, "\(row.target)") }
    }

    /// Unsafe pointers stay in the kernels and beside C.
    @Test func unsafePointersStayWhereTheyBelong() throws {
        let safe = [
            "Diagnostics", "JSON", "TextCore", "Manuscript", "Publishing", "Review", "Embedding", "Assistant", "Screen",
            "Workbench", "Configuration",
        ]
        let tree = try SourceTree(root: Self.root)
        for name in safe {
            guard let target = tree.manifest.target(name) else { continue }
            for file in tree.files(of: target) {
                #expect(
                    !file.text.contains("UnsafeMutablePointer") && !file.text.contains("UnsafePointer<"), "\(file.path)"
                )
            }
        }
    }
}

/// A made-up tree, to show that each rule can fail.
@Suite struct HouseRulesTests {
    private static let table = """
        # Architecture

        | floor | target | what lives there | imports |
        |---|---|---|---|
        | C | `CCurl` | a header | - |
        | Core | `Low` | what is below | - |
        | Engine | `High` | what is above | Low, GRDB |
        | longhand | `longhand` | the program | High |
        """

    private static let manifest = """
        // .target(name: "Commented")
        targets: [
            .target(name: "CCurl", path: "Sources/C/CCurl"),
            .target(name: "Low", path: "Sources/Core/Low"),
            .target(
                name: "High",
                dependencies: ["Low", .product(name: "GRDB", package: "GRDB.swift")], path: "Sources/Engine/High"),
            .executableTarget(name: "longhand", dependencies: ["High"]),
            .testTarget(name: "LowTests", dependencies: ["Low"], path: "Tests/Core/LowTests"),
        ]
        """

    private static let files = [
        "Sources/Core/Low/Low.swift": "import Foundation\n",
        "Sources/Engine/High/High.swift": "public import Low\n@preconcurrency import struct GRDB.Row\n",
        "Sources/longhand/Main.swift": "internal import High\n",
        "Tests/Core/LowTests/LowTests.swift": "@testable import Low\nimport Testing\n",
    ]

    /// The breaches of the tree after `change`.
    private func breaches(
        _ change: (_ table: inout String, _ manifest: inout String, _ files: inout [String: String]) -> Void
    ) throws -> [String] {
        HouseRules.breaches(try tree(change))
    }

    private func tree(
        _ change: (_ table: inout String, _ manifest: inout String, _ files: inout [String: String]) -> Void
    ) throws -> SourceTree {
        var (table, manifest, files) = (Self.table, Self.manifest, Self.files)
        change(&table, &manifest, &files)
        files["ARCHITECTURE.md"] = table
        files["Package.swift"] = manifest
        let root = FileManager.default.temporaryDirectory.appending(path: "tree-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }  // The system clears its temporary folder too.
        for (path, text) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try SourceTree(root: root)
    }

    @Test func aTreeThatAgreesHasNone() throws {
        #expect(try breaches { _, _, _ in } == [])
    }

    @Test func theTableMustSayWhatTheManifestSays() throws {
        #expect(
            try breaches { table, _, _ in table = table.replacing("Low, GRDB", with: "Low") }
                == ["Package.swift says that High depends on GRDB, ARCHITECTURE.md doesn't"])
        #expect(
            try breaches { table, _, _ in table = table.replacing("| High |", with: "| High, Low |") }
                == ["ARCHITECTURE.md says that longhand imports Low, Package.swift doesn't"])
        #expect(
            try breaches { table, _, _ in table = table.replacing("| Core | `Low`", with: "| Engine | `Low`") }
                == ["Low is in Sources/Core/Low, and ARCHITECTURE.md has it on the floor Engine"])
        #expect(try breaches { table, _, _ in table = "" }.first == "ARCHITECTURE.md has no table of targets")
        #expect(
            try breaches { table, _, _ in table += "\n| longhand | `Gone` | nothing | - |" }
                == ["ARCHITECTURE.md names Gone, which Package.swift doesn't have"])
    }

    @Test func everyFolderIsATarget() throws {
        #expect(
            try breaches { _, _, files in files["Sources/Core/New/New.swift"] = "" } == [
                "Sources/Core/New is no target's folder"
            ])
        #expect(
            try breaches { _, manifest, _ in manifest += ".target(name: \"Bare\")" } == [
                "ARCHITECTURE.md has no row for Bare"
            ])
    }

    @Test func importsPointToWhatStandsBefore() throws {
        let found = try breaches { table, manifest, files in
            table = table.replacing("| what is below | - |", with: "| what is below | High |")
            manifest = manifest.replacing(
                "\"Low\", path: \"Sources/Core/Low\"",
                with: "\"Low\", dependencies: [\"High\"], path: \"Sources/Core/Low\"")
            files["Sources/Core/Low/Low.swift"] = "import High\n"
        }
        #expect(found == ["Low imports High, which doesn't stand before it"])
    }

    @Test func whatIsImportedIsDeclaredAndTheOtherWayRound() throws {
        #expect(
            try breaches { _, _, files in files["Sources/Core/Low/Low.swift"] = "import High\n" }
                == ["Sources/Core/Low/Low.swift imports High, on which Low doesn't depend"])
        #expect(
            try breaches { _, _, files in files["Sources/longhand/Main.swift"] = "// import High\n" }
                == ["longhand depends on High, which no file of it imports"])
        #expect(
            try breaches { _, _, files in files["Tests/Core/LowTests/LowTests.swift"] = "import Testing\n" }
                == ["LowTests depends on Low, which no file of it imports"])
    }

    @Test func pureFloorsLinkNoCurl() throws {
        let found = try breaches { table, manifest, files in
            table = table.replacing("| what is below | - |", with: "| what is below | CCurl |")
            manifest = manifest.replacing(
                "\"Low\", path: \"Sources/Core/Low\"",
                with: "\"Low\", dependencies: [\"CCurl\"], path: \"Sources/Core/Low\"")
            files["Sources/Core/Low/Low.swift"] = "internal import CCurl\n"
        }
        #expect(found == ["Low comes to link CCurl", "High comes to link CCurl"])
    }

    @Test func featuresAreKeptApart() throws {
        func breaches(_ path: String, _ text: String) throws -> [String] {
            let tree = try tree { _, _, files in
                files["Sources/S/W/Features/Find/FindState.swift"] =
                    "public struct FindState { enum Key {} }\nenum Jump {}"
                files["Sources/S/W/Features/Saving/SavingState.swift"] = "struct SavingState {}"
                files["Sources/S/W/Core/Event.swift"] = "enum Event { case find(FindState) }"
                files[path] = text
            }
            return FeatureRules(tree, target: "Sources/S/W").breaches
        }
        let file = "Sources/S/W/Features/Saving/SavingUpdate.swift"
        #expect(try breaches(file, "// FindState\nlet a: Key = \"FindState\"; x.find(.far)") == [])
        #expect(try breaches(file, "var find: FindState") == ["\(file) names FindState, which is of Find"])
        #expect(try breaches(file, "x = [.find(.next)]") == ["\(file) makes an event or effect of Find"])
        let core = "Sources/S/W/Core/StudioCore.swift"
        #expect(try breaches(core, "let jump: Jump") == ["\(core) names Jump, which is of Find"])
    }

    @Test func commentsAreMissed() throws {
        let file = "Sources/Core/Low/Low.swift"
        let tree = try tree { _, _, files in
            files[file] = """
                /// A thing.
                @frozen
                public struct Thing {
                    public var bare = 0
                    public extension Thing {}
                    /// Said.
                    public private(set) var said = 0
                    @inlinable public init() {}

                    var text = try? read()
                    // None is as good.
                    let other = try? read() // try? again
                }
                """
        }
        #expect(CommentRules.undocumented(tree) == ["\(file):4", "\(file):8"])
        #expect(CommentRules.unexplainedDrops(tree) == ["\(file):10"])
    }

    @Test func twoFilesHaveTwoNames() throws {
        #expect(
            try breaches { _, _, files in files["Sources/Engine/High/Low.swift"] = "" }
                == ["Sources/Core/Low/Low.swift and Sources/Engine/High/Low.swift have one name"])
    }
}
