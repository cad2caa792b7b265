"""Whoever has done their part of something confidential sees it no more: they are told that it is done, and not that there is nothing."""

import re

import pytest

from barriers import check_html, violations
from portal import portal_desk, press

QUIET = """
title: {en: Something quiet, de: Etwas Vertrauliches}
audience: [role:employee]
confidential: team:it
outcomes: {done: good, rejected: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
steps:
  - task: tell
    title: {en: Tell more, de: Mehr sagen}
    assign: manager_of(requester)
    fallback: team:it
    form:
      more: {label: {en: More, de: Mehr}, type: text}
    forever: true
  - approval: agree
    title: {en: Agree, de: Zustimmen}
    after: tell
    from: manager_of(requester)
    fallback: team:it
    need: any
    not: [requester]
    due: 2 working days
    on_overdue: {tell: role:employee}
    on_rejected: {end: rejected}
  - task: work
    title: {en: Do it, de: Tun}
    after: agree
    assign: team:it
    forever: true
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, quiet=QUIET) as desk:
        yield desk


def test_the_inbox_says_that_it_is_done(windows, desk):
    answer = desk.person("lin.zhao").raise_request("it.quiet", {"what": "Xanadu"})
    assert answer.status == 201, answer
    number = answer.body["number"]
    anke = desk.person("anke.reuter")
    anke.await_work("tell", number)
    page = windows("anke.reuter", f"/requests/{number}/steps/tell/complete").page
    page.locator("#f\\.more").fill("Nothing")
    press(page.get_by_role("button", name=re.compile("^(Complete|Erledigen)")).last)
    # The next step is hers, too: she still sees it.
    assert page.url.endswith(f"/requests/{number}"), page.url
    press(page.get_by_role("button", name=re.compile("^(Approve|Genehmigen)")).first)
    assert "/inbox?over=true" in page.url, page.url
    notice = page.locator("main").inner_text()
    assert "Ihr Teil an dieser Anfrage ist getan" in notice or "Your part in this request is over" in notice, notice
    assert number not in notice
    check_html(page.content(), page.url)
    assert violations(page, "the inbox afterwards") == []
    assert page.goto(f"/requests/{number}").status == 404
    assert anke.show(number).status == 404
