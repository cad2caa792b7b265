internal import PostgresClient

extension Migration {
    /// Applied configurations: their files, immutable, and the record of who applied what.
    static let configuration = Migration(
        number: 4, name: "configuration",
        script: """
            CREATE TABLE bureau.configuration_version (
                version text COLLATE "C" PRIMARY KEY,
                stored_at timestamptz NOT NULL
            );
            COMMENT ON TABLE bureau.configuration_version IS
                'Configurations by content address; requests name the one they started with.';

            CREATE TABLE bureau.configuration_file (
                version text COLLATE "C"
                    CONSTRAINT configuration_file_version_fkey REFERENCES bureau.configuration_version,
                path text COLLATE "C",
                content text NOT NULL,
                PRIMARY KEY (version, path)
            );

            CREATE TABLE bureau.configuration_application (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                version text COLLATE "C" NOT NULL
                    CONSTRAINT configuration_application_version_fkey REFERENCES bureau.configuration_version,
                applied_by text COLLATE "C" NOT NULL,
                applied_at timestamptz NOT NULL
            );
            COMMENT ON TABLE bureau.configuration_application IS
                'Who applied what and when; the last row names the current version.';

            -- Immutable: no UPDATE, no DELETE.
            GRANT SELECT, INSERT ON bureau.configuration_version, bureau.configuration_file,
                bureau.configuration_application TO bureau_write;
            GRANT SELECT ON bureau.configuration_version, bureau.configuration_application TO bureau_read;
            """)
}
