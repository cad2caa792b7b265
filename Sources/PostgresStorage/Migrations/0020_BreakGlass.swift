internal import PostgresClient

extension Migration {
    /// Requests that were opened for reading by exception.
    static let breakGlass = Migration(
        number: 20, name: "break_glass",
        script: """
            CREATE TABLE bureau.break_glass (
                id uuid PRIMARY KEY,
                request_id uuid NOT NULL,
                event integer NOT NULL,
                person uuid NOT NULL CONSTRAINT break_glass_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                reason text NOT NULL,
                opened_at timestamptz NOT NULL,
                until timestamptz NOT NULL,
                CONSTRAINT break_glass_order CHECK (opened_at <= until)
            );
            COMMENT ON TABLE bureau.break_glass IS
                'Who opened which request for reading by exception, and why. until: when it ends or was ended. event: the '
                'last of the request then. The reason is empty once it is erased.';
            CREATE INDEX break_glass_request ON bureau.break_glass (request_id, id);
            CREATE INDEX break_glass_person ON bureau.break_glass (person, until);
            CREATE INDEX notification_break_glass ON bureau.notification (request_id) WHERE kind = 'break_glass';

            ALTER TABLE bureau.break_glass ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.break_glass TO bureau_write USING (true);
            -- Whoever sees the request; which of them are told, the rules say. Index: request_pkey.
            CREATE POLICY see ON bureau.break_glass FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.request r WHERE r.id = break_glass.request_id OFFSET 0));

            GRANT SELECT, INSERT ON bureau.break_glass TO bureau_write;
            GRANT UPDATE (reason, until) ON bureau.break_glass TO bureau_write;
            GRANT SELECT ON bureau.break_glass TO bureau_read;
            """)
}
