internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

extension WriteBatch {
    /// Keeps uploads from being purged; ends the pipeline with ZB005 unless all are there. Index: `attachment_pkey`.
    func useAttachments() -> Statement? {
        let ids = Set(writes.flatMap(\.attachments).map(\.id)).sorted()
        guard !ids.isEmpty else { return nil }
        return Statement(
            """
            WITH used AS (
                UPDATE bureau.attachment SET is_used = true
                WHERE id = ANY ($1::uuid[]) AND sha256 IS NOT NULL RETURNING id
            )
            SELECT CASE WHEN count(*) <> cardinality($1::uuid[]) THEN bureau.refuse('ZB005') END FROM used
            """,
            ids)
    }

    func insertAttachmentUses() -> Statement? {
        let rows = rows(\.attachments)
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            INSERT INTO bureau.attachment_use (request_id, attachment, event)
            SELECT request_id, attachment, event
            FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) AS new (request_id, attachment, event)
            ON CONFLICT DO NOTHING
            """,
            rows.map(\.request), rows.map(\.row.id), rows.map(\.row.event))
    }
}
