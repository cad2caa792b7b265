import Testing

@testable import bureaud

@Suite struct OSAccountTests {
    private let root = OSAccount(user: 0, group: 0, name: "root")
    private let alice = OSAccount(user: 4242, group: 4242, name: "alice")

    @Test("An ordinary account runs its own server")
    func ordinary() throws {
        #expect(try OSAccount.server(clusterOwner: nil, daemon: alice) == alice)
        #expect(try OSAccount.server(clusterOwner: 4242, daemon: alice) == alice)
    }

    @Test("Root never runs the server, and keeps to the account that owns the cluster")
    func rootsServer() throws {
        #expect(try OSAccount.server(clusterOwner: nil, daemon: root).user != 0)
        let daemon = try #require(OSAccount(named: "daemon"))
        #expect(try OSAccount.server(clusterOwner: daemon.user, daemon: root) == daemon)
    }

    @Test("A cluster of somebody else, or of root, is refused", arguments: [0, 1])
    func foreign(_ owner: UInt32) {
        let refusal = #expect(throws: Refusal.self) { try OSAccount.server(clusterOwner: owner, daemon: alice) }
        #expect(refusal?.code == .clusterOfAnotherUser)
    }

    @Test("A folder on the way that the account may not enter is named")
    func closedFolder() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        try Files.makeDirectory(folder + "/closed", permissions: 0o700)
        try Files.makeDirectory(folder + "/closed/data", permissions: 0o711)
        let refusal = #expect(throws: Refusal.self) { try alice.check(canEnter: folder + "/closed/data") }
        #expect(refusal?.code == .accountCannotEnter)
        #expect(refusal?.sentence.hasSuffix("alice may not enter \(folder)/closed.") == true)
    }
}
