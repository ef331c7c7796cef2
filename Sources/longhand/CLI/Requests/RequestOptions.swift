import ArgumentParser

/// What `draft`, `refine` and `ask` share: what is sent, and what is done with the answer.
struct RequestOptions: ParsableArguments {
    @Option(help: "What the model should do, in your words.") var instruction: String?
    @Option(name: .customLong("source"), help: "A passage to send, NOTE or NOTE:LINE; may be given again.") var sources:
        [String] = []
    @Option(help: "The provider's profile of config.toml to send to.") var profile: String?
    @Flag(help: "Agree that this project's longhand.toml chooses the address and the key.") var trustProject = false
    @Flag(help: "Print the request and send nothing.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false
}
