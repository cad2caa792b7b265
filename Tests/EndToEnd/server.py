"""A PostgreSQL of an operator's own, prepared as Deploy/README.md says."""

import contextlib
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import tempfile

from desk import ROOT, eventually

BINARIES = max(
    (path for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()),
    key=lambda path: int(path.parent.name),
)
PASSWORD = "o'clock"


def account():
    """PostgreSQL does not run as root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Server:
    """A cluster with passwords, reached over its socket."""

    def __init__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bureau-pg-"))
        self.cluster = self.directory / "cluster"
        if account():
            os.chown(self.directory, pwd.getpwnam("postgres").pw_uid, -1)
            os.chmod(self.directory, 0o755)
        secret = self.directory / "secret"
        secret.write_text(PASSWORD + "\n")
        secret.chmod(0o644)
        self.run(
            "initdb", "-D", str(self.cluster), "-U", "administrator", f"--pwfile={secret}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )
        self.process = None
        self.start()
        sql = re.search(r"```sql\n(CREATE ROLE.*?)```", (ROOT / "Deploy" / "README.md").read_text(), re.S).group(1)
        self.psql("postgres", "-f", "-", input=sql.replace("'…'", "'" + PASSWORD.replace("'", "''") + "'"))

    def run(self, program, *arguments, **options):
        result = subprocess.run(
            [BINARIES / program, *arguments], capture_output=True, text=True, timeout=120, cwd="/", **account(), **options
        )
        assert result.returncode == 0, f"{program}: {result.stderr}"
        return result.stdout

    def psql(self, database, *arguments, input=None):
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        return self.run(
            "psql", "-X", "-v", "ON_ERROR_STOP=1", "-h", str(self.directory), "-U", "administrator", "-d", database,
            *arguments, input=input, env=environment,
        )

    def rows(self, query):
        """What a query on Bureau's database gives, a dictionary a row."""
        answer = self.psql("bureau", "-At", "-c", f"SELECT coalesce(json_agg(row), '[]') FROM ({query}) AS row")
        return json.loads(answer)

    def start(self):
        log = open(self.directory / "server.log", "ab")
        self.process = subprocess.Popen(
            [BINARIES / "postgres", "-D", self.cluster, "-k", self.directory, "-c", "listen_addresses="],
            stdout=log, stderr=log, cwd="/", **account(),
        )
        log.close()
        eventually(
            lambda: subprocess.run(
                [BINARIES / "pg_isready", "-h", self.directory], capture_output=True
            ).returncode == 0, 60, "the server",
        )

    def stop(self):
        """As an administrator restarts it: sessions are ended."""
        self.thaw()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def processes(self):
        """The postmaster first, then its children."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def freeze(self):
        """As a machine that hangs: nothing is refused and nothing answered."""
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)

    def thaw(self):
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)

    def connection(self, role):
        password = PASSWORD.replace("\\", "\\\\").replace("'", "\\'")
        return f"host={self.directory} dbname=bureau user={role} password='{password}'"

    def settings(self):
        """A settings file for daemons on this server."""
        file = self.directory / "bureau.settings"
        file.write_text(
            f"database = {self.connection('bureau_write')}\n"
            f"database_read = {self.connection('bureau_read')}\n"
            f"database_owner = {self.connection('bureau_owner')}\n"
        )
        file.chmod(0o600)
        return ["--settings", str(file)]

    def clear(self):
        with contextlib.suppress(Exception):
            self.stop()
        if self.process and self.process.poll() is None:
            self.process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
