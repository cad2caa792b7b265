internal import PostgresClient

extension Migration {
    /// The wall behind every read for people: row-level security for `bureau_read`.
    ///
    /// Each transaction of `bureau_read` says who asks, in settings that end with it (`Wall.enter`); without them nothing
    /// is visible. **Who sees a request stands once, in the policy `see` on `request`**; what belongs to a request follows
    /// it. It is the SQL of `Access.canSee`, and a property test compares the two.
    ///
    /// - To give somebody another way to see a request: add an arm there (`ALTER POLICY see ON bureau.request USING (…)` in
    ///   a migration of its own, the whole condition), then a branch in `RequestListSQL`. A way that rows cannot tell (a
    ///   receipt, work of somebody for whom they stand in, a broken glass) needs no arm: `Asker` names the request, and
    ///   `viewer_granted` has it.
    /// - To add a table with rows of requests that people read: `ENABLE ROW LEVEL SECURITY`, a policy `serve` for
    ///   `bureau_write` (`USING (true)`), a policy `see` for `bureau_read` as `event` has it, and the `GRANT` last; then
    ///   read it with `PostgresStorage.see`. Tables that `bureau_read` has no grant for need none of it. A test finds
    ///   every table that shows something without a viewer.
    ///
    /// Arms are tried in their order, so the cheap ones stand first. Settings are read once a statement (`(SELECT …)`).
    /// `OFFSET 0` keeps the planner from reading a whole table into a hash in place of one look into its index: 1 s
    /// instead of 1 ms for an inbox. All operators are leakproof, so that queries keep their indexes; a test looks.
    ///
    /// The owner is not held back (no FORCE): it never serves. What stops a forgotten predicate does not stop somebody
    /// who may send statements of their own: they could set another viewer.
    static let wall = Migration(
        number: 16, name: "wall",
        script: """
            CREATE FUNCTION bureau.viewer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
                RETURN nullif(current_setting('bureau.viewer', true), '')::uuid;
            COMMENT ON FUNCTION bureau.viewer() IS 'The person who asks in this transaction; NULL when nobody has said.';
            CREATE FUNCTION bureau.viewer_parties() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
                RETURN coalesce(nullif(current_setting('bureau.viewer_parties', true), ''), '{}')::text[];
            COMMENT ON FUNCTION bureau.viewer_parties() IS 'Everything that person belongs to, themself included.';
            CREATE FUNCTION bureau.viewer_departments() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
                RETURN coalesce(nullif(current_setting('bureau.viewer_departments', true), ''), '{}')::text[];
            COMMENT ON FUNCTION bureau.viewer_departments() IS 'Departments that person is an agent of or leads.';
            CREATE FUNCTION bureau.viewer_granted() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
                RETURN coalesce(nullif(current_setting('bureau.viewer_granted', true), ''), '{}')::uuid[];
            COMMENT ON FUNCTION bureau.viewer_granted() IS
                'Requests that whoever asks may read for a reason that stands in no row.';
            -- Those who write go on as before: what they may do is decided before they write.
            ALTER TABLE bureau.request ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.request_viewer ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.event ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.protected_content ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.work_item ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.work_offer ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.person ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.membership ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.deputy ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.notification ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.directory_state ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.configuration_version ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.configuration_application ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.request TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.request_viewer TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.event TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.protected_content TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.work_item TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.work_offer TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.person TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.membership TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.deputy TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.notification TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.directory_state TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.configuration_version TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.configuration_application TO bureau_write USING (true);

            -- The one that says who sees a request. The last arm looks at the rows of request_viewer that its own
            -- policy leaves. Indexes: request_viewer_pkey.
            CREATE POLICY see ON bureau.request FOR SELECT TO bureau_read USING (
                requester = (SELECT bureau.viewer())
                OR beneficiary = (SELECT bureau.viewer())
                OR (NOT is_confidential AND department = ANY ((SELECT bureau.viewer_departments())::text[]))
                OR id = ANY ((SELECT bureau.viewer_granted())::uuid[])
                OR EXISTS (SELECT FROM bureau.request_viewer v WHERE v.request_id = request.id OFFSET 0));
            CREATE POLICY see ON bureau.request_viewer FOR SELECT TO bureau_read USING (
                party = ANY ((SELECT bureau.viewer_parties())::text[]));

            -- What belongs to a request. Index: request_pkey.
            CREATE POLICY see ON bureau.event FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.request r WHERE r.id = event.request_id OFFSET 0));
            CREATE POLICY see ON bureau.protected_content FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.request r WHERE r.id = protected_content.request_id OFFSET 0));
            -- Whoever is offered work sees its request: the first arms only save looking there.
            CREATE POLICY see ON bureau.work_offer FOR SELECT TO bureau_read USING (
                party = ANY ((SELECT bureau.viewer_parties())::text[])
                OR EXISTS (SELECT FROM bureau.request r WHERE r.id = work_offer.request_id OFFSET 0));
            CREATE POLICY see ON bureau.work_item FOR SELECT TO bureau_read USING (
                assignee = (SELECT bureau.viewer())
                OR EXISTS (
                    SELECT FROM bureau.work_offer o
                    WHERE o.request_id = work_item.request_id AND o.instance = work_item.instance OFFSET 0)
                OR EXISTS (SELECT FROM bureau.request r WHERE r.id = work_item.request_id OFFSET 0));

            -- What people were told is theirs alone. Index: notification_person.
            CREATE POLICY see ON bureau.notification FOR SELECT TO bureau_read USING (person = (SELECT bureau.viewer()));

            -- People and what applies to everybody: for whoever has signed in.
            CREATE POLICY see ON bureau.person FOR SELECT TO bureau_read USING ((SELECT bureau.viewer()) IS NOT NULL);
            CREATE POLICY see ON bureau.membership FOR SELECT TO bureau_read USING ((SELECT bureau.viewer()) IS NOT NULL);
            CREATE POLICY see ON bureau.deputy FOR SELECT TO bureau_read USING ((SELECT bureau.viewer()) IS NOT NULL);
            CREATE POLICY see ON bureau.directory_state FOR SELECT TO bureau_read
                USING ((SELECT bureau.viewer()) IS NOT NULL);
            CREATE POLICY see ON bureau.configuration_version FOR SELECT TO bureau_read
                USING ((SELECT bureau.viewer()) IS NOT NULL);
            CREATE POLICY see ON bureau.configuration_application FOR SELECT TO bureau_read
                USING ((SELECT bureau.viewer()) IS NOT NULL);

            -- People's reads go through the wall whole.
            GRANT SELECT (state, last_hash) ON bureau.request TO bureau_read;
            GRANT SELECT ON bureau.event, bureau.protected_content, bureau.notification TO bureau_read;
            """)
}
