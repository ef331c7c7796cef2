import ArgumentParser

struct ProjectOption: ParsableArguments {
    @Option(name: [.customShort("p"), .customLong("project")], help: "The project's folder.")
    var path = "."
}
