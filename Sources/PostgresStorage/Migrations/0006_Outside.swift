internal import PostgresClient

extension Migration {
    /// What requests have to do with the world outside: calls that take their time, events that are waited for, and requests that
    /// the department's agents do not read.
    static let outside = Migration(
        number: 6, name: "outside",
        script: """
            -- A constant default: no row is rewritten.
            ALTER TABLE bureau.request ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;
            COMMENT ON COLUMN bureau.request.is_confidential IS
                'Whether the agents of its department do not see it; those who do are in request_viewer.';
            GRANT SELECT (is_confidential) ON bureau.request TO bureau_read;

            -- Lists of agents are read from these alone, so they hold what agents see. A daemon of the release before reads
            -- the table instead, for the minutes that it still runs.
            DROP INDEX bureau.request_department;
            DROP INDEX bureau.request_department_open;
            CREATE INDEX request_department ON bureau.request (department, id) WHERE NOT is_confidential;
            CREATE INDEX request_department_open ON bureau.request (department, id)
                WHERE phase <> 'closed' AND NOT is_confidential;

            ALTER TABLE bureau.outbox ADD COLUMN is_claimed boolean NOT NULL DEFAULT false;
            COMMENT ON COLUMN bureau.outbox.is_claimed IS
                'Whether available_at is the end of a claim''s lease, rather than a pause that may be cut short.';

            CREATE TABLE bureau.event_wait (
                request_id uuid,
                instance text COLLATE "C",
                event text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                PRIMARY KEY (request_id, instance)
            ) WITH (autovacuum_vacuum_scale_factor = 0.02);
            COMMENT ON TABLE bureau.event_wait IS
                'Steps that wait for an event with a key, so that an event finds its requests.';
            -- A hash: keys may be longer than an entry of a B-tree, and are only ever compared for equality.
            CREATE INDEX event_wait_key ON bureau.event_wait USING hash (key);

            CREATE TABLE bureau.outside_event (
                id uuid PRIMARY KEY,
                principal text COLLATE "C" NOT NULL,
                idempotency_key text COLLATE "C" NOT NULL,
                fingerprint bytea NOT NULL,
                event text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                departments text[] COLLATE "C" NOT NULL,
                payload json NOT NULL,
                received_at timestamptz NOT NULL,
                expires_at timestamptz NOT NULL,
                is_dispatched boolean NOT NULL,
                CONSTRAINT outside_event_once UNIQUE (principal, idempotency_key)
            );
            COMMENT ON TABLE bureau.outside_event IS
                'Events that were addressed to whoever waits for them: kept until somebody does or their time is over, and '
                'then some days more, so that one that is sent again is known. departments: whose requests may take it.';
            CREATE INDEX outside_event_kept ON bureau.outside_event USING hash (key) WHERE NOT is_dispatched;
            CREATE INDEX outside_event_expires ON bureau.outside_event (expires_at);

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.event_wait, bureau.outside_event TO bureau_write;
            """)
}
