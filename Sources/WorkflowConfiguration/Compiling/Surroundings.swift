import WorkflowCore

/// What a request type may refer to outside of its file and of other request types.
struct Surroundings {
    let names: SharedNames
    let services: [ServiceID: Service]
    /// The request types that have a file, readable or not.
    let declared: Set<String>
}
