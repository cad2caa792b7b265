internal import PostgresClient

extension Migration {
    /// Requests, their journal and what every command writes beside them.
    ///
    /// No foreign keys lead from these tables to `request` or from `request` to people and configurations: each would
    /// be a trigger and a row lock for every row on the write path (measured on `event`: 9.0 instead of 5.6
    /// microseconds a row), and every row here is written by the one function that also writes the request, in the same
    /// transaction. Keys that sort or are compared often are `COLLATE "C"`: bytes, whatever the database's locale.
    static let requests = Migration(
        number: 1, name: "requests",
        script: """
            -- Ends the statement with a code of ours. Called only when a guard fails; volatile, so that it is never
            -- evaluated while planning.
            CREATE FUNCTION bureau.refuse(code text) RETURNS boolean
            LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
                RAISE EXCEPTION USING ERRCODE = code, MESSAGE = 'What the command was based on has changed.';
            END
            $$;

            CREATE TABLE bureau.request (
                id uuid PRIMARY KEY,
                number text COLLATE "C" NOT NULL CONSTRAINT request_number_key UNIQUE,
                type text COLLATE "C" NOT NULL,
                department text COLLATE "C" NOT NULL,
                configuration text COLLATE "C" NOT NULL,
                requester uuid NOT NULL,
                beneficiary uuid NOT NULL,
                parent_request uuid,
                parent_instance text COLLATE "C",
                phase text COLLATE "C" NOT NULL,
                outcome text COLLATE "C",
                version integer NOT NULL,
                state json NOT NULL,
                last_hash bytea NOT NULL,
                raised_at timestamptz NOT NULL,
                changed_at timestamptz NOT NULL,
                CONSTRAINT request_number_upper CHECK (number = upper(number)),
                CONSTRAINT request_parent_whole CHECK ((parent_request IS NULL) = (parent_instance IS NULL)),
                CONSTRAINT request_phase_known CHECK (phase IN ('open', 'ending', 'closed')),
                CONSTRAINT request_outcome_at_end CHECK (
                    CASE phase WHEN 'open' THEN outcome IS NULL WHEN 'closed' THEN outcome IS NOT NULL ELSE true END),
                CONSTRAINT request_version_positive CHECK (version > 0),
                CONSTRAINT request_hash_length CHECK (octet_length(last_hash) = 32),
                CONSTRAINT request_change_after_raise CHECK (changed_at >= raised_at)
            ) WITH (fillfactor = 70);
            COMMENT ON TABLE bureau.request IS
                'A request as it stands now. No index holds a column that a command changes but for the phase, so all '
                'updates but the one that closes it stay on the page (HOT).';
            CREATE INDEX request_requester ON bureau.request (requester, id);
            CREATE INDEX request_beneficiary ON bureau.request (beneficiary, id) WHERE beneficiary <> requester;
            CREATE INDEX request_department ON bureau.request (department, id);
            -- The list that agents look at most. Without it a page reads every closed request before it is full.
            CREATE INDEX request_department_open ON bureau.request (department, id) WHERE phase <> 'closed';

            CREATE TABLE bureau.event (
                request_id uuid,
                sequence integer,
                at timestamptz NOT NULL,
                kind text COLLATE "C" NOT NULL,
                format smallint NOT NULL,
                configuration text COLLATE "C" NOT NULL,
                principal text COLLATE "C" NOT NULL,
                data json NOT NULL,
                hash bytea NOT NULL,
                PRIMARY KEY (request_id, sequence),
                CONSTRAINT event_sequence_positive CHECK (sequence > 0),
                CONSTRAINT event_format_positive CHECK (format > 0),
                CONSTRAINT event_hash_length CHECK (octet_length(hash) = 32)
            );
            COMMENT ON TABLE bureau.event IS
                'The journal, append-only. data is json, not jsonb: the hash covers the text as it was written.';

            CREATE TABLE bureau.protected_content (
                request_id uuid,
                sequence integer,
                readers text COLLATE "C",
                content json NOT NULL,
                PRIMARY KEY (request_id, sequence, readers)
            );
            COMMENT ON TABLE bureau.protected_content IS
                'What people entered, beside the journal that holds its salted digests. readers is empty for what '
                'everybody who sees the request may read.';

            CREATE TABLE bureau.request_viewer (
                party text COLLATE "C",
                request_id uuid,
                PRIMARY KEY (party, request_id)
            );
            COMMENT ON TABLE bureau.request_viewer IS
                'Who may see a request besides its requester, the person it is for and the agents of its department.';

            CREATE TABLE bureau.idempotency (
                principal text COLLATE "C",
                key text COLLATE "C",
                fingerprint bytea NOT NULL,
                request_id uuid NOT NULL,
                version integer NOT NULL,
                at timestamptz NOT NULL,
                PRIMARY KEY (principal, key)
            );
            COMMENT ON TABLE bureau.idempotency IS 'What each command key was used for; old ones are purged by age.';
            -- Rows arrive in the order of time, so a few pages of BRIN find the old ones.
            CREATE INDEX idempotency_at ON bureau.idempotency USING brin (at);

            CREATE TABLE bureau.number_block (
                prefix text COLLATE "C" PRIMARY KEY,
                next bigint NOT NULL CONSTRAINT number_block_next_positive CHECK (next > 0)
            );
            COMMENT ON TABLE bureau.number_block IS 'The next free request number of each department.';

            GRANT SELECT, INSERT, UPDATE ON bureau.request, bureau.number_block TO bureau_write;
            -- Append-only: no UPDATE, no DELETE.
            GRANT SELECT, INSERT ON bureau.event TO bureau_write;
            -- DELETE: erasing what a person entered.
            GRANT SELECT, INSERT, DELETE ON bureau.protected_content, bureau.request_viewer, bureau.idempotency
                TO bureau_write;
            GRANT SELECT (id, number, type, department, configuration, requester, beneficiary, parent_request,
                parent_instance, phase, outcome, version, raised_at, changed_at) ON bureau.request TO bureau_read;
            GRANT SELECT ON bureau.request_viewer TO bureau_read;
            """)
}
