"""Files: streamed both ways, for those who may read them, and never harmful to whoever opens them."""

import hashlib
import json
import pathlib
import socket
import stat

import pytest

from desk import Desk, eventually
from playground import playground
from server import Server
from test_command_line import run

MEGABYTE = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"


def pdf(content):
    """What begins as a PDF does."""
    return b"%PDF-1.7\n" + content


def upload(person, content, name="attachment; filename*=UTF-8''report.pdf", kind="application/pdf", path="/api/v1/attachments"):
    return person.send(
        "POST", path, raw=content, headers={"Content-Disposition": name, "Content-Type": kind}, timeout=120
    )


def everything(person, **files):
    return person.raise_request("it.everything", {"what": "A thing", "parts": ["one"], **files})


@pytest.fixture(scope="module")
def server():
    server = Server()
    try:
        yield server
    finally:
        server.clear()


@pytest.fixture(scope="module")
def desk(tmp_path_factory, server):
    with Desk(config=playground(tmp_path_factory.mktemp("playground")), settings=server.settings()).running() as desk:
        yield desk


@pytest.fixture(scope="module")
def lin(desk):
    return desk.person("lin.zhao")


def memory(desk):
    """What the daemon holds, in octets."""
    lines = pathlib.Path(f"/proc/{desk.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) * 1024


def test_a_large_file_comes_back_as_it_was_and_is_never_held_whole(desk, lin):
    content = pdf(bytes(range(250)) * (25 * MEGABYTE // 250))[:25 * MEGABYTE]
    assert upload(lin, pdf(b"warm up")).status == 201
    before = memory(desk)
    sent = upload(lin, content)
    assert sent.status == 201, sent
    assert sent.body["sha256"] == hashlib.sha256(content).hexdigest()
    request = everything(lin, proof=sent.body["id"])
    assert request.status == 201, request
    got = lin.get(f"/requests/{request.body['number']}/attachments/{sent.body['id']}", timeout=120)
    assert got.raw == content
    assert memory(desk) - before < 12 * MEGABYTE
    assert got.headers["Content-Disposition"] == "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf"
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["ETag"] == f'"{sent.body["sha256"]}"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got.headers["Cache-Control"] == "private, no-store"


def test_too_large_a_file_is_refused_however_it_is_sent(lin, desk, server):
    too_large = pdf(b"x" * (25 * MEGABYTE + 1))
    refused = upload(lin, too_large)
    assert (refused.status, refused.code) == (413, "body.too_large"), refused
    assert refused.body["detail"] == "A file may have at most 25 MB."
    # Without a length, it is noticed on the way.
    with socket.create_connection(("127.0.0.1", desk.port), timeout=60) as connection:
        connection.sendall(
            f"POST /api/v1/attachments HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {lin.token}\r\n"
            "Content-Disposition: attachment; filename=a.pdf\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        connection.sendall(b"9\r\n" + pdf(b"") + b"\r\n")
        for _ in range(26):
            connection.sendall(b"f4240\r\n" + b"y" * MEGABYTE + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
    eventually(lambda: not server.rows("SELECT id FROM bureau.attachment WHERE name = 'a.pdf'"), what="the clean-up")


@pytest.mark.parametrize(
    "header, name",
    [
        ("attachment; filename=\"..\\\\..\\\\etc\\\\passwd\"", "passwd"),
        ("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("attachment; filename=\"plain.txt\"; filename*=UTF-8''%C3%BCber.txt", "über.txt"),
        ("attachment; filename*=UTF-8''photo%E2%80%AEgpj.exe", "photogpj.exe"),
        ("inline; filename=\"a\\\"b.pdf\"", "ab.pdf"),
    ],
)
def test_a_name_is_cleaned(lin, header, name):
    assert upload(lin, pdf(b"1"), header).body["name"] == name


@pytest.mark.parametrize(
    "header", ["", "attachment", "attachment; filename=", "attachment; filename=a; filename=b", "attachment; filename*=latin1''a"]
)
def test_a_file_without_a_name_is_refused(lin, header):
    refused = upload(lin, b"1", header)
    assert (refused.status, refused.code) == (400, "header.content_disposition"), refused


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/javascript", "application/pdf", "application/pdf; x=\"text/html\"", ""]
)
@pytest.mark.parametrize("name", ["page.html", "page.svg", "page.pdf.js", "page.exe"])
def test_no_answer_is_something_that_a_browser_runs(lin, name, kind):
    sent = upload(lin, b"<script>alert(1)</script>", f"attachment; filename={name}", kind)
    assert sent.body["media_type"] == "application/octet-stream", sent
    refused = everything(lin, proof=sent.body["id"])
    assert refused.status == 422 and [field["code"] for field in refused.body["fields"]] == ["form.file_type"]


@pytest.mark.parametrize("name", ["page.pdf", "page.png", "page.jpeg", "page.gif", "page.webp", "page.docx", "page.ods", "page.xls"])
def test_a_file_that_is_not_what_its_name_says_is_refused(lin, name):
    refused = upload(lin, b"<script>alert(1)</script>", f"attachment; filename={name}", "application/pdf")
    assert (refused.status, refused.code) == (422, "attachment.other_content"), refused


def test_what_nobody_gave_away_is_nobody_elses(desk, lin):
    lukas, greta = desk.person("lukas.hartwig"), desk.person("greta.lorenz")
    file = upload(lin, pdf(b"mine")).body["id"]
    stolen = everything(lukas, proof=file)
    assert stolen.status == 422 and [field["code"] for field in stolen.body["fields"]] == ["form.unknown_file"]
    request = everything(lin, proof=file).body["number"]
    again = everything(lin, proof=file)
    assert again.status == 422 and [field["code"] for field in again.body["fields"]] == ["form.unknown_file"]
    assert lukas.get(f"/requests/{request}/attachments/{file}").raw == pdf(b"mine")
    hidden = greta.get(f"/requests/{request}/attachments/{file}")
    nothing = greta.get(f"/requests/IT-99999/attachments/{file}")
    assert (hidden.status, hidden.code) == (nothing.status, nothing.code) == (404, "request.not_found")
    elsewhere = lin.raise_request("it.everything", {"what": "A thing", "parts": ["one"]}).body["number"]
    missing = lin.get(f"/requests/{elsewhere}/attachments/{file}")
    assert (missing.status, missing.code) == (404, "attachment.unknown")


def test_a_file_is_for_those_who_may_read_its_field(desk, lin):
    lukas, priya = desk.person("lukas.hartwig"), desk.person("priya.raman")
    proof, secret = upload(lin, pdf(b"proof")).body["id"], upload(lin, b"secret", "attachment; filename=secret.txt").body["id"]
    request = everything(lin, proof=proof, secret=secret).body["number"]
    where = f"/requests/{request}/attachments"
    assert lukas.get(f"{where}/{proof}").raw == pdf(b"proof")
    for reader in (lin, priya):
        assert reader.get(f"{where}/{secret}").raw == b"secret"
    hidden, unknown = lukas.get(f"{where}/{secret}"), lukas.get(f"{where}/00000000-0000-4000-8000-000000000000")
    assert (hidden.status, hidden.body["detail"]) == (unknown.status, unknown.body["detail"])
    assert (hidden.status, hidden.code) == (404, "attachment.unknown")
    malformed = lukas.get(f"{where}/secret.txt")
    assert (malformed.status, malformed.code) == (404, "attachment.unknown")
    for path in (f"/requests/{request}", f"/requests/{request}/timeline"):
        assert b"secret.txt" not in lukas.get(path).raw and secret.encode() not in lukas.get(path).raw


def test_a_comment_carries_files(desk, lin):
    lukas, greta = desk.person("lukas.hartwig"), desk.person("greta.lorenz")
    request = everything(lin).body["number"]
    file = upload(lukas, PNG + b"a drawing", "attachment; filename=drawing.png").body["id"]
    sent = lukas.post(f"/requests/{request}/comments", {"text": "See the drawing.", "attachments": [file]})
    assert sent.status == 200, sent
    entry = next(entry for entry in lin.get(f"/requests/{request}/timeline").body["items"] if entry["kind"] == "commented")
    assert entry["files"] == [{"id": file, "name": "drawing.png", "size": 17, "media_type": "image/png"}]
    assert lin.get(f"/requests/{request}/attachments/{file}").raw == PNG + b"a drawing"
    assert greta.get(f"/requests/{request}/attachments/{file}").code == "request.not_found"
    for attachments in ([file], ["00000000-0000-4000-8000-000000000000"]):
        refused = lin.post(f"/requests/{request}/comments", {"text": "Mine.", "attachments": attachments})
        assert (refused.status, refused.code) == (422, "comment.unknown_file"), refused
    noted = lukas.post(
        f"/requests/{request}/comments",
        {"text": "Among us.", "audience": "internal", "attachments": [upload(lukas, pdf(b"x")).body["id"]]},
    )
    assert (noted.status, noted.code) == (422, "comment.note_files"), noted
    many = [upload(lin, pdf(b"x")).body["id"] for _ in range(11)]
    refused = lin.post(f"/requests/{request}/comments", {"text": "Many.", "attachments": many})
    assert (refused.status, refused.code) == (422, "comment.too_many_files"), refused


def test_files_go_up_and_down_on_the_command_line(desk, lin, tmp_path):
    photo = tmp_path / "ein Foto.png"
    photo.write_bytes(PNG + bytes(range(256)) * 4000)
    wrong = run(lin, "upload", str(photo), "--name", "desk.pdf")
    assert wrong.returncode == 1 and "attachment.other_content" in wrong.stderr, wrong
    plan = tmp_path / "plan"
    plan.write_bytes(pdf(b"A plan"))
    result = run(lin, "upload", str(plan), "--name", "desk.pdf")
    assert result.returncode == 0, result
    request = everything(lin, proof=result.stdout.strip()).body["number"]
    assert run(lin, "comment", request, "Two more.", "--file", str(photo), "--file", str(photo)).returncode == 0
    timeline = json.loads(run(lin, "timeline", request, "--json").stdout)["items"]
    files = next(entry for entry in timeline if entry["kind"] == "commented")["files"]
    assert [file["name"] for file in files] == ["ein Foto.png", "ein Foto.png"]
    copy = tmp_path / "copy.png"
    assert run(lin, "download", request, files[1]["id"], str(copy)).stdout == "1024008 octets saved.\n"
    assert copy.read_bytes() == photo.read_bytes()
    again = run(lin, "download", request, files[1]["id"], str(copy))
    assert again.returncode != 0 and "cannot be written" in again.stderr
    unknown = run(lin, "download", request, "00000000-0000-4000-8000-000000000000", str(tmp_path / "none"))
    assert unknown.returncode == 1 and not (tmp_path / "none").exists(), unknown


def test_a_reporter_without_a_name_attaches_files(desk, lin, server):
    lukas, mine = desk.person("lukas.hartwig"), "/api/v1/anonymous/request/attachments"
    raised = desk.anonymous().post("/anonymous/requests", {"type": "it.whisper", "form": {"what": "A thing"}}).body
    reporter, number = desk.reporter(raised["receipt"]), raised["number"]
    drawing, photo = (upload(reporter, content, path=mine).body["id"] for content in (pdf(b"drawing"), pdf(b"photo")))
    amended = reporter.post("/anonymous/request/amendments", {"form": {"drawing": drawing}})
    assert amended.status == 200, amended
    said = reporter.post("/anonymous/request/comments", {"text": "A photo.", "attachments": [photo]})
    assert said.status == 200, said
    for file, content in ((drawing, pdf(b"drawing")), (photo, pdf(b"photo"))):
        assert lukas.get(f"/requests/{number}/attachments/{file}").raw == content
        assert reporter.send("GET", f"{mine}/{file}").raw == content
    # Of who sent it there is the request, and nothing else.
    request = lukas.get(f"/requests/{number}").body["id"]
    assert {row["uploaded_by"] for row in server.rows(f"SELECT uploaded_by FROM bureau.attachment WHERE id IN ('{drawing}', '{photo}')")} == {request}
    # Another report, a person and a wrong receipt have none of it.
    raised = desk.anonymous().post("/anonymous/requests", {"type": "it.whisper", "form": {"what": "A thing"}}).body
    other, wrong = desk.reporter(raised["receipt"]), desk.reporter("A" * len(raised["receipt"]))
    unused = upload(reporter, pdf(b"unused"), path=mine).body["id"]
    stolen = other.post("/anonymous/request/comments", {"text": "Mine.", "attachments": [unused]})
    assert (stolen.status, stolen.code) == (422, "comment.unknown_file"), stolen
    stolen = everything(lin, proof=unused)
    assert stolen.status == 422, stolen
    assert other.send("GET", f"{mine}/{photo}").code == "attachment.unknown"
    assert reporter.send("GET", f"{mine}/{unused}").code == "attachment.unknown"
    assert wrong.send("GET", f"{mine}/{photo}").code == "request.not_found"
    refused = upload(wrong, b"x", path=mine)
    assert (refused.status, refused.code) == (404, "request.not_found"), refused


def test_an_upload_that_breaks_off_leaves_nothing(desk, lin, server):
    with socket.create_connection(("127.0.0.1", desk.port), timeout=60) as connection:
        connection.sendall(
            f"POST /api/v1/attachments HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {lin.token}\r\n"
            "Content-Disposition: attachment; filename=half.pdf\r\nContent-Length: 2000000\r\n\r\n".encode()
            + pdf(b"z" * 600_000)
        )
    found = lambda: server.rows("SELECT id FROM bureau.attachment WHERE name = 'half.pdf'")
    eventually(lambda: not found(), what="the clean-up")


SCANNER = """#!/bin/sh
content=$(cat)
case "$content" in
  *EICAR*) echo "It contains the test virus."; exit 1 ;;
  *CRASH*) kill -9 $$ ;;
  *ODD*) exit 3 ;;
esac
"""


def test_what_a_scanner_refuses_or_cannot_see_is_not_taken(tmp_path):
    program = tmp_path / "scanner"
    program.write_text(SCANNER)
    program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    with Desk(config=playground(tmp_path / "config"), settings=["--attachment-scanner", str(program)]).running() as desk:
        lin = desk.person("lin.zhao")
        assert upload(lin, pdf(b"harmless")).status == 201
        refused = upload(lin, pdf(b"X5O!EICAR-STANDARD"))
        assert (refused.status, refused.code) == (422, "attachment.harmful"), refused
        assert refused.body["detail"] == "This file is not taken: It contains the test virus."
        for content in [b"CRASH", b"ODD"]:
            assert upload(lin, pdf(content)).status == 503
        program.unlink()
        assert upload(lin, pdf(b"harmless")).status == 503
