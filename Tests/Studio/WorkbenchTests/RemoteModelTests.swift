import Screen
import Testing

@testable import Workbench

/// The status line says that paragraphs go to another machine, at every size.
@Suite struct RemoteModelTests {
    @Test(arguments: [(200, 50), (120, 40), (80, 24), (40, 12)])
    func aRemoteModelIsMarked(width: Int, height: Int) {
        var workspace = makeWorkspace("# A\n\nText.\n", width: width, height: height)
        #expect(!render(workspace).snapshot().contains("remote"))
        workspace.configure { $0.modelName = "big" }
        workspace.configure { $0.modelHost = "api.example.com" }
        #expect(render(workspace).snapshot().contains("remote model"))
        if width >= 120 { #expect(render(workspace).snapshot().contains("big (remote: api.example.com)")) }
        _ = handle(.research(.modelUnusable(Failure(message: "Not agreed."))), &workspace)
        #expect(!render(workspace).snapshot().contains("remote"))
    }
}
