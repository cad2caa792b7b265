internal import PostgresClient

extension Migration {
    /// Inboxes, timers and the outbox: narrow tables whose rows are deleted when they are done with, not flagged.
    static let work = Migration(
        number: 2, name: "work",
        script: """
            CREATE TABLE bureau.work_item (
                request_id uuid,
                instance text COLLATE "C",
                kind text COLLATE "C" NOT NULL,
                assignee uuid,
                since timestamptz NOT NULL,
                due timestamptz,
                PRIMARY KEY (request_id, instance),
                CONSTRAINT work_item_kind_known CHECK (kind IN ('task', 'approval', 'decision')),
                CONSTRAINT work_item_claimed_task CHECK (assignee IS NULL OR kind = 'task')
            ) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);
            COMMENT ON TABLE bureau.work_item IS 'What waits for somebody.';
            CREATE INDEX work_item_assignee ON bureau.work_item (assignee) WHERE assignee IS NOT NULL;

            -- due and since stand here once more: an inbox is read in their order, straight from its party's index.
            CREATE TABLE bureau.work_offer (
                request_id uuid,
                instance text COLLATE "C",
                party text COLLATE "C",
                due timestamptz NOT NULL,
                since timestamptz NOT NULL,
                PRIMARY KEY (request_id, instance, party)
            ) WITH (autovacuum_vacuum_scale_factor = 0.02);
            COMMENT ON TABLE bureau.work_offer IS
                'Whose inboxes show a work item. due is infinity when there is no deadline.';
            CREATE INDEX work_offer_inbox ON bureau.work_offer (party, due, since, request_id, instance);

            CREATE TABLE bureau.timer (
                request_id uuid,
                instance text COLLATE "C",
                due timestamptz NOT NULL,
                available_at timestamptz NOT NULL,
                PRIMARY KEY (request_id, instance),
                CONSTRAINT timer_not_early CHECK (available_at >= due)
            ) WITH (autovacuum_vacuum_scale_factor = 0.02);
            COMMENT ON TABLE bureau.timer IS
                'Deadlines to deliver. available_at is due, or the end of the lease of the worker that has claimed it.';
            CREATE INDEX timer_available ON bureau.timer (available_at);

            -- kind has no check: a claim takes only the kinds that its program knows, so that a newer daemon may
            -- already send others.
            CREATE TABLE bureau.outbox (
                id uuid PRIMARY KEY,
                origin uuid NOT NULL,
                kind text COLLATE "C" NOT NULL,
                payload json NOT NULL,
                available_at timestamptz NOT NULL,
                attempts integer NOT NULL DEFAULT 0 CONSTRAINT outbox_attempts_natural CHECK (attempts >= 0)
            ) WITH (autovacuum_vacuum_scale_factor = 0.02);
            COMMENT ON TABLE bureau.outbox IS
                'Messages to deliver. available_at is when the next attempt may begin, or the end of a claim''s lease.';
            CREATE INDEX outbox_available ON bureau.outbox (available_at);

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.work_item, bureau.work_offer, bureau.timer, bureau.outbox
                TO bureau_write;
            GRANT SELECT ON bureau.work_item, bureau.work_offer TO bureau_read;
            """)
}
