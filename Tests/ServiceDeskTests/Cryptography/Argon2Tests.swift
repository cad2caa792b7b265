import Glibc
import Synchronization
import Testing

@testable import ServiceDesk

@Suite("Hashes of passwords")
struct Argon2Tests {
    /// From the test suite of the reference implementation, `phc-winner-argon2`.
    static let known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

    @Test("A hash of the reference implementation is read")
    func vector() {
        #expect(Argon2.verify("password", against: Self.known) == true)
        #expect(Argon2.verify("Password", against: Self.known) == false)
        #expect(Argon2.verify("password\0", against: Self.known) == false)
        #expect(PasswordCost(of: Self.known) == PasswordCost(kibibytes: 65_536, passes: 2, lanes: 1))
    }

    @Test(
        "What a password is, counts to its last byte",
        arguments: ["correct horse", "ßöä 🐎", "a\0b", String(repeating: "é", count: 128), ""])
    func roundTrip(password: String) throws {
        let cost = PasswordCost(kibibytes: 64, passes: 1, lanes: 1)
        let hash = try #require(Argon2.hash(password, cost: cost, random: SystemRandom.bytes))
        #expect(hash.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
        #expect(Argon2.verify(password, against: hash) == true)
        #expect(Argon2.verify(password + "x", against: hash) == false)
        #expect(Argon2.hash(password, cost: cost, random: SystemRandom.bytes) != hash, "each has a salt of its own")
    }

    @Test(
        "What is no hash of Argon2id is no password's",
        arguments: [
            "", "$", "$2b$12$abc", "plain", "$argon2i$v=19$m=64,t=1,p=1$c29tc2FsdA$CTFhFdXPJO1aFaMaO6Mm5Q",
            "$argon2id$v=19$m=64,t=1$c29tc2FsdA$CTFh", "$argon2id$v=16$m=64,t=1,p=1$c29tc2FsdA$CTFhFdXPJO1aFaMaO6Mm5Q",
        ])
    func rubbish(hash: String) {
        #expect(PasswordCost(of: hash) == nil)
        #expect(Argon2.verify("password", against: hash) != true)
    }

    @Test("A hash is outdated when it cost less in any respect")
    func outdated() {
        let hashes = PasswordHashes(
            cost: PasswordCost(kibibytes: 65_536, passes: 2, lanes: 1), threads: 1, waiting: 1,
            random: SystemRandom.bytes)
        #expect(!hashes.isOutdated(Self.known))
        for (kibibytes, passes, lanes) in [(65_537, 2, 1), (65_536, 3, 1), (65_536, 2, 2)] as [(UInt32, UInt32, UInt32)]
        {
            let cost = PasswordCost(kibibytes: kibibytes, passes: passes, lanes: lanes)
            #expect(PasswordCost(of: Self.known)?.fallsShort(of: cost) == true)
        }
        #expect(hashes.isOutdated("plain"))
    }

    @Test("Without a hash the answer is no, and the decoy is a hash that can be compared with")
    func decoy() async throws {
        let hashes = PasswordHashes(
            cost: PasswordCost(kibibytes: 64, passes: 1, lanes: 1), threads: 1, waiting: 1, random: SystemRandom.bytes)
        #expect(try await hashes.verify("password", against: nil) == false)
        #expect(try await hashes.verify("password", against: Self.known) == true)
    }

    @Test("So many are computed at once and no more, some wait, and the rest is told to come back")
    func bounds() async throws {
        let threads = PasswordThreads(maximumThreads: 2, maximumWaiting: 3)
        let gauge = Gauge()
        let answers = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await threads.run {
                        gauge.pass()
                        return number
                    }
                }
            }
            var answers: [Int?] = []
            // Whoever is refused answers at once: at least 15 of 20.
            for await answer in group {
                answers.append(answer)
                if answers.count == 15 { gauge.open() }
            }
            return answers
        }
        // Five, or fewer when the threads began late.
        #expect((3...5).contains(answers.compactMap { $0 }.count))
        #expect(gauge.most <= 2)
        #expect(await threads.run { 1 } == 1, "threads that ended begin again")
    }
}

/// Where threads wait until it opens, counted.
private final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0, isOpen: false))

    var most: Int { state.withLock { $0.most } }

    func open() { state.withLock { $0.isOpen = true } }

    /// For threads of their own, which may wait.
    func pass() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
        while !state.withLock({ $0.isOpen }) { sched_yield() }
        state.withLock { $0.now -= 1 }
    }
}
