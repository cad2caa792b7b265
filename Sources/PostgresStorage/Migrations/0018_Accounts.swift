internal import PostgresClient

extension Migration {
    /// Passwords, codes to set them, and how often they were tried in vain.
    static let accounts = Migration(
        number: 18, name: "accounts",
        script: #"""
            CREATE TABLE bureau.account (
                person uuid PRIMARY KEY CONSTRAINT account_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                password_hash text COLLATE "C",
                password_changed_at timestamptz,
                is_locked boolean NOT NULL DEFAULT false,
                CONSTRAINT account_password_whole CHECK ((password_hash IS NULL) = (password_changed_at IS NULL)),
                CONSTRAINT account_password_form CHECK (password_hash ~ '^\$argon2id\$v=19\$')
            );
            COMMENT ON TABLE bureau.account IS
                'Passwords as PHC strings of Argon2id, of those who have one; is_locked: by an administrator.';

            CREATE TABLE bureau.invitation (
                digest bytea PRIMARY KEY,
                person uuid NOT NULL CONSTRAINT invitation_person_fkey REFERENCES bureau.person ON DELETE CASCADE
                    CONSTRAINT invitation_person_key UNIQUE,
                expires_at timestamptz NOT NULL,
                CONSTRAINT invitation_digest_length CHECK (octet_length(digest) = 32)
            );
            COMMENT ON TABLE bureau.invitation IS
                'Codes with which people set a password, by their SHA-256; deleted when used, so that each is good once.';

            CREATE TABLE bureau.password_attempt (
                key bytea PRIMARY KEY,
                failures integer NOT NULL,
                since timestamptz NOT NULL,
                blocked_until timestamptz NOT NULL
            ) WITH (fillfactor = 70);
            COMMENT ON TABLE bureau.password_attempt IS
                'How often a password was tried in vain, by the SHA-256 of the handle, whether anybody has it or not. The '
                'empty key counts for all; its row is always there, and its lock makes attempts follow one another.';
            INSERT INTO bureau.password_attempt (key, failures, since, blocked_until)
            VALUES ('', 0, '2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z');

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.account, bureau.invitation, bureau.password_attempt
                TO bureau_write;
            """#)
}
