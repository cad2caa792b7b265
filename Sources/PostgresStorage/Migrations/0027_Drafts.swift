internal import PostgresClient

extension Migration {
    /// Forms of new requests that people began and have not sent.
    static let drafts = Migration(
        number: 27, name: "drafts",
        script: """
            CREATE TABLE bureau.draft (
                person uuid NOT NULL CONSTRAINT draft_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                type text COLLATE "C" NOT NULL,
                beneficiary text,
                entries json NOT NULL,
                key text COLLATE "C",
                changed_at timestamptz NOT NULL,
                PRIMARY KEY (person, type)
            );
            COMMENT ON TABLE bureau.draft IS
                'What people entered into forms that they have not sent, for themselves alone; forgotten by age. entries: by field, without '
                'files and without what is sensitive. beneficiary: whom they named, as they wrote it. key: the idempotency key with '
                'which the form is sent; what was sent with it is no draft any more.';
            CREATE INDEX draft_changed_at ON bureau.draft (changed_at);

            -- Theirs alone, as their saved views. Index: draft_pkey.
            ALTER TABLE bureau.draft ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.draft TO bureau_write USING (true);
            CREATE POLICY see ON bureau.draft FOR SELECT TO bureau_read USING (person = (SELECT bureau.viewer()));

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.draft TO bureau_write;
            GRANT SELECT ON bureau.draft TO bureau_read;
            """)
}
