internal import PostgresClient

/// The statements that raise requests, in the order in which they are sent. A change shares all but the first two.
///
/// Every array of a statement has one element a row. None reads a table but for its own key, so there are no plans to
/// go wrong; the locks are those of the new rows.
enum CreateSQL {
    /// Ends the pipeline with ZB001 unless the directory is still at the revision `$1`. Takes no lock: people who
    /// change between this and the commit could as well have changed just after it.
    static let requireDirectory: SQL = """
        SELECT CASE WHEN NOT EXISTS (SELECT FROM bureau.directory_state WHERE revision = $1)
            THEN bureau.refuse('ZB001') END
        """

    static let insertRequests: SQL = """
        INSERT INTO bureau.request (id, number, type, department, configuration, requester, beneficiary, parent_request,
            parent_instance, phase, outcome, version, state, last_hash, raised_at, changed_at, is_confidential)
        SELECT id, number, type, department, configuration, requester, beneficiary, parent_request, parent_instance,
            phase, outcome, version, state, last_hash, $15, $15, is_confidential
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[],
            $9::text[], $10::text[], $11::text[], $12::bigint[], $13::json[], $14::bytea[], $16::boolean[])
            AS new (id, number, type, department, configuration, requester, beneficiary, parent_request,
                parent_instance, phase, outcome, version, state, last_hash, is_confidential)
        """

    static let insertEvents: SQL = """
        INSERT INTO bureau.event (request_id, sequence, at, kind, format, configuration, principal, data, hash)
        SELECT request_id, sequence, at, kind, format, configuration, principal, data, hash
        FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[], $7::text[],
            $8::json[], $9::bytea[])
            AS new (request_id, sequence, at, kind, format, configuration, principal, data, hash)
        """

    static let insertProtectedContents: SQL = """
        INSERT INTO bureau.protected_content (request_id, sequence, readers, content)
        SELECT request_id, sequence, readers, content
        FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::json[]) AS new (request_id, sequence, readers, content)
        """

    static let upsertWorkItems: SQL = """
        INSERT INTO bureau.work_item (request_id, instance, kind, assignee, since, due)
        SELECT request_id, instance, kind, assignee, since, due
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[])
            AS new (request_id, instance, kind, assignee, since, due)
        ON CONFLICT (request_id, instance) DO UPDATE
        SET kind = excluded.kind, assignee = excluded.assignee, since = excluded.since, due = excluded.due
        """

    static let insertWorkOffers: SQL = """
        INSERT INTO bureau.work_offer (request_id, instance, party, since, due)
        SELECT request_id, instance, party, since, coalesce(due, 'infinity')
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
            AS new (request_id, instance, party, since, due)
        ON CONFLICT DO NOTHING
        """

    static let insertReceipts: SQL = """
        INSERT INTO bureau.receipt (request_id, digest)
        SELECT request_id, digest FROM unnest($1::uuid[], $2::bytea[]) AS new (request_id, digest)
        """

    /// A new deadline ends the lease of whoever has claimed the old one: its delivery finds another `due` and is stale.
    static let upsertTimers: SQL = """
        INSERT INTO bureau.timer (request_id, instance, due, available_at)
        SELECT request_id, instance, due, due
        FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS new (request_id, instance, due)
        ON CONFLICT (request_id, instance) DO UPDATE SET due = excluded.due, available_at = excluded.available_at
        """

    static let upsertWaits: SQL = """
        INSERT INTO bureau.event_wait (request_id, instance, event, key)
        SELECT request_id, instance, event, key
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS new (request_id, instance, event, key)
        ON CONFLICT (request_id, instance) DO UPDATE SET event = excluded.event, key = excluded.key
        """

    static let insertMessages: SQL = """
        INSERT INTO bureau.outbox (id, origin, kind, payload, available_at)
        SELECT id, origin, kind, payload, $5
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::json[]) AS new (id, origin, kind, payload)
        """

    static let insertViewers: SQL = """
        INSERT INTO bureau.request_viewer (party, request_id)
        SELECT party, request_id FROM unnest($1::text[], $2::uuid[]) AS new (party, request_id)
        ON CONFLICT DO NOTHING
        """

    static let insertHidden: SQL = """
        INSERT INTO bureau.request_hidden (person, request_id)
        SELECT person, request_id FROM unnest($1::uuid[], $2::uuid[]) AS new (person, request_id)
        ON CONFLICT DO NOTHING
        """

    static let insertTexts: SQL = """
        INSERT INTO bureau.request_text (request_id, words, comments)
        SELECT request_id, array_to_tsvector(string_to_array(words, ' ') || string_to_array(comments, ' ')),
            array_to_tsvector(string_to_array(comments, ' '))
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (request_id, words, comments)
        """

    /// Of requests that have none yet, the text comes whole, later: here is only what one command says. A request with ten
    /// thousand words of comments takes no more.
    static let updateTexts: SQL = """
        UPDATE bureau.request_text t
        SET words = array_to_tsvector(string_to_array(new.words, ' ')) || said.comments, comments = said.comments
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (request_id, words, comments)
        CROSS JOIN LATERAL (
            SELECT CASE WHEN length(old.comments) > 10000 THEN old.comments
                ELSE old.comments || array_to_tsvector(string_to_array(new.comments, ' ')) END AS comments
            FROM bureau.request_text old WHERE old.request_id = new.request_id) AS said
        WHERE t.request_id = new.request_id
        """

    /// In the order of the keys: two batches that hold the same keys wait for each other instead of for ever.
    static let insertAnswers: SQL = """
        INSERT INTO bureau.idempotency (principal, key, fingerprint, request_id, version, at)
        SELECT principal, key, fingerprint, request_id, version, $6
        FROM unnest($1::text[], $2::text[], $3::bytea[], $4::uuid[], $5::bigint[])
            AS new (principal, key, fingerprint, request_id, version)
        """
}
