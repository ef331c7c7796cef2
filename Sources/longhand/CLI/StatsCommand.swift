import ArgumentParser
import ArticleFiles
import Configuration
import Foundation
import JSON

struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "The words written on each day, as the studio counted them.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Every project's, not only this one's.") var all = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let paths = try Paths.ofUser(environment: ProcessInfo.processInfo.environment)
        let root = all ? nil : try Project.locate(project.path).root
        let history = try WritingLog(path: paths.state + "/written").history(below: root)
        if json {
            let days = history.days.map {
                OrderedJSON.object([("date", .string($0.date)), ("words", .integer($0.words))])
            }
            try Console.print(
                OrderedJSON.document([
                    ("today", .integer(history.wordsToday)), ("total", .integer(history.total)),
                    ("average", .integer(history.average)),
                    ("streak", .integer(history.streak)), ("best", .optional(history.best?.words)),
                    ("best_date", .optional(history.best?.date)), ("days", .array(days)),
                ]).compact)
            return
        }
        guard !history.days.isEmpty else {
            Console.error("Nothing was counted yet: words are, from the first one written in the studio.")
            return
        }
        let most = history.days.reduce(1) { max($0, $1.words) }
        for day in history.days {
            let words = String(day.words)
            let bar = String(repeating: "#", count: max(0, day.words) * 40 / most)
            try Console.print(
                "\(day.date) " + String(repeating: " ", count: max(0, 7 - words.count)) + words
                    + (bar.isEmpty ? "" : "  " + bar))
        }
        try Console.print("total \(history.total), \(history.average) a day, \(history.streak) in a row")
    }
}
