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
        arguments: [
            "", "Mars/Olympus", "../zoneinfo/UTC", "/etc/passwd", "Europe//Berlin", "Europe/.", "tzdata.zi",
            String(repeating: "a/", count: 3_000) + "a",
        ])
    func unknown(_ name: String) {
        #expect(SystemZones().rules(of: name) == nil)
    }

    @Test("Every name that is offered is known, and the big ones are among them")
    func names() {
        let zones = SystemZones()
        #expect(zones.names.allSatisfy { zones.rules(of: $0) != nil } && zones.names == zones.names.sorted())
        #expect(Set(["Europe/Amsterdam", "Europe/Lisbon", "Asia/Kolkata", "UTC"]).isSubset(of: zones.names))
        #expect(SystemZones(directory: "/nowhere").names.isEmpty)
    }

    @Test("Only zones are remembered, not what people ask for in vain")
    func bounded() {
        let zones = SystemZones()
        for number in 0..<1_000 { #expect(zones.rules(of: "Nowhere/Town\(number)") == nil) }
        #expect(zones.rules(of: "Europe/Lisbon") == zones.rules(of: "Europe/Lisbon"))
        #expect(zones.count == 1)
    }
}
