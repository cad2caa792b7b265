internal import PostgresClient

extension Migration {
    /// Requests that are kept from whoever they are about, whatever else would show them.
    ///
    /// The few that are kept from whoever asks are read once a statement, as the viewer's settings are; nobody can say anything else of
    /// them, and to nearly everybody they cost one look into an index that has nothing.
    static let hidden = Migration(
        number: 25, name: "hidden",
        script: """
            CREATE TABLE bureau.request_hidden (
                person uuid NOT NULL,
                request_id uuid NOT NULL,
                PRIMARY KEY (person, request_id)
            );
            COMMENT ON TABLE bureau.request_hidden IS
                'From whom a request is kept because it is about them: neither their teams nor their offices show it to them.';

            -- With the rights of the owner: whom a request is about is nothing that readers may look up. Index: request_hidden_pkey.
            CREATE FUNCTION bureau.viewer_hidden() RETURNS uuid[]
            LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
                SELECT coalesce(array_agg(h.request_id), '{}') FROM bureau.request_hidden h WHERE h.person = bureau.viewer()
            $$;
            COMMENT ON FUNCTION bureau.viewer_hidden() IS 'Requests that are kept from whoever asks.';

            ALTER POLICY see ON bureau.request USING (
                requester = (SELECT bureau.viewer())
                OR beneficiary = (SELECT bureau.viewer())
                OR (id <> ALL ((SELECT bureau.viewer_hidden())::uuid[]) AND (
                    (NOT is_confidential AND department = ANY ((SELECT bureau.viewer_departments())::text[]))
                    OR id = ANY ((SELECT bureau.viewer_granted())::uuid[])
                    OR EXISTS (SELECT FROM bureau.request_viewer v WHERE v.request_id = request.id OFFSET 0))));
            -- Lists read these alone before they look at requests.
            ALTER POLICY see ON bureau.request_viewer USING (
                party = ANY ((SELECT bureau.viewer_parties())::text[])
                AND request_id <> ALL ((SELECT bureau.viewer_hidden())::uuid[]));

            ALTER TABLE bureau.request_hidden ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.request_hidden TO bureau_write USING (true);
            GRANT SELECT, INSERT, DELETE ON bureau.request_hidden TO bureau_write;
            """)
}
