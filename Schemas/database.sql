-- The schema after all migrations. Written by a test; see SchemaFileTests.
CREATE SCHEMA bureau;
CREATE FUNCTION bureau.refuse(code text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = 'What the command was based on has changed.';
END
$$;
CREATE FUNCTION bureau.search(asked tsquery, before uuid, most bigint) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH found AS MATERIALIZED (
        SELECT t.request_id FROM bureau.request_text t WHERE t.words @@ asked AND t.request_id < before)
    SELECT newest.request_id FROM (SELECT request_id FROM found ORDER BY request_id DESC OFFSET 0) AS newest
    WHERE EXISTS (SELECT FROM bureau.request r WHERE r.id = newest.request_id OFFSET 0)
    ORDER BY newest.request_id DESC LIMIT most
$$;
COMMENT ON FUNCTION bureau.search(asked tsquery, before uuid, most bigint) IS 'The newest requests before that one that the viewer sees and whose words match.';
CREATE FUNCTION bureau.viewer() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('bureau.viewer'::text, true), ''::text))::uuid;
COMMENT ON FUNCTION bureau.viewer() IS 'The person who asks in this transaction; NULL when nobody has said.';
CREATE FUNCTION bureau.viewer_departments() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('bureau.viewer_departments'::text, true), ''::text), '{}'::text))::text[];
COMMENT ON FUNCTION bureau.viewer_departments() IS 'Departments that person is an agent of or leads.';
CREATE FUNCTION bureau.viewer_granted() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('bureau.viewer_granted'::text, true), ''::text), '{}'::text))::uuid[];
COMMENT ON FUNCTION bureau.viewer_granted() IS 'Requests that whoever asks may read for a reason that stands in no row.';
CREATE FUNCTION bureau.viewer_hidden() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce(array_agg(h.request_id), '{}') FROM bureau.request_hidden h WHERE h.person = bureau.viewer()
$$;
COMMENT ON FUNCTION bureau.viewer_hidden() IS 'Requests that are kept from whoever asks.';
CREATE FUNCTION bureau.viewer_parties() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('bureau.viewer_parties'::text, true), ''::text), '{}'::text))::text[];
COMMENT ON FUNCTION bureau.viewer_parties() IS 'Everything that person belongs to, themself included.';
CREATE TABLE bureau.account (
    person uuid NOT NULL,
    password_hash text COLLATE pg_catalog."C",
    password_changed_at timestamp with time zone,
    is_locked boolean DEFAULT false NOT NULL,
    CONSTRAINT account_password_form CHECK ((password_hash ~ '^\$argon2id\$v=19\$'::text)),
    CONSTRAINT account_password_whole CHECK (((password_hash IS NULL) = (password_changed_at IS NULL)))
);
COMMENT ON TABLE bureau.account IS 'Passwords as PHC strings of Argon2id, of those who have one; is_locked: by an administrator.';
CREATE TABLE bureau.attachment (
    id uuid NOT NULL,
    uploaded_by uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    sha256 bytea,
    created_at timestamp with time zone NOT NULL,
    is_used boolean DEFAULT false NOT NULL,
    CONSTRAINT attachment_digest_length CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT attachment_name_short CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 1000))),
    CONSTRAINT attachment_size_natural CHECK ((size >= 0)),
    CONSTRAINT attachment_used_whole CHECK (((sha256 IS NOT NULL) OR (NOT is_used)))
);
COMMENT ON TABLE bureau.attachment IS 'Uploaded files. sha256 is null until the upload is whole; is_used once a request has it.';
COMMENT ON COLUMN bureau.attachment.uploaded_by IS 'A person, or the request whose anonymous requester it was.';
CREATE TABLE bureau.attachment_chunk (
    attachment uuid NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT attachment_chunk_size CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 262144)))
);
ALTER TABLE ONLY bureau.attachment_chunk ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE bureau.attachment_chunk IS 'The content of files in pieces, from 0.';
CREATE TABLE bureau.attachment_use (
    request_id uuid NOT NULL,
    attachment uuid NOT NULL,
    event integer
);
COMMENT ON TABLE bureau.attachment_use IS 'Which requests have which files: a parent may pass one on. event is the sequence of the comment that it came with, null for what stands in a form.';
CREATE TABLE bureau.audit_entry (
    log text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    entry json NOT NULL,
    hash bytea NOT NULL,
    kind text GENERATED ALWAYS AS ((entry ->> 'kind'::text)) STORED NOT NULL COLLATE pg_catalog."C",
    principal text GENERATED ALWAYS AS ((entry ->> 'principal'::text)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT audit_entry_day_form CHECK ((day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'::text)),
    CONSTRAINT audit_entry_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_entry_log_known CHECK ((log = ANY (ARRAY['administration'::text, 'sign_in'::text, 'reads'::text, 'exports'::text]))),
    CONSTRAINT audit_entry_sequence_positive CHECK ((sequence > 0))
);
COMMENT ON TABLE bureau.audit_entry IS 'The audit, append-only: a chain of hashes for each log and day. entry is json, not jsonb: the hash covers the text as it was written.';
CREATE TABLE bureau.audit_word (
    log text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    person uuid,
    salt text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL
);
COMMENT ON TABLE bureau.audit_word IS 'What names people in the audit, beside the entries that hold its salted digests: erased with the person.';
CREATE TABLE bureau.break_glass (
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    event integer NOT NULL,
    person uuid NOT NULL,
    reason text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT break_glass_order CHECK ((opened_at <= until))
);
COMMENT ON TABLE bureau.break_glass IS 'Who opened which request for reading by exception, and why. until: when it ends or was ended. event: the last of the request then. The reason is empty once it is erased.';
CREATE TABLE bureau.code_maker (
    person uuid NOT NULL,
    maker uuid NOT NULL
);
COMMENT ON TABLE bureau.code_maker IS 'Who made a code that the person''s password was set with: until a code that an operator made is used, they may be who signs in.';
CREATE TABLE bureau.configuration_application (
    number bigint NOT NULL,
    version text NOT NULL COLLATE pg_catalog."C",
    applied_by text NOT NULL COLLATE pg_catalog."C",
    applied_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE bureau.configuration_application IS 'Who applied what and when; the last row names the current version.';
ALTER TABLE bureau.configuration_application ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bureau.configuration_application_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE bureau.configuration_file (
    version text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL
);
CREATE TABLE bureau.configuration_version (
    version text NOT NULL COLLATE pg_catalog."C",
    stored_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE bureau.configuration_version IS 'Configurations by content address; requests name the one they started with.';
CREATE TABLE bureau.deputy (
    id uuid NOT NULL,
    person uuid NOT NULL,
    deputy uuid NOT NULL,
    department text COLLATE pg_catalog."C",
    from_day date,
    until_day date,
    appointed_by uuid,
    appointed_at timestamp with time zone NOT NULL,
    CONSTRAINT deputy_days_in_order CHECK ((from_day <= until_day)),
    CONSTRAINT deputy_not_oneself CHECK ((deputy <> person))
);
COMMENT ON TABLE bureau.deputy IS 'Who stands in for a person. department: for whose requests, NULL for all. Days of the organisation''s zone, both included, NULL for no bound. appointed_by: NULL when the row comes from a file of people, which replaces such rows.';
CREATE TABLE bureau.directory_state (
    is_only boolean DEFAULT true NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT directory_state_one_row CHECK (is_only)
);
COMMENT ON TABLE bureau.directory_state IS 'One row; its revision grows with every change of people or memberships.';
CREATE TABLE bureau.draft (
    person uuid NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    beneficiary text,
    entries json NOT NULL,
    key text COLLATE pg_catalog."C",
    changed_at timestamp with time zone NOT NULL,
    page text COLLATE pg_catalog."C",
    kinds json DEFAULT '{}'::json NOT NULL,
    request_id uuid,
    version bigint
);
COMMENT ON TABLE bureau.draft IS 'What people entered into forms that they have not sent, for themselves alone; forgotten by age. entries: by field, without files and without what is sensitive. beneficiary: whom they named, as they wrote it. key: the idempotency key with which the form is sent; what was sent with it is no draft any more.';
COMMENT ON COLUMN bureau.draft.type IS 'What it is of: the type of a new request; of one that exists its identifier, a slash and what of it, as amend, comment or complete:look.';
COMMENT ON COLUMN bureau.draft.page IS 'The page that kept it last, as it calls itself, which goes on with it; NULL for none.';
COMMENT ON COLUMN bureau.draft.kinds IS 'What the fields of the form asked for then, by path; empty where it was not noted yet.';
COMMENT ON COLUMN bureau.draft.request_id IS 'The request that it is about; NULL for a new one.';
COMMENT ON COLUMN bureau.draft.version IS 'The version of the request that its writer had before them; NULL for a new one.';
CREATE TABLE bureau.event (
    request_id uuid NOT NULL,
    sequence integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    format smallint NOT NULL,
    configuration text NOT NULL COLLATE pg_catalog."C",
    principal text NOT NULL COLLATE pg_catalog."C",
    data json NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT event_format_positive CHECK ((format > 0)),
    CONSTRAINT event_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT event_sequence_positive CHECK ((sequence > 0))
);
COMMENT ON TABLE bureau.event IS 'The journal, append-only. data is json, not jsonb: the hash covers the text as it was written.';
CREATE TABLE bureau.event_wait (
    request_id uuid NOT NULL,
    instance text NOT NULL COLLATE pg_catalog."C",
    event text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C"
)
WITH (autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE bureau.event_wait IS 'Steps that wait for an event with a key, so that an event finds its requests.';
CREATE TABLE bureau.idempotency (
    principal text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    request_id uuid NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE bureau.idempotency IS 'What each command key was used for; old ones are purged by age.';
CREATE TABLE bureau.identity (
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    person uuid NOT NULL,
    linked_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE bureau.identity IS 'Which subject of an identity provider is which person: names may be given to others, subjects never.';
CREATE TABLE bureau.invitation (
    digest bytea NOT NULL,
    person uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    invited_by uuid,
    confirmed_by uuid,
    CONSTRAINT invitation_digest_length CHECK ((octet_length(digest) = 32))
);
COMMENT ON TABLE bureau.invitation IS 'Codes with which people set a password, by their SHA-256; deleted when used, so that each is good once.';
COMMENT ON COLUMN bureau.invitation.invited_by IS 'Null: an operator, whom nobody needs to confirm.';
COMMENT ON COLUMN bureau.invitation.confirmed_by IS 'The second person, where it takes one to make the code good.';
CREATE TABLE bureau.membership (
    person uuid NOT NULL,
    group_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE bureau.migration (
    number integer NOT NULL,
    name text NOT NULL,
    checksum bytea NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE bureau.notification (
    id uuid NOT NULL,
    person uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    request_id uuid,
    number text COLLATE pg_catalog."C",
    instance text COLLATE pg_catalog."C",
    text json NOT NULL,
    read_at timestamp with time zone
);
COMMENT ON TABLE bureau.notification IS 'What people were told, each in a row of their own. text: by language, holding nothing that the person may not read. number: that of the request, for people.';
CREATE TABLE bureau.number_block (
    prefix text NOT NULL COLLATE pg_catalog."C",
    next bigint NOT NULL,
    CONSTRAINT number_block_next_positive CHECK ((next > 0))
);
COMMENT ON TABLE bureau.number_block IS 'The next free request number of each department.';
CREATE TABLE bureau.outbox (
    id uuid NOT NULL,
    origin uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload json NOT NULL,
    available_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    is_claimed boolean DEFAULT false NOT NULL,
    CONSTRAINT outbox_attempts_natural CHECK ((attempts >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE bureau.outbox IS 'Messages to deliver. available_at is when the next attempt may begin, or the end of a claim''s lease.';
COMMENT ON COLUMN bureau.outbox.is_claimed IS 'Whether available_at is the end of a claim''s lease, rather than a pause that may be cut short.';
CREATE TABLE bureau.outside_event (
    id uuid NOT NULL,
    principal text NOT NULL COLLATE pg_catalog."C",
    idempotency_key text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    event text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    departments text[] NOT NULL COLLATE pg_catalog."C",
    payload json NOT NULL,
    received_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    is_dispatched boolean NOT NULL,
    teller uuid,
    parties text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    types text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C"
);
COMMENT ON TABLE bureau.outside_event IS 'Events that were addressed to whoever waits for them: kept until somebody does or their time is over, and then some days more, so that one that is sent again is known. departments: whose requests may take it.';
COMMENT ON COLUMN bureau.outside_event.parties IS 'To whom the teller belongs: of what is confidential or restricted only requests that one of these sees take it.';
COMMENT ON COLUMN bureau.outside_event.types IS 'Types whose requests take it also where they are restricted.';
CREATE TABLE bureau.password_attempt (
    key bytea NOT NULL,
    failures integer NOT NULL,
    since timestamp with time zone NOT NULL,
    blocked_until timestamp with time zone NOT NULL
)
WITH (fillfactor='70');
COMMENT ON TABLE bureau.password_attempt IS 'How often a password was tried in vain, by the SHA-256 of the handle, whether anybody has it or not. The empty key counts for all; its row is always there, and its lock makes attempts follow one another.';
CREATE TABLE bureau.person (
    id uuid NOT NULL,
    handle text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    email text NOT NULL,
    language text COLLATE pg_catalog."C",
    manager uuid,
    site text COLLATE pg_catalog."C",
    is_active boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    kind text DEFAULT 'person'::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT person_handle_present CHECK ((handle <> ''::text)),
    CONSTRAINT person_kind CHECK ((kind = ANY (ARRAY['person'::text, 'service'::text]))),
    CONSTRAINT person_not_own_manager CHECK ((manager <> id)),
    CONSTRAINT person_service_unmanaged CHECK (((kind = 'person'::text) OR (manager IS NULL)))
);
COMMENT ON TABLE bureau.person IS 'People. Leavers stay, inactive, until they are erased.';
COMMENT ON COLUMN bureau.person.kind IS 'service: a program of the organisation. It has no vote and no manager and stands in for nobody.';
CREATE TABLE bureau.preference (
    person uuid NOT NULL,
    time_zone text COLLATE pg_catalog."C",
    muted text[] NOT NULL COLLATE pg_catalog."C",
    changed_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE bureau.preference IS 'What people chose; no row for whoever chose nothing. time_zone: an IANA name, NULL for the organisation''s. muted: the kinds of notifications that they do without.';
CREATE TABLE bureau.protected_content (
    request_id uuid NOT NULL,
    sequence integer NOT NULL,
    readers text NOT NULL COLLATE pg_catalog."C",
    content json NOT NULL
);
COMMENT ON TABLE bureau.protected_content IS 'What people entered, beside the journal that holds its salted digests. readers is empty for what everybody who sees the request may read.';
CREATE TABLE bureau.receipt (
    digest bytea NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT receipt_digest_length CHECK ((octet_length(digest) = 32))
);
COMMENT ON TABLE bureau.receipt IS 'By the SHA-256 of the receipt that an anonymous requester got: which request they may follow. The receipt itself is stored nowhere, and neither is when or from where it was shown.';
CREATE TABLE bureau.request (
    id uuid NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    department text NOT NULL COLLATE pg_catalog."C",
    configuration text NOT NULL COLLATE pg_catalog."C",
    requester uuid,
    beneficiary uuid,
    parent_request uuid,
    parent_instance text COLLATE pg_catalog."C",
    phase text NOT NULL COLLATE pg_catalog."C",
    outcome text COLLATE pg_catalog."C",
    version integer NOT NULL,
    state json NOT NULL,
    last_hash bytea NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    is_confidential boolean DEFAULT false NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT request_anonymous_whole CHECK (((requester IS NULL) = (beneficiary IS NULL))),
    CONSTRAINT request_change_after_raise CHECK ((changed_at >= raised_at)),
    CONSTRAINT request_hash_length CHECK ((octet_length(last_hash) = 32)),
    CONSTRAINT request_number_upper CHECK ((number = upper(number))),
    CONSTRAINT request_outcome_at_end CHECK (
CASE phase
    WHEN 'open'::text THEN (outcome IS NULL)
    WHEN 'closed'::text THEN (outcome IS NOT NULL)
    ELSE true
END),
    CONSTRAINT request_parent_whole CHECK (((parent_request IS NULL) = (parent_instance IS NULL))),
    CONSTRAINT request_phase_known CHECK ((phase = ANY (ARRAY['open'::text, 'ending'::text, 'closed'::text]))),
    CONSTRAINT request_version_positive CHECK ((version > 0))
)
WITH (fillfactor='70');
COMMENT ON TABLE bureau.request IS 'A request as it stands now. No index holds a column that a command changes but for the phase, so all updates but the one that closes it stay on the page (HOT).';
COMMENT ON COLUMN bureau.request.requester IS 'Who asked; null when nobody knows who. Such a request is for nobody either.';
COMMENT ON COLUMN bureau.request.is_confidential IS 'Whether the agents of its department do not see it; those who do are in request_viewer.';
COMMENT ON COLUMN bureau.request.erased_at IS 'When all that was entered was deleted; NULL while it is there.';
CREATE TABLE bureau.request_hidden (
    person uuid NOT NULL,
    request_id uuid NOT NULL
);
COMMENT ON TABLE bureau.request_hidden IS 'From whom a request is kept because it is about them: neither their teams nor their offices show it to them.';
CREATE TABLE bureau.request_text (
    request_id uuid NOT NULL,
    words tsvector NOT NULL,
    comments tsvector NOT NULL
);
COMMENT ON TABLE bureau.request_text IS 'By which words a request is found: those that everybody who sees it may read. words: all of them, comments: those of its comments.';
CREATE TABLE bureau.request_viewer (
    party text NOT NULL COLLATE pg_catalog."C",
    request_id uuid NOT NULL
);
COMMENT ON TABLE bureau.request_viewer IS 'Who may see a request besides its requester, the person it is for and the agents of its department.';
CREATE TABLE bureau.saved_view (
    id uuid NOT NULL,
    person uuid NOT NULL,
    list text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    filters json NOT NULL
);
COMMENT ON TABLE bureau.saved_view IS 'Lists with their filters, each under a name that somebody gave it. filters: by the name of the parameter.';
CREATE TABLE bureau.session (
    id uuid NOT NULL,
    person uuid NOT NULL,
    digest bytea NOT NULL,
    previous_digest bytea,
    csrf_key bytea NOT NULL,
    method text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    rotated_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT session_csrf_key_length CHECK ((octet_length(csrf_key) = 32)),
    CONSTRAINT session_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT session_label_short CHECK ((length(label) <= 100)),
    CONSTRAINT session_method_known CHECK ((method = ANY (ARRAY['password'::text, 'invitation'::text, 'provider'::text, 'demo'::text]))),
    CONSTRAINT session_previous_digest_length CHECK ((octet_length(previous_digest) = 32))
)
WITH (fillfactor='70');
COMMENT ON TABLE bureau.session IS 'Sessions of browsers by the SHA-256 of their secrets; one that has ended is deleted. No address, no browser: label is what its owner calls it.';
CREATE TABLE bureau.sign_in_attempt (
    state bytea NOT NULL,
    browser bytea NOT NULL,
    return_to text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_attempt_browser_length CHECK ((octet_length(browser) = 32)),
    CONSTRAINT sign_in_attempt_return_local CHECK (((return_to ~ '^/'::text) AND (return_to !~ '^//'::text))),
    CONSTRAINT sign_in_attempt_state_length CHECK ((octet_length(state) = 32))
);
COMMENT ON TABLE bureau.sign_in_attempt IS 'Sign-ins at the identity provider that have begun, by the SHA-256 of their state; deleted when the browser comes back, so that each is good once, and some time after they are over.';
CREATE TABLE bureau.timer (
    request_id uuid NOT NULL,
    instance text NOT NULL COLLATE pg_catalog."C",
    due timestamp with time zone NOT NULL,
    available_at timestamp with time zone NOT NULL,
    CONSTRAINT timer_not_early CHECK ((available_at >= due))
)
WITH (autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE bureau.timer IS 'Deadlines to deliver. available_at is due, or the end of the lease of the worker that has claimed it.';
CREATE TABLE bureau.token (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    person uuid NOT NULL,
    label text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    scopes text[] DEFAULT '{all}'::text[] NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT token_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT token_scopes_present CHECK ((cardinality(scopes) > 0))
);
COMMENT ON TABLE bureau.token IS 'Bearer tokens by the SHA-256 of their secret.';
COMMENT ON COLUMN bureau.token.scopes IS 'What the token may be used for; all: everything its person may do.';
CREATE TABLE bureau.work_item (
    request_id uuid NOT NULL,
    instance text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    assignee uuid,
    since timestamp with time zone NOT NULL,
    due timestamp with time zone,
    CONSTRAINT work_item_claimed_task CHECK (((assignee IS NULL) OR (kind = 'task'::text))),
    CONSTRAINT work_item_kind_known CHECK ((kind = ANY (ARRAY['task'::text, 'approval'::text, 'decision'::text])))
)
WITH (fillfactor='90', autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE bureau.work_item IS 'What waits for somebody.';
CREATE TABLE bureau.work_offer (
    request_id uuid NOT NULL,
    instance text NOT NULL COLLATE pg_catalog."C",
    party text NOT NULL COLLATE pg_catalog."C",
    due timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE bureau.work_offer IS 'Whose inboxes show a work item. due is infinity when there is no deadline.';
ALTER TABLE ONLY bureau.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (person);
ALTER TABLE ONLY bureau.attachment_chunk
    ADD CONSTRAINT attachment_chunk_pkey PRIMARY KEY (attachment, number);
ALTER TABLE ONLY bureau.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.attachment_use
    ADD CONSTRAINT attachment_use_pkey PRIMARY KEY (request_id, attachment);
ALTER TABLE ONLY bureau.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (log, day, sequence);
ALTER TABLE ONLY bureau.audit_word
    ADD CONSTRAINT audit_word_pkey PRIMARY KEY (log, day, sequence, name);
ALTER TABLE ONLY bureau.break_glass
    ADD CONSTRAINT break_glass_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.code_maker
    ADD CONSTRAINT code_maker_pkey PRIMARY KEY (person, maker);
ALTER TABLE ONLY bureau.configuration_application
    ADD CONSTRAINT configuration_application_pkey PRIMARY KEY (number);
ALTER TABLE ONLY bureau.configuration_file
    ADD CONSTRAINT configuration_file_pkey PRIMARY KEY (version, path);
ALTER TABLE ONLY bureau.configuration_version
    ADD CONSTRAINT configuration_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY bureau.deputy
    ADD CONSTRAINT deputy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.directory_state
    ADD CONSTRAINT directory_state_pkey PRIMARY KEY (is_only);
ALTER TABLE ONLY bureau.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (person, type);
ALTER TABLE ONLY bureau.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (request_id, sequence);
ALTER TABLE ONLY bureau.event_wait
    ADD CONSTRAINT event_wait_pkey PRIMARY KEY (request_id, instance);
ALTER TABLE ONLY bureau.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (principal, key);
ALTER TABLE ONLY bureau.identity
    ADD CONSTRAINT identity_person_key UNIQUE (person, issuer);
ALTER TABLE ONLY bureau.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (issuer, subject);
ALTER TABLE ONLY bureau.invitation
    ADD CONSTRAINT invitation_person_key UNIQUE (person);
ALTER TABLE ONLY bureau.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY bureau.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (person, group_id);
ALTER TABLE ONLY bureau.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);
ALTER TABLE ONLY bureau.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.number_block
    ADD CONSTRAINT number_block_pkey PRIMARY KEY (prefix);
ALTER TABLE ONLY bureau.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.outside_event
    ADD CONSTRAINT outside_event_once UNIQUE (principal, idempotency_key);
ALTER TABLE ONLY bureau.outside_event
    ADD CONSTRAINT outside_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.password_attempt
    ADD CONSTRAINT password_attempt_pkey PRIMARY KEY (key);
ALTER TABLE ONLY bureau.person
    ADD CONSTRAINT person_handle_key UNIQUE (handle);
ALTER TABLE ONLY bureau.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.preference
    ADD CONSTRAINT preference_pkey PRIMARY KEY (person);
ALTER TABLE ONLY bureau.protected_content
    ADD CONSTRAINT protected_content_pkey PRIMARY KEY (request_id, sequence, readers);
ALTER TABLE ONLY bureau.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY bureau.receipt
    ADD CONSTRAINT receipt_request UNIQUE (request_id);
ALTER TABLE ONLY bureau.request_hidden
    ADD CONSTRAINT request_hidden_pkey PRIMARY KEY (person, request_id);
ALTER TABLE ONLY bureau.request
    ADD CONSTRAINT request_number_key UNIQUE (number);
ALTER TABLE ONLY bureau.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.request_text
    ADD CONSTRAINT request_text_pkey PRIMARY KEY (request_id);
ALTER TABLE ONLY bureau.request_viewer
    ADD CONSTRAINT request_viewer_pkey PRIMARY KEY (party, request_id);
ALTER TABLE ONLY bureau.saved_view
    ADD CONSTRAINT saved_view_name UNIQUE (person, list, name);
ALTER TABLE ONLY bureau.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.session
    ADD CONSTRAINT session_digest_key UNIQUE (digest);
ALTER TABLE ONLY bureau.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (state);
ALTER TABLE ONLY bureau.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (request_id, instance);
ALTER TABLE ONLY bureau.token
    ADD CONSTRAINT token_digest_key UNIQUE (digest);
ALTER TABLE ONLY bureau.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bureau.work_item
    ADD CONSTRAINT work_item_pkey PRIMARY KEY (request_id, instance);
ALTER TABLE ONLY bureau.work_offer
    ADD CONSTRAINT work_offer_pkey PRIMARY KEY (request_id, instance, party);
CREATE INDEX attachment_unused ON bureau.attachment USING btree (created_at) WHERE (NOT is_used);
CREATE INDEX attachment_unused_of ON bureau.attachment USING btree (uploaded_by) WHERE (NOT is_used);
CREATE INDEX attachment_use_attachment ON bureau.attachment_use USING btree (attachment);
CREATE INDEX audit_word_person ON bureau.audit_word USING btree (person) WHERE (person IS NOT NULL);
CREATE INDEX break_glass_person ON bureau.break_glass USING btree (person, until);
CREATE INDEX break_glass_request ON bureau.break_glass USING btree (request_id, id);
CREATE INDEX code_maker_maker ON bureau.code_maker USING btree (maker);
CREATE INDEX deputy_deputy ON bureau.deputy USING btree (deputy);
CREATE INDEX deputy_person ON bureau.deputy USING btree (person);
CREATE INDEX draft_changed_at ON bureau.draft USING btree (changed_at);
CREATE INDEX draft_request ON bureau.draft USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX event_contribution ON bureau.event USING btree (principal, request_id) WHERE (kind = ANY (ARRAY['cancel_requested'::text, 'change_held'::text, 'changed'::text, 'commented'::text, 'completed'::text, 'element_added'::text, 'kept'::text, 'noted'::text, 'raised'::text, 'rated'::text, 'received'::text, 'reopened'::text, 'restricted'::text, 'unrestricted'::text, 'voted'::text]));
CREATE INDEX event_wait_key ON bureau.event_wait USING hash (key);
CREATE INDEX idempotency_at ON bureau.idempotency USING brin (at);
CREATE INDEX notification_break_glass ON bureau.notification USING btree (request_id) WHERE (kind = 'break_glass'::text);
CREATE INDEX notification_person ON bureau.notification USING btree (person, id);
CREATE INDEX notification_read ON bureau.notification USING btree (read_at) WHERE (read_at IS NOT NULL);
CREATE INDEX notification_unread ON bureau.notification USING btree (person) WHERE (read_at IS NULL);
CREATE INDEX notification_written ON bureau.notification USING btree (request_id) WHERE (kind = 'notify'::text);
CREATE INDEX outbox_available ON bureau.outbox USING btree (available_at);
CREATE INDEX outbox_order ON bureau.outbox USING btree (origin, id) WHERE (kind = ANY (ARRAY['raiseChild'::text, 'reportToParent'::text]));
CREATE INDEX outside_event_expires ON bureau.outside_event USING btree (expires_at);
CREATE INDEX outside_event_kept ON bureau.outside_event USING hash (key) WHERE (NOT is_dispatched);
CREATE INDEX person_manager ON bureau.person USING btree (manager) WHERE (manager IS NOT NULL);
CREATE INDEX request_beneficiary ON bureau.request USING btree (beneficiary, id) WHERE (beneficiary <> requester);
CREATE INDEX request_confidential_open ON bureau.request USING btree (department, id) WHERE ((phase <> 'closed'::text) AND is_confidential);
CREATE INDEX request_department ON bureau.request USING btree (department, id) WHERE (NOT is_confidential);
CREATE INDEX request_department_open ON bureau.request USING btree (department, id) WHERE ((phase <> 'closed'::text) AND (NOT is_confidential));
CREATE INDEX request_erasable ON bureau.request USING btree (type, id) WHERE ((phase = 'closed'::text) AND (erased_at IS NULL));
CREATE INDEX request_requester ON bureau.request USING btree (requester, id);
CREATE INDEX request_text_words ON bureau.request_text USING gin (words);
CREATE INDEX session_person ON bureau.session USING btree (person, id);
CREATE INDEX session_previous_digest ON bureau.session USING btree (previous_digest) WHERE (previous_digest IS NOT NULL);
CREATE INDEX sign_in_attempt_expires_at ON bureau.sign_in_attempt USING btree (expires_at);
CREATE INDEX timer_available ON bureau.timer USING btree (available_at);
CREATE INDEX token_person ON bureau.token USING btree (person, id);
CREATE INDEX work_item_assignee ON bureau.work_item USING btree (assignee) WHERE (assignee IS NOT NULL);
CREATE INDEX work_offer_inbox ON bureau.work_offer USING btree (party, due, since, request_id, instance);
ALTER TABLE ONLY bureau.account
    ADD CONSTRAINT account_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.attachment_chunk
    ADD CONSTRAINT attachment_chunk_attachment_fkey FOREIGN KEY (attachment) REFERENCES bureau.attachment(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.break_glass
    ADD CONSTRAINT break_glass_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.code_maker
    ADD CONSTRAINT code_maker_maker_fkey FOREIGN KEY (maker) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.code_maker
    ADD CONSTRAINT code_maker_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.configuration_application
    ADD CONSTRAINT configuration_application_version_fkey FOREIGN KEY (version) REFERENCES bureau.configuration_version(version);
ALTER TABLE ONLY bureau.configuration_file
    ADD CONSTRAINT configuration_file_version_fkey FOREIGN KEY (version) REFERENCES bureau.configuration_version(version);
ALTER TABLE ONLY bureau.deputy
    ADD CONSTRAINT deputy_deputy_fkey FOREIGN KEY (deputy) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.deputy
    ADD CONSTRAINT deputy_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.draft
    ADD CONSTRAINT draft_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.identity
    ADD CONSTRAINT identity_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.invitation
    ADD CONSTRAINT invitation_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.membership
    ADD CONSTRAINT membership_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.notification
    ADD CONSTRAINT notification_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.person
    ADD CONSTRAINT person_manager_fkey FOREIGN KEY (manager) REFERENCES bureau.person(id);
ALTER TABLE ONLY bureau.preference
    ADD CONSTRAINT preference_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.saved_view
    ADD CONSTRAINT saved_view_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.session
    ADD CONSTRAINT session_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY bureau.token
    ADD CONSTRAINT token_person_fkey FOREIGN KEY (person) REFERENCES bureau.person(id) ON DELETE CASCADE;
ALTER TABLE bureau.attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.attachment_chunk ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.attachment_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.break_glass ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.configuration_application ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.configuration_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.deputy ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.directory_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.protected_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.request ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.request_hidden ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.request_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.request_viewer ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON bureau.attachment FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.attachment_use u
  WHERE (u.attachment = attachment.id)
 OFFSET 0)));
CREATE POLICY see ON bureau.attachment_chunk FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.attachment_use u
  WHERE (u.attachment = attachment_chunk.attachment)
 OFFSET 0)));
CREATE POLICY see ON bureau.attachment_use FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = attachment_use.request_id)
 OFFSET 0)));
CREATE POLICY see ON bureau.break_glass FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = break_glass.request_id)
 OFFSET 0)));
CREATE POLICY see ON bureau.configuration_application FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.configuration_version FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.deputy FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.directory_state FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.draft FOR SELECT TO bureau_read USING (((person = ( SELECT bureau.viewer() AS viewer)) AND ((request_id IS NULL) OR (EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = draft.request_id)
 OFFSET 0)))));
CREATE POLICY see ON bureau.event FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = event.request_id)
 OFFSET 0)));
