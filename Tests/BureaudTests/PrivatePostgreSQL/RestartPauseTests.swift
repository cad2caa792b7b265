import Testing

@testable import bureaud

@Suite struct RestartPauseTests {
    @Test("The pause doubles up to half a minute")
    func doubles() {
        var pause = RestartPause()
        let pauses = (0..<8).map { _ in pause.next(afterLiving: .seconds(1), jitter: 1) }
        #expect(pauses == [0.5, 1, 2, 4, 8, 16, 30, 30].map { Duration.seconds($0) })
    }

    @Test("Jitter takes away up to half of the pause")
    func jitter() {
        var pause = RestartPause()
        #expect(pause.next(afterLiving: .zero, jitter: 0) == .milliseconds(250))
    }

    @Test("A minute of success begins anew")
    func recovers() {
        var pause = RestartPause()
        for _ in 0..<5 { _ = pause.next(afterLiving: .zero, jitter: 1) }
        #expect(pause.next(afterLiving: .seconds(60), jitter: 1) == .milliseconds(500))
    }
}
