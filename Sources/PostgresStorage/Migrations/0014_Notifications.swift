internal import PostgresClient

extension Migration {
    /// What people were told.
    static let notifications = Migration(
        number: 14, name: "notifications",
        script: """
            CREATE TABLE bureau.notification (
                id uuid PRIMARY KEY,
                person uuid NOT NULL CONSTRAINT notification_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                at timestamptz NOT NULL,
                kind text COLLATE "C" NOT NULL,
                request_id uuid,
                number text COLLATE "C",
                instance text COLLATE "C",
                text json NOT NULL,
                read_at timestamptz
            );
            COMMENT ON TABLE bureau.notification IS
                'What people were told, each in a row of their own. text: by language, holding nothing that the person may '
                'not read. number: that of the request, for people.';
            CREATE INDEX notification_person ON bureau.notification (person, id);
            CREATE INDEX notification_unread ON bureau.notification (person) WHERE read_at IS NULL;
            CREATE INDEX notification_read ON bureau.notification (read_at) WHERE read_at IS NOT NULL;

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.notification TO bureau_write;
            """)
}
