internal import PostgresClient

extension Migration {
    /// The words by which requests are found, and the one function that looks among them.
    ///
    /// The operator of a text search is not leakproof: behind row-level security it would be asked last, about every
    /// request that somebody sees, and never by its index. So the function looks with the rights of `bureau_search`, which
    /// alone may read the words, and asks the policy `see` of `request` about what it finds: who sees a request stands
    /// there still, and nowhere else. What is found is nothing but identifiers of requests that the viewer sees.
    ///
    /// Words come as the application spells them (`SearchWords`). Whoever deletes what a request says deletes its row here:
    /// the next look of `TextWorker` makes it anew from what is left.
    static let search = Migration(
        number: 19, name: "search",
        script: """
            CREATE TABLE bureau.request_text (
                request_id uuid PRIMARY KEY,
                words tsvector NOT NULL,
                comments tsvector NOT NULL
            );
            COMMENT ON TABLE bureau.request_text IS
                'By which words a request is found: those that everybody who sees it may read. words: all of them, comments: '
                'those of its comments.';
            CREATE INDEX request_text_words ON bureau.request_text USING gin (words);

            ALTER TABLE bureau.request_text ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.request_text TO bureau_write, bureau_search USING (true);
            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.request_text TO bureau_write;

            -- bureau_search sees of requests what the viewer sees.
            ALTER POLICY see ON bureau.request TO bureau_read, bureau_search;
            ALTER POLICY see ON bureau.request_viewer TO bureau_read, bureau_search;
            GRANT USAGE, CREATE ON SCHEMA bureau TO bureau_search;
            GRANT SELECT ON bureau.request_text, bureau.request_viewer TO bureau_search;
            GRANT SELECT (id, requester, beneficiary, department, is_confidential) ON bureau.request TO bureau_search;

            -- The fences keep the index of words in use, whatever the order, and sort before anything is asked about a request:
            -- the policy is asked, row by row, until a page is full. Indexes: request_text_words, request_pkey.
            CREATE FUNCTION bureau.search(asked tsquery, before uuid, most bigint) RETURNS SETOF uuid
            LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
                WITH found AS MATERIALIZED (
                    SELECT t.request_id FROM bureau.request_text t WHERE t.words @@ asked AND t.request_id < before)
                SELECT newest.request_id FROM (SELECT request_id FROM found ORDER BY request_id DESC OFFSET 0) AS newest
                WHERE EXISTS (SELECT FROM bureau.request r WHERE r.id = newest.request_id OFFSET 0)
                ORDER BY newest.request_id DESC LIMIT most
            $$;
            COMMENT ON FUNCTION bureau.search(tsquery, uuid, bigint) IS
                'The newest requests before that one that the viewer sees and whose words match.';
            REVOKE ALL ON FUNCTION bureau.search(tsquery, uuid, bigint) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION bureau.search(tsquery, uuid, bigint) TO bureau_read;
            ALTER FUNCTION bureau.search(tsquery, uuid, bigint) OWNER TO bureau_search;
            REVOKE CREATE ON SCHEMA bureau FROM bureau_search;
            """)
}
