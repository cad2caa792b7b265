import WorkflowCore

extension QueryService {
    /// The journal of a request as the viewer may read it.
    func journal(of reference: String, for viewer: Viewer) async throws(DeskError) -> JournalExport {
        let id = try await find(reference, for: viewer)
        let export = try await asking { () throws(StorageError) -> JournalExport? in
            guard let stored = try await storage.request(id, for: Asker(reading: viewer)) else { return nil }
            let directory = try await directories.current()
            let compiled = try await configurations.version(stored.configuration)
            guard let type = compiled.configuration.requestTypes[stored.type] else { return nil }
            let state = try StateCodec.decode(stored)
            let reading = Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
            guard Rules.canSee(state, in: reading.context) else { return nil }
            let relatives = try await relatives(of: state, type: type, reader: reading.reader, directory: directory)
            try await recordRead("journal", of: state, by: reading)
            return JournalExport(
                storage: storage, request: id, number: state.number, reading: reading, state: state,
                known: Set(relatives.byID.filter(\.value.isVisible).keys), lastVersion: stored.version)
        }
        guard let export else { throw .rejected(.unknownRequest) }
        return export
    }

    /// Records a reading before anything is handed out, when the request is confidential or was opened by exception.
    func recordRead(_ what: String, of state: RequestState, by reading: Reading) async throws(StorageError) {
        if reading.isByException(of: state) {
            return try await reads.record(what, of: state, by: reading, as: .breakGlassRead)
        }
        guard state.isConfidential(reading.type) else { return }
        try await reads.record(what, of: state, by: reading)
    }
}
