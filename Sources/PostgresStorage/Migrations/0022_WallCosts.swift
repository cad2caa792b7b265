internal import PostgresClient

extension Migration {
    /// Reads behind the wall for less.
    ///
    /// Every arm of a policy is part of the plan of every statement that reads its table, with the policies of the tables
    /// that it names in turn, and preparing all of it takes as long as reading a page. Whoever is offered work sees its
    /// request, so the arm of `work_item` that looked for an offer shows nothing that the one of the request does not:
    /// without it an inbox of 50 takes half the time (measured: 0.9 ms, now 0.5; bare 0.3).
    static let wallCosts = Migration(
        number: 22, name: "wall_costs",
        script: """
            -- Index: request_pkey.
            ALTER POLICY see ON bureau.work_item USING (
                assignee = (SELECT bureau.viewer())
                OR EXISTS (SELECT FROM bureau.request r WHERE r.id = work_item.request_id OFFSET 0));
            -- For counts, of which each agent asks: what is confidential is little.
            CREATE INDEX request_confidential_open ON bureau.request (department, id)
                WHERE phase <> 'closed' AND is_confidential;
            """)
}
