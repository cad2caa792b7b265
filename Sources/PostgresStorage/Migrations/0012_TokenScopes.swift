internal import PostgresClient

extension Migration {
    /// What tokens are made for. Those that were made before are for everything, as they were.
    static let tokenScopes = Migration(
        number: 12, name: "token scopes",
        script: """
            ALTER TABLE bureau.token
                ADD COLUMN scopes text[] COLLATE "C" NOT NULL DEFAULT '{all}',
                ADD CONSTRAINT token_scopes_present CHECK (cardinality(scopes) > 0);
            COMMENT ON COLUMN bureau.token.scopes IS 'What the token may be used for; all: everything its person may do.';
            """)
}
