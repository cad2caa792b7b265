internal import PostgresClient

extension Migration {
    /// Sign-in at an identity provider.
    static let identity = Migration(
        number: 9, name: "identity",
        script: """
            CREATE TABLE bureau.sign_in_attempt (
                state bytea PRIMARY KEY,
                browser bytea NOT NULL,
                return_to text NOT NULL,
                expires_at timestamptz NOT NULL,
                CONSTRAINT sign_in_attempt_state_length CHECK (octet_length(state) = 32),
                CONSTRAINT sign_in_attempt_browser_length CHECK (octet_length(browser) = 32),
                CONSTRAINT sign_in_attempt_return_local CHECK (return_to ~ '^/' AND return_to !~ '^//')
            );
            COMMENT ON TABLE bureau.sign_in_attempt IS
                'Sign-ins at the identity provider that have begun, by the SHA-256 of their state; deleted when the '
                'browser comes back, so that each is good once, and some time after they are over.';
            CREATE INDEX sign_in_attempt_expires_at ON bureau.sign_in_attempt (expires_at);

            CREATE TABLE bureau.identity (
                issuer text COLLATE "C",
                subject text COLLATE "C",
                person uuid NOT NULL CONSTRAINT identity_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                linked_at timestamptz NOT NULL,
                PRIMARY KEY (issuer, subject),
                CONSTRAINT identity_person_key UNIQUE (person, issuer)
            );
            COMMENT ON TABLE bureau.identity IS
                'Which subject of an identity provider is which person: names may be given to others, subjects never.';

            GRANT SELECT, INSERT, DELETE ON bureau.sign_in_attempt, bureau.identity TO bureau_write;
            -- Locks the rows that it deletes.
            GRANT UPDATE ON bureau.sign_in_attempt TO bureau_write;
            """)
}
