"""Cursors are opaque, but people can write their own: they find nothing that is not theirs and break nothing."""

import base64

import pytest

ID = "0192f0c1-2345-7abc-8def-0123456789ab"
LARGEST, SMALLEST = str(2**63 - 1), str(-(2**63))


def cursor(*parts):
    return base64.urlsafe_b64encode("\n".join(parts).encode()).decode().rstrip("=")


# What may be refused or answered with a page, but never otherwise.
INBOX = [
    (cursor("i1", LARGEST, LARGEST, ID, "decide"), 200),
    (cursor("i1", SMALLEST, SMALLEST, ID, "decide"), 200),
    (cursor("i1", "", "0", ID, "grant[ü]"), 200),
    (cursor("i1", "", "0", ID, "grant[\n]"), 200),
    (cursor("i1", "", "0", ID, "grant[\0]"), 422),
    (cursor("i1", "", "0", ID, ""), 422),
    (cursor("i1", "", "0", "HR-1", "decide"), 422),
    (cursor("i1", "1" * 40, "0", ID, "decide"), 422),
    (cursor("r1", ID), 422),
    (cursor("t1", "1"), 422),
    ("%00", 400),
    ("", 400),
    ("A" * 1001, 400),
]


@pytest.mark.parametrize("text,status", INBOX)
def test_an_inbox_survives_invented_cursors(desk, text, status):
    answer = desk.person("lin.zhao").get(f"/inbox?cursor={text}")
    assert answer.status == status, answer
    assert answer.code == {200: None, 400: "query.invalid", 422: "page.bad_cursor"}[status]


TIMELINE = [(LARGEST, 200), ("0", 200), ("-1", 422), ("9" * 30, 422), ("1.5", 422), ("", 422)]


@pytest.mark.parametrize("place,status", TIMELINE)
def test_a_timeline_survives_invented_cursors(desk, place, status):
    lin = desk.person("lin.zhao")
    form = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}
    number = lin.raise_request("it.incident", form).body["number"]
    answer = lin.get(f"/requests/{number}/timeline?cursor={cursor('t1', place)}")
    assert answer.status == status, answer


def test_an_invented_cursor_opens_no_list(desk):
    """The cursor says where a page begins, never whose it is."""
    lin, luca = desk.person("lin.zhao"), desk.person("luca.ferrante")
    form = {"subject": "A secret", "service": "network", "impact": "me", "urgent": False}
    raised = [lin.raise_request("it.incident", form).body["id"] for _ in range(3)]
    after = luca.get(f"/requests?cursor={cursor('r1', raised[-1])}")
    assert (after.status, after.body) == (200, {"items": [], "next": None})
    mine = lin.get(f"/requests?cursor={cursor('r1', raised[-1])}&limit=2")
    assert [item["id"] for item in mine.body["items"]] == [raised[1], raised[0]]


def test_pages_of_every_size_give_the_same_list(desk):
    lin = desk.person("lin.zhao")
    whole = [item["id"] for item in lin.get("/requests?limit=200").body["items"]]
    assert len(whole) >= 3
    for limit in [1, 2, 3, len(whole)]:
        found, page = [], lin.get(f"/requests?limit={limit}").body
        while True:
            found += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            assert len(page["items"]) == limit
            page = lin.get(f"/requests?limit={limit}&cursor={page['next']}").body
        assert found == whole
