import ArgumentParser
import Retrieval

/// How many hits: a number, or `all`.
struct HitLimit: ExpressibleByArgument {
    let count: Int

    init(_ count: Int) { self.count = count }

    init?(argument: String) {
        guard let count = argument == "all" ? Query.all : Int(argument) else { return nil }
        self.count = count
    }

    var defaultValueDescription: String { count == Query.all ? "all" : "\(count)" }
}
