import ArticleFiles
import Foundation
import Testing

/// `longhand stats`, in the real program.
@Suite struct StatsTests {
    @Test func statsPrintTheDays() throws {
        let sandbox = try Sandbox(article: "# A\n", model: false)
        let none = try sandbox.run(["stats", "-p", sandbox.project.path])
        #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("Nothing was counted yet"))
        let state = sandbox.folder.appending(path: "home/.local/state/longhand/written").path
        try WritingLog(path: state).add(12, to: sandbox.project.path + "/article.md")
        let json = try sandbox.run(["stats", "-p", sandbox.project.path, "--json"])
        #expect(
            json.output.hasPrefix("{\"version\":1,\"today\":12,\"total\":12,\"average\":12,\"streak\":1,\"best\":12,"),
            "\(json.output)")
        #expect(try sandbox.run(["stats", "-p", sandbox.project.path]).output.contains("     12  ####"))
    }
}
