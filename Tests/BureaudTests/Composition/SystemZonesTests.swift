import Testing

@testable import bureaud

@Suite struct SystemZonesTests {
    @Test(
        "Zones of the machine are known by name", arguments: ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"])
    func known(_ name: String) {
        #expect(SystemZones().rules(of: name) != nil)
    }

    @Test(
        "What is no name of a zone reads no file",
        arguments: ["", "Mars/Olympus", "../zoneinfo/UTC", "/etc/passwd", "Europe//Berlin", "Europe/.", "tzdata.zi"])
    func unknown(_ name: String) {
        #expect(SystemZones().rules(of: name) == nil)
    }
}
