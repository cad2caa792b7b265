package import Expressions

/// Whether the audit is whole.
extension ServiceDesk {
    /// Exports a log and checks every entry and every chain of it, as whoever gets the file would. The export is recorded.
    ///
    /// Its cost grows with the entries; a hundred thousand take seconds.
    ///
    /// - Throws: `.rejected` with `access.not_allowed`.
    package func verifyAudit(
        of log: AuditLog, from: CivilDate?, to: CivilDate?, for viewer: Viewer
    ) async throws(DeskError) -> ExportVerifier.Report {
        let export = try await exportAudit(of: [log], from: from, to: to, by: viewer)
        let reader = ExportReader()
        do {
            try await export.write { await reader.read($0) }
        } catch let error as StorageError {
            throw DeskError(error, logger: logger)
        } catch {
            throw DeskError(.defect("\(error)"), logger: logger)
        }
        return await reader.finish()
    }
}

/// Takes an export line by line.
private actor ExportReader {
    private var verifier = ExportVerifier()

    func read(_ line: String) {
        verifier.read(line.hasSuffix("\n") ? String(line.dropLast()) : line)
    }

    func finish() -> ExportVerifier.Report { verifier.finish() }
}
