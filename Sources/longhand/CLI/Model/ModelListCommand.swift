import ArgumentParser
import ModelInstall

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The models that are installed and those that can be fetched.")
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let table = ModelTable(store: try ModelStore())
        if json { return try Console.print(table.json.compact) }
        for line in table.lines { try Console.print(line) }
        Console.error("* is installed. Get another with: longhand model pull NAME, or OWNER/NAME of any repository.")
        for row in table.rows {
            if let problem = row.problem { Console.error("! \(row.name): \(problem)") }
            if row.entry?.isPickleOnly == true, !row.isInstalled {
                Console.error(
                    "\(row.name) is published as pytorch_model.bin only: convert it, then longhand model import DIR.")
            }
        }
    }
}
