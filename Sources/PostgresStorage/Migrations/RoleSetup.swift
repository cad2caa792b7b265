package import PostgresClient

/// What the administrator of a server runs once, before the first migration. Everything may be repeated.
///
/// `bureau_owner` owns the schema and runs migrations, `bureau_write` serves, `bureau_read` serves lists. The daemon
/// never serves as owner, and nothing here gives a password: that is the administrator's.
package enum RoleSetup {
    /// The role that owns the schema and runs migrations.
    package static let owner = "bureau_owner"
    /// The role that serves commands.
    package static let write = "bureau_write"
    /// The role that serves lists; it sees no tokens and nothing of what people entered.
    package static let read = "bureau_read"

    /// Creates the roles; for the whole server, as a superuser or a role that may create roles.
    package static let roles: SQL = """
        DO $$
        DECLARE
            role_name text;
        BEGIN
            FOREACH role_name IN ARRAY ARRAY['bureau_owner', 'bureau_write', 'bureau_read'] LOOP
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
                        EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT', role_name);
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN
                    NULL; -- somebody else has just created it
                END;
            END LOOP;
        END
        $$;
        """

    /// Prepares the database that it runs in, as a superuser or the database's owner: the schema and who may enter.
    package static let database: SQL = """
        CREATE SCHEMA IF NOT EXISTS bureau AUTHORIZATION bureau_owner;
        GRANT USAGE ON SCHEMA bureau TO bureau_write, bureau_read;
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        DO $$
        BEGIN
            EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
            EXECUTE format(
                'GRANT CONNECT ON DATABASE %I TO bureau_owner, bureau_write, bureau_read', current_database());
        END
        $$;
        """
}
