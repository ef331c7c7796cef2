import Configuration
import Embedding

extension Settings {
    /// Opens the local model that the settings name.
    ///
    /// - Throws: `ModelError`; `.missing` where it isn't installed.
    func openModel(_ paths: Paths) throws(ModelError) -> Embedder {
        try Embedder(
            try ModelDirectory.find(name: model, modelsRoot: paths.models),
            precision: precision == .int8 ? .int8 : .fp32)
    }
}
