import Testing

@testable import bureaud

@Suite struct SettingValueTests {
    @Test(
        "Addresses are read with their port",
        arguments: [
            ("127.0.0.1:8080", ListenAddress(host: "127.0.0.1", port: 8080)),
            ("localhost:0", ListenAddress(host: "localhost", port: 0)),
            ("[::1]:443", ListenAddress(host: "::1", port: 443)),
        ])
    func addresses(_ text: String, _ address: ListenAddress) {
        #expect(ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(
        "What is no address is refused",
        arguments: ["", ":80", "host", "host:", "host:-1", "host:65536", "::1:80", "[]:80"])
    func noAddresses(_ text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "Durations are whole numbers with a unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("20s", .seconds(20)), ("2m", .seconds(120)),
            ("12h", .seconds(43_200)),
            ("90d", .seconds(7_776_000)),
        ])
    func durations(_ text: String, _ duration: Duration) {
        #expect(Duration(settingText: text) == duration)
    }

    @Test(
        "What is no duration is refused",
        arguments: ["", "s", "20", "-1s", "+1s", "1.5h", "0s", "1 h", "10001d", "99999999999999999999s"])
    func noDurations(_ text: String) {
        #expect(Duration(settingText: text) == nil)
    }
}
