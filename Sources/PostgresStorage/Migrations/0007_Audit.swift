internal import PostgresClient

extension Migration {
    /// The audit: what people and operators do to the platform, in hash chains.
    static let audit = Migration(
        number: 7, name: "audit",
        script: """
            CREATE TABLE bureau.audit_entry (
                log text COLLATE "C",
                day text COLLATE "C",
                sequence bigint,
                entry json NOT NULL,
                hash bytea NOT NULL,
                -- What is searched by is what was hashed.
                kind text COLLATE "C" NOT NULL GENERATED ALWAYS AS (entry ->> 'kind') STORED,
                principal text COLLATE "C" NOT NULL GENERATED ALWAYS AS (entry ->> 'principal') STORED,
                PRIMARY KEY (log, day, sequence),
                CONSTRAINT audit_entry_log_known CHECK (log IN ('administration', 'sign_in', 'reads', 'exports')),
                CONSTRAINT audit_entry_day_form CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
                CONSTRAINT audit_entry_sequence_positive CHECK (sequence > 0),
                CONSTRAINT audit_entry_hash_length CHECK (octet_length(hash) = 32)
            );
            COMMENT ON TABLE bureau.audit_entry IS
                'The audit, append-only: a chain of hashes for each log and day. entry is json, not jsonb: the hash '
                'covers the text as it was written.';

            CREATE TABLE bureau.audit_word (
                log text COLLATE "C",
                day text COLLATE "C",
                sequence bigint,
                name text COLLATE "C",
                person uuid,
                salt text COLLATE "C" NOT NULL,
                text text NOT NULL,
                PRIMARY KEY (log, day, sequence, name)
            );
            COMMENT ON TABLE bureau.audit_word IS
                'What names people in the audit, beside the entries that hold its salted digests: erased with the person.';
            CREATE INDEX audit_word_person ON bureau.audit_word (person) WHERE person IS NOT NULL;

            -- Append-only: no UPDATE, no DELETE.
            GRANT SELECT, INSERT ON bureau.audit_entry TO bureau_write;
            -- DELETE: erasing a person.
            GRANT SELECT, INSERT, DELETE ON bureau.audit_word TO bureau_write;
            """)
}
