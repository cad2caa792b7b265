import Testing

@testable import bureaud

@Suite struct StopRequestTests {
    @Test("A wish that comes before anybody waits is not lost")
    func early() async {
        let stop = StopRequest()
        stop.request()
        stop.request()
        await stop.wait()
        #expect(!Task.isCancelled)
    }
}
