internal import PostgresClient

extension Migration {
    /// Deleting what is no longer kept.
    static let erasure = Migration(
        number: 15, name: "erasure",
        script: """
            ALTER TABLE bureau.request ADD COLUMN erased_at timestamptz;
            COMMENT ON COLUMN bureau.request.erased_at IS
                'When all that was entered was deleted; NULL while it is there.';
            -- Without the moment of the last change: an index that held it would take every change off its page.
            CREATE INDEX request_erasable ON bureau.request (type, id) WHERE phase = 'closed' AND erased_at IS NULL;
            -- An erased person's row is deleted, with all that hangs on it, and a pseudonym stands in its place.
            GRANT DELETE ON bureau.person TO bureau_write;
            -- What a step told people may quote what was entered.
            CREATE INDEX notification_written ON bureau.notification (request_id) WHERE kind = 'notify';
            -- The receipt of a request goes with what was entered into it.
            GRANT DELETE ON bureau.receipt TO bureau_write;
            """)
}
