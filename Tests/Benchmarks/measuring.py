"""What the benchmarks share: processor time, the daemon's private PostgreSQL and what it logs."""

import os
import pathlib
import re
import statistics
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")


LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\]\S* (\w+):  ", re.MULTILINE)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')", re.DOTALL)


def logged_statements(log):
    """Process, text and parameters of each statement, in order."""
    parts = LINE.split(log)[1:]
    found = []
    for process, level, text in zip(parts[::3], parts[1::3], parts[2::3]):
        if level == "LOG" and text.startswith("execute "):
            found.append({"process": process, "sql": text.partition(": ")[2].strip(), "parameters": {}})
        elif level == "DETAIL" and found and found[-1]["process"] == process:
            found[-1]["parameters"] = dict(PARAMETER.findall(text.partition("parameters: ")[2]))
    return found


def processor_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def server_seconds(postmaster: int) -> float:
    """User and system time of a PostgreSQL: the postmaster, its children, and those that have ended."""
    fields = pathlib.Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
    total = sum(int(field) for field in fields[11:15]) / TICKS
    children = pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for child in children:
        try:
            total += processor_seconds(int(child))
        except (FileNotFoundError, ProcessLookupError):
            pass  # it ended meanwhile and now counts in its parent
    return total


def resident_megabytes(pid: int) -> float:
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


class Server:
    """The daemon's private PostgreSQL, as its superuser."""

    def __init__(self, desk):
        pid_file = next(desk.data.rglob("postmaster.pid"))
        lines = pid_file.read_text().splitlines()
        self.pid, self.port, self.socket = int(lines[0]), lines[3], lines[4]
        self.binaries = pathlib.Path(os.readlink(f"/proc/{self.pid}/exe")).parent

    def run(self, program, *arguments, input=None):
        environment = {**os.environ, "PGHOST": self.socket, "PGPORT": self.port, "PGUSER": "bureau_admin"}
        result = subprocess.run(
            [self.binaries / program, *arguments], capture_output=True, text=True, env=environment, input=input
        )
        if result.returncode != 0:
            raise SystemExit(f"{program} failed: {result.stderr}")
        return result.stdout

    def sql(self, text, database="postgres"):
        return self.run("psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-", input=text)

    def recorded(self, desk, act):
        """What an act gives, and what the server logged of its statements."""
        log = max((path for path in desk.data.rglob("*.log")), key=lambda path: path.stat().st_mtime)
        self.sql("ALTER SYSTEM SET log_statement = 'all'")
        self.sql("ALTER SYSTEM SET log_line_prefix = '%m [%p] '")
        self.sql("ALTER SYSTEM SET log_parameter_max_length = -1")
        self.sql("SELECT pg_reload_conf()")
        while self.sql("SHOW log_statement").strip() != "all":
            time.sleep(0.1)
        # The sessions of the daemon know it a moment later.
        time.sleep(1)
        size = log.stat().st_size
        answer = act()
        time.sleep(1)
        self.sql("ALTER SYSTEM RESET log_statement")
        self.sql("ALTER SYSTEM RESET log_line_prefix")
        self.sql("ALTER SYSTEM RESET log_parameter_max_length")
        self.sql("SELECT pg_reload_conf()")
        with open(log, encoding="utf-8") as lines:
            lines.seek(size)
            return answer, lines.read()


def medians(runs):
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}
