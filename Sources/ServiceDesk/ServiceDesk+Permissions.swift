import WorkflowCore

extension ServiceDesk {
    /// Throws `access.not_allowed` when the viewer may not, as they were when they signed in to this request.
    func require(_ permission: Permission, of viewer: Viewer) throws(DeskError) {
        try Self.require(permission, of: viewer.authority)
    }

    /// Refuses what the viewer may not do, by the people and the configuration of this moment.
    ///
    /// - Returns: These people, and that configuration: the one in use at their revision.
    @discardableResult
    func requireNow(
        _ permission: Permission, of viewer: Viewer
    ) async throws(DeskError) -> (directory: Directory, compiled: CompiledConfiguration) {
        let moment = try await moment()
        try Self.require(
            permission, of: Authority(of: viewer.person.id, in: moment.directory, moment.compiled.configuration))
        return moment
    }

    /// The people of now, and the configuration that is in use with them.
    func moment() async throws(DeskError) -> (directory: Directory, compiled: CompiledConfiguration) {
        try await asking { () throws(StorageError) in
            let directory = try await directories.newest()
            return (directory, try await configurations.current(with: directory))
        }
    }

    static func require(_ permission: Permission, of authority: Authority) throws(DeskError) {
        do throws(Rejection) {
            try Access.require(permission, of: authority)
        } catch {
            throw .rejected(error)
        }
    }
}
