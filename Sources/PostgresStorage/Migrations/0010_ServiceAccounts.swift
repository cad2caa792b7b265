internal import PostgresClient

extension Migration {
    /// Rows of the directory that are programs rather than people.
    static let serviceAccounts = Migration(
        number: 10, name: "service accounts",
        script: """
            -- A constant default: no row is rewritten, and a daemon of the release before goes on importing people.
            ALTER TABLE bureau.person ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'person'
                CONSTRAINT person_kind CHECK (kind IN ('person', 'service'));
            COMMENT ON COLUMN bureau.person.kind IS
                'service: a program of the organisation. It has no vote and no manager and stands in for nobody.';
            ALTER TABLE bureau.person ADD CONSTRAINT person_service_unmanaged CHECK (kind = 'person' OR manager IS NULL);
            """)
}
