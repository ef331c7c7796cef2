import ArgumentParser
import Configuration
import Embedding
import Foundation

struct ModelOption: ParsableArguments {
    @Option(help: "The installed model to use.") var model: String?
    @Option(help: "What to compute with; int8 is faster and a little less exact.") var precision: Settings.Precision?

    /// - Throws: `ModelError` where the model is missing or broken: there is nothing to do without it.
    func embedder() throws -> Embedder {
        let environment = ProcessInfo.processInfo.environment
        let paths = try Paths.ofUser(environment: environment)
        let project = try Project.locate(".")
        let settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment,
            overrides: SettingsOverrides(model: model, precision: precision))
        return try settings.openModel(paths)
    }
}

extension Settings.Precision: ExpressibleByArgument {}
