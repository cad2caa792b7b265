internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

/// Requests by the words in them, a page at a time, the newest first.
///
/// `bureau.search` (migration `search`) finds the identifiers of those that the viewer sees; what is shown of them comes
/// through the wall once more.
///
/// Other forms of a word are found by its stem, in English and in German: whatever begins with it counts, if it has four
/// letters at least. Nothing is stored for that, so that raising a request costs nothing more (measured: 40 microseconds
/// for the stems of its words) and a stemmer of a later PostgreSQL agrees with what is there. The y of “story” is an i in
/// the stem of “stories”. Stop words have no stem.
enum SearchSQL {
    static let text: SQL = """
        WITH asked AS MATERIALIZED (
            SELECT string_agg('(' || concat_ws(' | ', term.one, forms.others) || ')', ' & ')::tsquery AS words
            FROM (
                SELECT '''' || word || CASE WHEN is_beginning THEN ''':*' ELSE '''' END, inflected
                FROM unnest($1::text[], $2::text[], $3::boolean[]) AS asked (word, inflected, is_beginning)
            ) AS term (one, inflected)
            CROSS JOIN LATERAL (
                SELECT string_agg('''' || stem || CASE WHEN length(stem) < 4 THEN '''' ELSE ''':*' END, ' | ')
                FROM unnest(string_to_array(term.inflected, ' ')) AS spelling
                CROSS JOIN LATERAL (
                    SELECT unnest(ts_lexize('pg_catalog.german_stem', spelling))
                    UNION SELECT unnest(ts_lexize('pg_catalog.english_stem', spelling))
                    UNION SELECT regexp_replace(unnest(ts_lexize('pg_catalog.english_stem', spelling)), 'i$', 'y')
                ) AS found (stem)
            ) AS forms (others)
        )
        SELECT r.id, r.number, r.type, r.department, r.configuration, r.requester, r.beneficiary, r.parent_request,
            r.parent_instance, r.phase, r.outcome, r.version, r.raised_at, r.changed_at
        FROM asked CROSS JOIN LATERAL bureau.search(asked.words, $4, $5) AS found (id)
        JOIN bureau.request r ON r.id = found.id
        ORDER BY r.id DESC
        """

    /// Words hold letters, digits and hyphens, so that they need no escape where a query of words is read.
    static func parameters(_ query: SearchQuery) -> [any PostgresEncodable] {
        [
            query.terms.map(\.word), query.terms.map { $0.inflected.joined(separator: " ") },
            query.terms.map(\.isBeginning), query.before ?? RequestListSQL.latest, Int64(max(0, query.limit)),
        ]
    }
}

extension PostgresStorage: SearchStorage {
    package func search(_ query: SearchQuery) async throws(StorageError) -> [RequestRow] {
        guard !query.terms.isEmpty else { return [] }
        return try await see(
            Statement(SearchSQL.text, parameters: SearchSQL.parameters(query)), as: query.asker
        ).decoded { (row) throws(PostgresError) in try RequestRow(row) }
    }

    /// Reads both indexes side by side. Indexes: `request_pkey`, `request_text_pkey`.
    package func requestsWithoutText(limit: Int) async throws(StorageError) -> [RequestID] {
        try await run(
            Statement(
                """
                SELECT r.id FROM bureau.request r
                WHERE NOT EXISTS (SELECT FROM bureau.request_text t WHERE t.request_id = r.id)
                ORDER BY r.id DESC LIMIT $1
                """,
                Int64(limit))
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
    }

    /// One statement. The rows of the requests are locked until it ends, so that a command that comes meanwhile finds the
    /// words that it adds to; a request that a command has changed is left out. Index: `request_pkey`.
    package func index(_ texts: [IndexedText]) async throws(StorageError) {
        guard !texts.isEmpty else { return }
        _ = try await run(
            Statement(
                """
                WITH unchanged AS (
                    SELECT r.id, new.words, new.comments
                    FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) AS new (id, version, words, comments)
                    JOIN bureau.request r ON r.id = new.id AND r.version = new.version
                    ORDER BY r.id FOR NO KEY UPDATE OF r
                )
                INSERT INTO bureau.request_text (request_id, words, comments)
                SELECT id, array_to_tsvector(string_to_array(words, ' ') || string_to_array(comments, ' ')),
                    array_to_tsvector(string_to_array(comments, ' '))
                FROM unchanged
                ON CONFLICT DO NOTHING
                """,
                texts.map(\.request), texts.map(\.version), texts.map { $0.text.words.joined(separator: " ") },
                texts.map { $0.text.comments.joined(separator: " ") }))
    }
}
