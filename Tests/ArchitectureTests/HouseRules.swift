/// What the tree, the manifest and the table of `ARCHITECTURE.md` must agree in. Each rule gives one sentence a breach.
enum HouseRules {
    /// What the system brings; any target may import it.
    static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc", "Darwin", "Musl", "Testing",
        "XCTest",
        "_FoundationICU",
    ]

    /// The floors whose targets link neither curl nor ncurses, whatever way they come by it.
    static let pureFloors: Set<String> = ["Core", "Writing", "Engine"]
    static let forbiddenBelow: Set<String> = ["CCurl", "CNCurses"]

    static func breaches(_ tree: SourceTree) -> [String] {
        tableAndManifest(tree) + order(tree) + imports(tree) + purity(tree) + names(tree)
    }

    /// Each row is a target of that path and those dependencies, and each target of `Sources` is a row.
    static func tableAndManifest(_ tree: SourceTree) -> [String] {
        var breaches: [String] = []
        if tree.table.rows.isEmpty { breaches.append("ARCHITECTURE.md has no table of targets") }
        for row in tree.table.rows {
            guard let target = tree.manifest.target(row.target) else {
                breaches.append("ARCHITECTURE.md names \(row.target), which Package.swift doesn't have")
                continue
            }
            let path = row.floor == row.target ? "Sources/\(row.target)" : "Sources/\(row.floor)/\(row.target)"
            if target.path != path {
                breaches.append(
                    "\(row.target) is in \(target.path), and ARCHITECTURE.md has it on the floor \(row.floor)")
            }
            let (said, declared) = (Set(row.imports), Set(target.dependencies))
            for name in said.subtracting(declared).sorted() {
                breaches.append("ARCHITECTURE.md says that \(row.target) imports \(name), Package.swift doesn't")
            }
            for name in declared.subtracting(said).sorted() {
                breaches.append("Package.swift says that \(row.target) depends on \(name), ARCHITECTURE.md doesn't")
            }
        }
        for target in tree.manifest.targets
        where target.path.hasPrefix("Sources/") && tree.table.position(of: target.name) == nil {
            breaches.append("ARCHITECTURE.md has no row for \(target.name)")
        }
        let known = Set(tree.manifest.targets.map(\.path))
        for folder in tree.targetFolders.subtracting(known).sorted() {
            breaches.append("\(folder) is no target's folder")
        }
        return breaches
    }

    /// A target imports only what stands above it in the table.
    static func order(_ tree: SourceTree) -> [String] {
        var breaches: [String] = []
        for (position, row) in tree.table.rows.enumerated() {
            for name in row.imports {
                guard let other = tree.table.position(of: name) else { continue }
                if other >= position { breaches.append("\(row.target) imports \(name), which doesn't stand before it") }
            }
        }
        return breaches
    }

    /// What is imported is declared, and what is declared is imported.
    static func imports(_ tree: SourceTree) -> [String] {
        var breaches: [String] = []
        for target in tree.manifest.targets {
            let files = tree.files(of: target)
            var imported: Set<String> = []
            for file in files {
                let foreign = file.imports.subtracting(system)
                imported.formUnion(foreign)
                for name in foreign.subtracting(target.dependencies).sorted() {
                    breaches.append("\(file.path) imports \(name), on which \(target.name) doesn't depend")
                }
            }
            // A target without Swift is C, which imports by other means.
            guard !files.isEmpty else { continue }
            for name in Set(target.dependencies).subtracting(imported).sorted() {
                breaches.append("\(target.name) depends on \(name), which no file of it imports")
            }
        }
        return breaches
    }

    /// The pure floors can be tested without a terminal and without a network.
    static func purity(_ tree: SourceTree) -> [String] {
        func reach(_ name: String, _ seen: inout Set<String>) {
            guard seen.insert(name).inserted else { return }
            for next in tree.manifest.target(name)?.dependencies ?? [] { reach(next, &seen) }
        }
        var breaches: [String] = []
        for row in tree.table.rows where pureFloors.contains(row.floor) {
            var seen: Set<String> = []
            reach(row.target, &seen)
            for name in seen.intersection(forbiddenBelow).sorted() {
                breaches.append("\(row.target) comes to link \(name)")
            }
        }
        return breaches
    }

    /// No two files have one name.
    static func names(_ tree: SourceTree) -> [String] {
        Dictionary(grouping: tree.files, by: \.name).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
            .map { "\($0.value.map(\.path).joined(separator: " and ")) have one name" }
    }
}
