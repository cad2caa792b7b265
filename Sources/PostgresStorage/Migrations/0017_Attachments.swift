internal import PostgresClient

extension Migration {
    /// Files that people attach: rows, so that every backup has them and the same rules guard them.
    static let attachments = Migration(
        number: 17, name: "attachments",
        script: """
            CREATE TABLE bureau.attachment (
                id uuid PRIMARY KEY,
                uploaded_by uuid NOT NULL,
                name text NOT NULL,
                media_type text COLLATE "C" NOT NULL,
                size bigint NOT NULL,
                sha256 bytea,
                created_at timestamptz NOT NULL,
                is_used boolean NOT NULL DEFAULT false,
                CONSTRAINT attachment_name_short CHECK (octet_length(name) BETWEEN 1 AND 1000),
                CONSTRAINT attachment_size_natural CHECK (size >= 0),
                CONSTRAINT attachment_digest_length CHECK (octet_length(sha256) = 32),
                CONSTRAINT attachment_used_whole CHECK (sha256 IS NOT NULL OR NOT is_used)
            );
            COMMENT ON TABLE bureau.attachment IS
                'Uploaded files. sha256 is null until the upload is whole; is_used once a request has it.';
            CREATE INDEX attachment_unused ON bureau.attachment (created_at) WHERE NOT is_used;
            CREATE INDEX attachment_unused_of ON bureau.attachment (uploaded_by) WHERE NOT is_used;

            CREATE TABLE bureau.attachment_chunk (
                attachment uuid CONSTRAINT attachment_chunk_attachment_fkey REFERENCES bureau.attachment
                    ON DELETE CASCADE,
                number integer,
                content bytea NOT NULL,
                PRIMARY KEY (attachment, number),
                CONSTRAINT attachment_chunk_size CHECK (octet_length(content) BETWEEN 1 AND 262144)
            );
            -- Most files are compressed already.
            ALTER TABLE bureau.attachment_chunk ALTER COLUMN content SET STORAGE EXTERNAL;
            COMMENT ON TABLE bureau.attachment_chunk IS 'The content of files in pieces, from 0.';

            CREATE TABLE bureau.attachment_use (
                request_id uuid,
                attachment uuid,
                event integer,
                PRIMARY KEY (request_id, attachment)
            );
            COMMENT ON TABLE bureau.attachment_use IS
                'Which requests have which files: a parent may pass one on. event is the sequence of the comment that it came with, '
                'null for what stands in a form.';
            CREATE INDEX attachment_use_attachment ON bureau.attachment_use (attachment);

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.attachment TO bureau_write;
            GRANT SELECT, INSERT, DELETE ON bureau.attachment_chunk, bureau.attachment_use TO bureau_write;
            COMMENT ON COLUMN bureau.attachment.uploaded_by IS
                'A person, or the request whose anonymous requester it was.';
            ALTER TABLE bureau.attachment ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.attachment_chunk ENABLE ROW LEVEL SECURITY;
            ALTER TABLE bureau.attachment_use ENABLE ROW LEVEL SECURITY;
            CREATE POLICY serve ON bureau.attachment TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.attachment_chunk TO bureau_write USING (true);
            CREATE POLICY serve ON bureau.attachment_use TO bureau_write USING (true);
            -- A file follows the requests that have it. Indexes: request_pkey, attachment_use_attachment.
            CREATE POLICY see ON bureau.attachment_use FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.request r WHERE r.id = attachment_use.request_id OFFSET 0));
            CREATE POLICY see ON bureau.attachment FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.attachment_use u WHERE u.attachment = attachment.id OFFSET 0));
            CREATE POLICY see ON bureau.attachment_chunk FOR SELECT TO bureau_read USING (
                EXISTS (SELECT FROM bureau.attachment_use u WHERE u.attachment = attachment_chunk.attachment OFFSET 0));

            GRANT SELECT (id, name, size, media_type, sha256) ON bureau.attachment TO bureau_read;
            GRANT SELECT ON bureau.attachment_chunk, bureau.attachment_use TO bureau_read;
            """)
}