CREATE POLICY see ON bureau.membership FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.notification FOR SELECT TO bureau_read USING ((person = ( SELECT bureau.viewer() AS viewer)));
CREATE POLICY see ON bureau.person FOR SELECT TO bureau_read USING ((( SELECT bureau.viewer() AS viewer) IS NOT NULL));
CREATE POLICY see ON bureau.preference FOR SELECT TO bureau_read USING ((person = ( SELECT bureau.viewer() AS viewer)));
CREATE POLICY see ON bureau.protected_content FOR SELECT TO bureau_read USING ((EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = protected_content.request_id)
 OFFSET 0)));
CREATE POLICY see ON bureau.request FOR SELECT TO bureau_read, bureau_search USING (((requester = ( SELECT bureau.viewer() AS viewer)) OR (beneficiary = ( SELECT bureau.viewer() AS viewer)) OR ((id <> ALL (( SELECT bureau.viewer_hidden() AS viewer_hidden)::uuid[])) AND (((NOT is_confidential) AND (department = ANY (( SELECT bureau.viewer_departments() AS viewer_departments)::text[]))) OR (id = ANY (( SELECT bureau.viewer_granted() AS viewer_granted)::uuid[])) OR (EXISTS ( SELECT
   FROM bureau.request_viewer v
  WHERE (v.request_id = request.id)
 OFFSET 0))))));
