import Foundation
import Testing

@testable import ModelInstall
@testable import Transfer

/// The line that tells how far a download is.
@Suite struct TransferMeterTests {
    @Test func rateAndTimeLeftFollowWhatCameLately() {
        var meter = TransferMeter("w")
        let start = Date(timeIntervalSince1970: 1_772_366_400)
        #expect(meter.line(DownloadProgress(received: 0, total: 100_000_000), at: start) == "w: 0.0 of 100.0 MB")
        #expect(
            meter.line(DownloadProgress(received: 10_000_000, total: 100_000_000), at: start + 1)
                == "w: 10.0 of 100.0 MB, 10.0 MB/s, 9 s left")
        // One that begins anew says nothing of speed at first.
        #expect(meter.line(DownloadProgress(received: 1_000_000, total: nil), at: start + 2) == "w: 1.0 MB")
    }
}
