import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite struct FingerprintTests {
    private let person = PersonID(UniqueID(high: 1, low: 1))
    private let request = RequestID(UniqueID(high: 1, low: 2))

    @Test("The order of an object's members makes no difference")
    func order() {
        let first = JSONValue.object(["a": .number("1"), "b": .array([.null, .bool(true)])])
        let second = JSONValue.object(["b": .array([.null, .bool(true)]), "a": .number("1")])
        #expect(
            Fingerprint.raise("it.laptop", for: person, entries: ["x": first, "y": .string("é")])
                == Fingerprint.raise("it.laptop", for: person, entries: ["y": .string("é"), "x": second]))
    }

    @Test("Different questions have different fingerprints")
    func differences() {
        let fingerprints = [
            Fingerprint.raise("it.laptop", for: person, entries: [:]),
            Fingerprint.raise("it.account", for: person, entries: [:]),
            Fingerprint.raise("it.laptop", for: PersonID(UniqueID(high: 1, low: 9)), entries: [:]),
            Fingerprint.raise("it.laptop", for: person, entries: ["a": .number("1")]),
            Fingerprint.raise("it.laptop", for: person, entries: ["a": .string("1")]),
            Fingerprint.raise("it.laptop", for: person, entries: ["a": .number("1.0")]),
            Fingerprint.perform(.claim(InstanceName("a")), on: request),
            Fingerprint.perform(.release(InstanceName("a")), on: request),
            Fingerprint.perform(.approve(InstanceName("a"), comment: nil), on: request),
            Fingerprint.perform(.approve(InstanceName("a"), comment: "x"), on: request),
            Fingerprint.perform(.reject(InstanceName("a"), comment: "x"), on: request),
            Fingerprint.perform(.comment("x"), on: request),
            Fingerprint.perform(.cancel(reason: "x"), on: request),
            Fingerprint.perform(.complete(InstanceName("a"), ["b": .null]), on: request),
            Fingerprint.perform(.giveUp(InstanceName("a"), "b"), on: request),
            Fingerprint.perform(.retry(InstanceName("a")), on: request),
        ]
        #expect(Set(fingerprints).count == fingerprints.count)
    }
}