CREATE POLICY see ON bureau.request_viewer FOR SELECT TO bureau_read, bureau_search USING (((party = ANY (( SELECT bureau.viewer_parties() AS viewer_parties)::text[])) AND (request_id <> ALL (( SELECT bureau.viewer_hidden() AS viewer_hidden)::uuid[]))));
CREATE POLICY see ON bureau.saved_view FOR SELECT TO bureau_read USING ((person = ( SELECT bureau.viewer() AS viewer)));
CREATE POLICY see ON bureau.work_item FOR SELECT TO bureau_read USING (((assignee = ( SELECT bureau.viewer() AS viewer)) OR (EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = work_item.request_id)
 OFFSET 0))));
CREATE POLICY see ON bureau.work_offer FOR SELECT TO bureau_read USING (((party = ANY (( SELECT bureau.viewer_parties() AS viewer_parties)::text[])) OR (EXISTS ( SELECT
   FROM bureau.request r
  WHERE (r.id = work_offer.request_id)
 OFFSET 0))));
CREATE POLICY serve ON bureau.attachment TO bureau_write USING (true);
CREATE POLICY serve ON bureau.attachment_chunk TO bureau_write USING (true);
CREATE POLICY serve ON bureau.attachment_use TO bureau_write USING (true);
CREATE POLICY serve ON bureau.break_glass TO bureau_write USING (true);
CREATE POLICY serve ON bureau.configuration_application TO bureau_write USING (true);
CREATE POLICY serve ON bureau.configuration_version TO bureau_write USING (true);
CREATE POLICY serve ON bureau.deputy TO bureau_write USING (true);
CREATE POLICY serve ON bureau.directory_state TO bureau_write USING (true);
CREATE POLICY serve ON bureau.draft TO bureau_write USING (true);
CREATE POLICY serve ON bureau.event TO bureau_write USING (true);
CREATE POLICY serve ON bureau.membership TO bureau_write USING (true);
CREATE POLICY serve ON bureau.notification TO bureau_write USING (true);
CREATE POLICY serve ON bureau.person TO bureau_write USING (true);
CREATE POLICY serve ON bureau.preference TO bureau_write USING (true);
CREATE POLICY serve ON bureau.protected_content TO bureau_write USING (true);
CREATE POLICY serve ON bureau.request TO bureau_write USING (true);
CREATE POLICY serve ON bureau.request_hidden TO bureau_write USING (true);
CREATE POLICY serve ON bureau.request_text TO bureau_write, bureau_search USING (true);
CREATE POLICY serve ON bureau.request_viewer TO bureau_write USING (true);
CREATE POLICY serve ON bureau.saved_view TO bureau_write USING (true);
CREATE POLICY serve ON bureau.work_item TO bureau_write USING (true);
CREATE POLICY serve ON bureau.work_offer TO bureau_write USING (true);
ALTER TABLE bureau.work_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau.work_offer ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA bureau TO bureau_write;
GRANT USAGE ON SCHEMA bureau TO bureau_read;
GRANT USAGE ON SCHEMA bureau TO bureau_search;
REVOKE ALL ON FUNCTION bureau.search(asked tsquery, before uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bureau.search(asked tsquery, before uuid, most bigint) TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.account TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.attachment TO bureau_write;
GRANT SELECT(id) ON TABLE bureau.attachment TO bureau_read;
GRANT SELECT(name) ON TABLE bureau.attachment TO bureau_read;
GRANT SELECT(media_type) ON TABLE bureau.attachment TO bureau_read;
GRANT SELECT(size) ON TABLE bureau.attachment TO bureau_read;
GRANT SELECT(sha256) ON TABLE bureau.attachment TO bureau_read;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.attachment_chunk TO bureau_write;
GRANT SELECT ON TABLE bureau.attachment_chunk TO bureau_read;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.attachment_use TO bureau_write;
GRANT SELECT ON TABLE bureau.attachment_use TO bureau_read;
GRANT SELECT,INSERT ON TABLE bureau.audit_entry TO bureau_write;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.audit_word TO bureau_write;
GRANT SELECT,INSERT ON TABLE bureau.break_glass TO bureau_write;
GRANT SELECT ON TABLE bureau.break_glass TO bureau_read;
GRANT UPDATE(reason) ON TABLE bureau.break_glass TO bureau_write;
GRANT UPDATE(until) ON TABLE bureau.break_glass TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.code_maker TO bureau_write;
GRANT SELECT,INSERT ON TABLE bureau.configuration_application TO bureau_write;
GRANT SELECT ON TABLE bureau.configuration_application TO bureau_read;
GRANT SELECT,INSERT ON TABLE bureau.configuration_file TO bureau_write;
GRANT SELECT,INSERT ON TABLE bureau.configuration_version TO bureau_write;
GRANT SELECT ON TABLE bureau.configuration_version TO bureau_read;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.deputy TO bureau_write;
GRANT SELECT ON TABLE bureau.deputy TO bureau_read;
GRANT SELECT,UPDATE ON TABLE bureau.directory_state TO bureau_write;
GRANT SELECT ON TABLE bureau.directory_state TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.draft TO bureau_write;
GRANT SELECT ON TABLE bureau.draft TO bureau_read;
GRANT SELECT,INSERT ON TABLE bureau.event TO bureau_write;
GRANT SELECT ON TABLE bureau.event TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.event_wait TO bureau_write;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.idempotency TO bureau_write;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.identity TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.invitation TO bureau_write;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.membership TO bureau_write;
GRANT SELECT ON TABLE bureau.membership TO bureau_read;
GRANT SELECT ON TABLE bureau.migration TO bureau_write;
GRANT SELECT ON TABLE bureau.migration TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.notification TO bureau_write;
GRANT SELECT ON TABLE bureau.notification TO bureau_read;
GRANT SELECT,INSERT,UPDATE ON TABLE bureau.number_block TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.outbox TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.outside_event TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.password_attempt TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.person TO bureau_write;
GRANT SELECT ON TABLE bureau.person TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.preference TO bureau_write;
GRANT SELECT ON TABLE bureau.preference TO bureau_read;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.protected_content TO bureau_write;
GRANT SELECT ON TABLE bureau.protected_content TO bureau_read;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.receipt TO bureau_write;
GRANT SELECT,INSERT,UPDATE ON TABLE bureau.request TO bureau_write;
GRANT SELECT(id) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(id) ON TABLE bureau.request TO bureau_search;
GRANT SELECT(number) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(type) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(department) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(department) ON TABLE bureau.request TO bureau_search;
GRANT SELECT(configuration) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(requester) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(requester) ON TABLE bureau.request TO bureau_search;
GRANT SELECT(beneficiary) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(beneficiary) ON TABLE bureau.request TO bureau_search;
GRANT SELECT(parent_request) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(parent_instance) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(phase) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(outcome) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(version) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(state) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(last_hash) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(raised_at) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(changed_at) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(is_confidential) ON TABLE bureau.request TO bureau_read;
GRANT SELECT(is_confidential) ON TABLE bureau.request TO bureau_search;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.request_hidden TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.request_text TO bureau_write;
GRANT SELECT ON TABLE bureau.request_text TO bureau_search;
GRANT SELECT,INSERT,DELETE ON TABLE bureau.request_viewer TO bureau_write;
GRANT SELECT ON TABLE bureau.request_viewer TO bureau_read;
GRANT SELECT ON TABLE bureau.request_viewer TO bureau_search;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.saved_view TO bureau_write;
GRANT SELECT ON TABLE bureau.saved_view TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.session TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.sign_in_attempt TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.timer TO bureau_write;
GRANT SELECT,INSERT,UPDATE ON TABLE bureau.token TO bureau_write;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.work_item TO bureau_write;
GRANT SELECT ON TABLE bureau.work_item TO bureau_read;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE bureau.work_offer TO bureau_write;
GRANT SELECT ON TABLE bureau.work_offer TO bureau_read;
