import Testing

@testable import Manuscript

@Suite struct FenceScanTests {
    @Test(arguments: [
        ("a", nil), ("```\nx", "```"), ("```\nx\n```", nil), ("````\nx\n```", "````"), ("~~~ `a`\nx", "~~~"),
        ("``` `a`\nx", nil), ("    ```\nx", nil),
        ("   ```\nx\n  ```  ", nil), ("```\nx\n```\t", "```"), ("```\nx\n~~~", "```"),
    ])
    func whatIsLeftOpen(text: String, fence: String?) {
        #expect(FenceScan.openFence(in: text) == fence)
    }
}
