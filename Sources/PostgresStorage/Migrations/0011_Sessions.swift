internal import PostgresClient

extension Migration {
    /// Sessions of browsers.
    static let sessions = Migration(
        number: 11, name: "sessions",
        script: """
            CREATE TABLE bureau.session (
                id uuid PRIMARY KEY,
                person uuid NOT NULL CONSTRAINT session_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                digest bytea NOT NULL CONSTRAINT session_digest_key UNIQUE,
                previous_digest bytea,
                csrf_key bytea NOT NULL,
                method text COLLATE "C" NOT NULL,
                label text NOT NULL,
                created_at timestamptz NOT NULL,
                rotated_at timestamptz NOT NULL,
                seen_at timestamptz NOT NULL,
                expires_at timestamptz NOT NULL,
                CONSTRAINT session_digest_length CHECK (octet_length(digest) = 32),
                CONSTRAINT session_previous_digest_length CHECK (octet_length(previous_digest) = 32),
                CONSTRAINT session_csrf_key_length CHECK (octet_length(csrf_key) = 32),
                CONSTRAINT session_method_known CHECK (method IN ('password', 'invitation', 'provider', 'demo')),
                CONSTRAINT session_label_short CHECK (length(label) <= 100)
            ) WITH (fillfactor = 70);
            COMMENT ON TABLE bureau.session IS
                'Sessions of browsers by the SHA-256 of their secrets; one that has ended is deleted. No address, no '
                'browser: label is what its owner calls it.';
            CREATE INDEX session_previous_digest ON bureau.session (previous_digest)
                WHERE previous_digest IS NOT NULL;
            CREATE INDEX session_person ON bureau.session (person, id);

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.session TO bureau_write;
            """)
}
