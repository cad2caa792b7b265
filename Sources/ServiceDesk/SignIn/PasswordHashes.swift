/// Computes and compares hashes of passwords, with the same work whether there is one to compare with or not.
struct PasswordHashes: Sendable {
    let threads: PasswordThreads
    let cost: PasswordCost
    let random: RandomBytes
    /// What a password is compared with where there is none: zeros, which nothing is known to give.
    private let decoy: String

    init(cost: PasswordCost, threads: Int, waiting: Int, random: @escaping RandomBytes) {
        self.threads = PasswordThreads(maximumThreads: threads, maximumWaiting: waiting)
        self.cost = cost
        self.random = random
        let (salt, hash) = (String(repeating: "A", count: 22), String(repeating: "A", count: 43))
        decoy = "$argon2id$v=19$m=\(cost.kibibytes),t=\(cost.passes),p=\(cost.lanes)$\(salt)$\(hash)"
    }

    func hash(_ password: String) async throws(DeskError) -> String {
        let (cost, random) = (cost, random)
        guard let hash = await threads.run({ Argon2.hash(password, cost: cost, random: random) }), let hash else {
            throw .unavailable(retryAfterSeconds: 1)
        }
        return hash
    }

    /// Whether the password has that hash; false, after as much work, when there is none.
    func verify(_ password: String, against hash: String?) async throws(DeskError) -> Bool {
        let decoy = decoy
        let answer = await threads.run { Argon2.verify(password, against: hash ?? decoy) }
        guard let answer, let isRight = answer else { throw .unavailable(retryAfterSeconds: 1) }
        return isRight && hash != nil
    }

    /// Whether a hash was cheaper than those of today.
    func isOutdated(_ hash: String) -> Bool {
        PasswordCost(of: hash)?.fallsShort(of: cost) ?? true
    }
}
