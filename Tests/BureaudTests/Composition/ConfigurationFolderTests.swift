import Testing

@testable import bureaud

@Suite struct ConfigurationFolderTests {
    @Test("A broken configuration folder is refused by name")
    func brokenConfiguration() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        try Files.makeDirectory(folder + "/shared", permissions: 0o755)
        try Files.replace(folder + "/shared/organisation.yaml", with: "titel: Us\n", permissions: 0o644)
        let refusal = #expect(throws: Refusal.self) { try ConfigurationFolder.check(folder) }
        #expect(refusal?.code == .configurationInvalid)
        #expect(refusal?.sentence.contains("shared/organisation.yaml:1:1") == true)
    }
}
