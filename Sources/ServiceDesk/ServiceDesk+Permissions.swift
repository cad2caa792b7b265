import WorkflowCore

extension ServiceDesk {
    /// Throws `access.not_allowed` when the viewer may not, as they were when they signed in to this request.
    func require(_ permission: Permission, of viewer: Viewer) throws(DeskError) {
        try Self.require(permission, of: viewer.authority)
    }

    /// Refuses what the viewer may not do, by the people and the configuration of this moment.
    ///
    /// - Returns: That configuration.
    @discardableResult
    func requireNow(_ permission: Permission, of viewer: Viewer) async throws(DeskError) -> CompiledConfiguration {
        let (compiled, directory) = try await asking { () throws(StorageError) in
            (try await configurations.newest(), try await directories.newest())
        }
        try Self.require(permission, of: Authority(of: viewer.person.id, in: directory, compiled.configuration))
        return compiled
    }

    private static func require(_ permission: Permission, of authority: Authority) throws(DeskError) {
        do throws(Rejection) {
            try Access.require(permission, of: authority)
        } catch {
            throw .rejected(error)
        }
    }
}
