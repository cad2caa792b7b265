package import PostgresClient

/// What the administrator of a server runs once, before the first migration. Everything may be repeated.
///
/// `bureau_owner` owns the schema and runs migrations, `bureau_write` serves, `bureau_read` serves what people read.
/// `bureau_search` owns what looks further than the viewer may; nobody signs in as it. The daemon never serves as owner,
/// and nothing here gives a password: that is the administrator's.
package enum RoleSetup {
    /// The role that owns the schema and runs migrations.
    package static let owner = "bureau_owner"
    /// The role that serves commands.
    package static let write = "bureau_write"
    /// The role that serves what people read: what row-level security lets the viewer of its transaction see.
    package static let read = "bureau_read"
    /// The role whose rights a function of the wall has that looks further than the viewer may; nobody can sign in as it.
    package static let search = "bureau_search"

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
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'bureau_search') THEN
                CREATE ROLE bureau_search NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
            END IF;
            -- So that the owner can give it the function.
            IF NOT pg_catalog.pg_has_role('bureau_owner', 'bureau_search', 'MEMBER') THEN
                GRANT bureau_search TO bureau_owner;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- somebody else is just doing so
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
