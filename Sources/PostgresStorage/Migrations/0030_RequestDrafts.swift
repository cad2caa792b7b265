internal import PostgresClient

extension Migration {
    /// Drafts of what people are about to do with requests that exist: complete a task, change an answer, say something.
    static let requestDrafts = Migration(
        number: 30, name: "request_drafts",
        script: """
            ALTER TABLE bureau.draft ADD COLUMN request_id uuid, ADD COLUMN version bigint;
            COMMENT ON COLUMN bureau.draft.type IS
                'What it is of: the type of a new request; of one that exists its identifier, a slash and what of it, as amend, '
                'comment or complete:look.';
            COMMENT ON COLUMN bureau.draft.request_id IS 'The request that it is about; NULL for a new one.';
            COMMENT ON COLUMN bureau.draft.version IS 'The version of the request that its writer had before them; NULL for a new one.';
            CREATE INDEX draft_request ON bureau.draft (request_id) WHERE request_id IS NOT NULL;

            -- Theirs alone, and of a request only while they see it. Indexes: draft_pkey, request_pkey.
            ALTER POLICY see ON bureau.draft USING (
                person = (SELECT bureau.viewer())
                AND (request_id IS NULL
                    OR EXISTS (SELECT FROM bureau.request r WHERE r.id = draft.request_id OFFSET 0)));
            """)
}
