internal import PostgresClient

extension Migration {
    /// Who stands in for whom.
    static let deputies = Migration(
        number: 8, name: "deputies",
        script: """
            CREATE TABLE bureau.deputy (
                id uuid PRIMARY KEY,
                person uuid NOT NULL CONSTRAINT deputy_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                deputy uuid NOT NULL CONSTRAINT deputy_deputy_fkey REFERENCES bureau.person ON DELETE CASCADE,
                department text COLLATE "C",
                from_day date,
                until_day date,
                appointed_by uuid,
                appointed_at timestamptz NOT NULL,
                CONSTRAINT deputy_not_oneself CHECK (deputy <> person),
                CONSTRAINT deputy_days_in_order CHECK (from_day <= until_day)
            );
            COMMENT ON TABLE bureau.deputy IS
                'Who stands in for a person. department: for whose requests, NULL for all. Days of the organisation''s zone, '
                'both included, NULL for no bound. appointed_by: NULL when the row comes from a file of people, which '
                'replaces such rows.';
            CREATE INDEX deputy_person ON bureau.deputy (person);
            CREATE INDEX deputy_deputy ON bureau.deputy (deputy);

            GRANT SELECT, INSERT, DELETE ON bureau.deputy TO bureau_write;
            GRANT SELECT ON bureau.deputy TO bureau_read;
            """)
}
