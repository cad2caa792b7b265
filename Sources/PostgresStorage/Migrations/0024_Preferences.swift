internal import PostgresClient

extension Migration {
    /// What people chose for themselves, and the lists that they saved.
    static let preferences = Migration(
        number: 24, name: "preferences",
        script: """
            CREATE TABLE bureau.preference (
                person uuid PRIMARY KEY CONSTRAINT preference_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                time_zone text COLLATE "C",
                muted text[] COLLATE "C" NOT NULL,
                changed_at timestamptz NOT NULL
            );
            COMMENT ON TABLE bureau.preference IS
                'What people chose; no row for whoever chose nothing. time_zone: an IANA name, NULL for the organisation''s. '
                'muted: the kinds of notifications that they do without.';

            CREATE TABLE bureau.saved_view (
                id uuid PRIMARY KEY,
                person uuid NOT NULL CONSTRAINT saved_view_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                list text COLLATE "C" NOT NULL,
                name text COLLATE "C" NOT NULL,
                filters json NOT NULL,
                CONSTRAINT saved_view_name UNIQUE (person, list, name)
            );
            COMMENT ON TABLE bureau.saved_view IS
                'Lists with their filters, each under a name that somebody gave it. filters: by the name of the parameter.';

            -- Theirs alone, as what they were told. Indexes: preference_pkey, saved_view_name.
            ALTER TABLE bureau.preference ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.saved_view ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.preference TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.saved_view TO bureau_write USING (true);
            CREATE POLICY see ON bureau.preference FOR SELECT TO bureau_read USING (person = (SELECT bureau.viewer()));
            CREATE POLICY see ON bureau.saved_view FOR SELECT TO bureau_read USING (person = (SELECT bureau.viewer()));

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.preference, bureau.saved_view TO bureau_write;
            GRANT SELECT ON bureau.preference, bureau.saved_view TO bureau_read;
            """)
}
