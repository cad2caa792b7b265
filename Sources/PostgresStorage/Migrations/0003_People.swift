internal import PostgresClient

extension Migration {
    /// The directory of people, and the tokens with which they call.
    static let people = Migration(
        number: 3, name: "people",
        script: """
            CREATE TABLE bureau.person (
                id uuid PRIMARY KEY,
                handle text COLLATE "C" NOT NULL CONSTRAINT person_handle_key UNIQUE,
                name text NOT NULL,
                email text NOT NULL,
                language text COLLATE "C",
                manager uuid CONSTRAINT person_manager_fkey REFERENCES bureau.person,
                site text COLLATE "C",
                is_active boolean NOT NULL,
                changed_at timestamptz NOT NULL,
                CONSTRAINT person_handle_present CHECK (handle <> ''),
                CONSTRAINT person_not_own_manager CHECK (manager <> id)
            );
            COMMENT ON TABLE bureau.person IS 'People. Leavers stay, inactive, until they are erased.';
            CREATE INDEX person_manager ON bureau.person (manager) WHERE manager IS NOT NULL;

            CREATE TABLE bureau.membership (
                person uuid CONSTRAINT membership_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                group_id text COLLATE "C",
                PRIMARY KEY (person, group_id)
            );

            CREATE TABLE bureau.directory_state (
                is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT directory_state_one_row CHECK (is_only),
                revision bigint NOT NULL
            );
            COMMENT ON TABLE bureau.directory_state IS
                'One row; its revision grows with every change of people or memberships.';
            INSERT INTO bureau.directory_state (revision) VALUES (0);

            CREATE TABLE bureau.token (
                id uuid PRIMARY KEY,
                digest bytea NOT NULL CONSTRAINT token_digest_key UNIQUE,
                person uuid NOT NULL CONSTRAINT token_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                label text NOT NULL,
                created_at timestamptz NOT NULL,
                expires_at timestamptz,
                revoked_at timestamptz,
                CONSTRAINT token_digest_length CHECK (octet_length(digest) = 32)
            );
            COMMENT ON TABLE bureau.token IS 'Bearer tokens by the SHA-256 of their secret.';
            CREATE INDEX token_person ON bureau.token (person, id);

            GRANT SELECT, INSERT, UPDATE ON bureau.person, bureau.token TO bureau_write;
            GRANT SELECT, INSERT, DELETE ON bureau.membership TO bureau_write;
            GRANT SELECT, UPDATE ON bureau.directory_state TO bureau_write;
            GRANT SELECT ON bureau.person, bureau.membership, bureau.directory_state TO bureau_read;
            """)
}
