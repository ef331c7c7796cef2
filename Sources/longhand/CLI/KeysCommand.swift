import ArgumentParser
import Configuration
import Foundation
import JSON
import Workbench

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Every command of the studio and its keys.")
    @Option(help: "Show another keymap than the one in use: default, emacs or vim.") var keymap: String?
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let settings = try Settings.load(
            projectRoot: nil, paths: Paths.ofUser(environment: environment), environment: environment)
        let keymap = try Keymap(settings, name: keymap)
        if json {
            let rows = CommandTable.all.map { command in
                OrderedJSON.object([
                    ("name", .string(command.name)), ("title", .string(command.title)), ("help", .string(command.help)),
                    ("context", .string(command.context.rawValue)), ("keys", .strings(keymap.keyNames(of: command))),
                ])
            }
            var document: [(String, OrderedJSON)] = [
                ("keymap", .string(keymap.base.rawValue)), ("commands", .array(rows)),
            ]
            if keymap.base == .vim {
                let vim = Keymap.vimKeys.map {
                    OrderedJSON.object([("keys", .string($0.keys)), ("title", .string($0.title))])
                }
                document.append(("vim", .array(vim)))
            }
            try Console.print(OrderedJSON.document(document).compact)
            return
        }
        if keymap.base == .vim {
            try Console.print("In the editor, vim's own")
            for (keys, title) in Keymap.vimKeys { try row(keys, title) }
        }
        for context in Command.Context.allCases {
            try Console.print(context.heading)
            for command in CommandTable.all where command.context == context {
                let keys = keymap.keyNames(of: command).joined(separator: ", ")
                try row(keys.isEmpty ? "(palette)" : keys, command.title)
            }
        }
    }

    private func row(_ keys: String, _ title: String) throws {
        try Console.print("  " + keys.padding(toLength: max(28, keys.count + 1), withPad: " ", startingAt: 0) + title)
    }
}
