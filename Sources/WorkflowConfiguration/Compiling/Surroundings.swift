import WorkflowCore

/// What a request type may refer to outside of its file and of other request types. A class, because every compiler of steps holds it.
final class Surroundings {
    let names: SharedNames
    let services: [ServiceID: Service]
    /// The request types that have a file, readable or not.
    let declared: Set<String>
    /// Expressions that read nothing, as they have been checked.
    let constants = CheckMemo()

    init(names: SharedNames, services: [ServiceID: Service], declared: Set<String>) {
        self.names = names
        self.services = services
        self.declared = declared
    }
}
