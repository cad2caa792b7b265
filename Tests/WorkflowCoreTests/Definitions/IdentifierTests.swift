import Testing

@testable import WorkflowCore

@Suite("Names and identifiers")
struct IdentifierTests {
    @Test(
        "Instance names are written and read",
        arguments: [
            ("decide", "decide", []), ("decide#2", "decide", [.round(2)]), ("grant[sap]", "grant", [.key("sap")]),
            ("a#3[x\\]y\\\\]#2", "a", [.round(3), .key("x]y\\"), .round(2)]), ("a[]", "a", [.key("")]),
        ] as [(String, StepID, [InstanceName.Scope])])
    func instanceNames(_ text: String, _ step: StepID, _ scopes: [InstanceName.Scope]) {
        #expect(InstanceName(text) == InstanceName(step, scopes: scopes))
        #expect(InstanceName(step, scopes: scopes).description == text)
    }

    @Test("What is no instance name is refused", arguments: ["", "#2", "a#1", "a#x", "a[b", "a[b\\", "a[b]c"])
    func noInstanceName(_ text: String) {
        #expect(InstanceName(text) == nil)
    }

    @Test("Identifiers of one decision are the same for the same seed, unique, and of version 7")
    func uniqueIDs() throws {
        var (first, second) = (
            UniqueIDSource(milliseconds: 1000, seed: (1, 2)), UniqueIDSource(milliseconds: 1000, seed: (1, 2))
        )
        let ids = (0..<1000).map { _ in first.next() }
        #expect(ids == (0..<1000).map { _ in second.next() })
        #expect(Set(ids).count == 1000)
        for id in ids.prefix(10) {
            #expect(id.high >> 16 == 1000 && id.high >> 12 & 15 == 7 && id.low >> 62 == 2)
            #expect(UniqueID(id.description) == id)
        }
        #expect(UniqueID("00000000-0000-0000-0000-00000000000") == nil)
        #expect(UniqueID("00000000-0000-0000-0000-0000000000000") == nil)
    }

    @Test(
        "Parties are written and read", arguments: ["team:it", "role:hr-lead", "group:staff", "person:\(Person.rosa)"])
    func parties(_ text: String) {
        #expect(Party(text)?.description == text)
    }

    @Test("A request type belongs to the department its name begins with")
    func departments() {
        #expect(RequestTypeID("hr.onboarding").department == "hr")
    }

    @Test("The index knows every step, its parent and all around it")
    func index() {
        let type = requestType([
            step("a", .block([step("b", .block([step("c", .end("done"))]))])), step("d", .end("done")),
        ])
        #expect(type.index.all.map(\.id) == ["a", "b", "c", "d"])
        #expect(type.index.ancestors(of: "c") == ["b", "a"])
        #expect(type.index.parent(of: "d") == nil && type.index["x"] == nil)
    }
}
