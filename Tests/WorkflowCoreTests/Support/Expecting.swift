import Testing

@testable import WorkflowCore

/// The code with which something is rejected; nil when it is not.
func rejectionCode(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let rejection as Rejection {
        return rejection.code
    } catch {
        Issue.record(error)
        return nil
    }
}

extension Story {
    /// The code with which a command is rejected, nothing having changed; nil when it is carried out.
    mutating func code(_ command: Command, by person: PersonID) -> String? { code(command, as: .person(person)) }

    mutating func code(_ command: Command, as principal: Principal) -> String? {
        do throws(Rejection) {
            try give(command, as: principal)
            return nil
        } catch {
            return error.code
        }
    }
}
