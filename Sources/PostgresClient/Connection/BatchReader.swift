/// Matches the answers of a pipeline with what was sent. A value: the connection's thread feeds it.
///
/// libpq answers each command with one result and a null pointer, and each sync with a result of its own. After an
/// error every further command up to the sync is answered "aborted". An error of the commit comes at the sync.
struct BatchReader {
    enum Command: Equatable {
        case deallocate(name: String)
        case prepare(name: String)
        case execute(statement: Int)
        case sync
    }

    enum Answer {
        /// The command succeeded.
        case success
        case failure(ServerError)
        /// It was skipped because of an earlier failure.
        case aborted
        /// There is no more about this command.
        case endOfCommand
        case sync
    }

    enum Action: Equatable {
        case proceed
        /// The result holds the rows of this statement.
        case keepRows(statement: Int)
        /// All answers are here.
        case finish
        /// The answers do not fit what was sent.
        case giveUp
    }

    private(set) var commands: [Command] = []
    private var position = 0
    private var statementCount = 0
    /// The first failure among prepared and executed statements and the commit.
    private(set) var failure: ServerError?
    /// The names that were not prepared after all.
    private(set) var notPrepared: [String] = []
    /// The names that the server does not know any more.
    private(set) var deallocated: [String] = []

    mutating func expect(_ command: Command) {
        commands.append(command)
        if case .execute = command { statementCount += 1 }
    }

    mutating func receive(_ answer: Answer) -> Action {
        guard position < commands.count else { return .giveUp }
        switch (answer, commands[position]) {
        case (.sync, .sync):
            position += 1
            return position == commands.count ? .finish : .proceed
        case (.endOfCommand, .sync):
            // After the error of a commit.
            return .proceed
        case (.endOfCommand, _):
            position += 1
            return .proceed
        case (.success, .execute(let statement)):
            return .keepRows(statement: statement)
        case (.success, .prepare):
            return .proceed
        case (.success, .deallocate(let name)), (.failure, .deallocate(let name)):
            // It fails only when somebody else has deallocated the statement.
            deallocated.append(name)
            return .proceed
        case (.failure(var error), let command):
            if case .prepare(let name) = command { notPrepared.append(name) }
            if failure == nil {
                error.statementIndex = statementIndex
                failure = error
            }
            return .proceed
        case (.aborted, .prepare(let name)):
            notPrepared.append(name)
            return .proceed
        case (.aborted, .execute), (.aborted, .deallocate):
            return .proceed
        case (.aborted, .sync), (.success, .sync), (.sync, _):
            return .giveUp
        }
    }

    /// The statement that the next answer belongs to; the number of statements at the last sync.
    private var statementIndex: Int {
        for command in commands.dropFirst(position) {
            if case .execute(let statement) = command { return statement }
        }
        return statementCount
    }
}
