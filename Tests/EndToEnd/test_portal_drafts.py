"""A form that somebody leaves is not lost: it is kept as they type, or by its button, for them alone."""

import re

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import portal_desk, press, seen
from test_portal_kept import in_german, text

SECRET = """
title: {en: Pay rise, de: Gehaltserhöhung}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  reason: {label: {en: Why?, de: Warum?}, type: long_text}
  pay: {label: {en: How much?, de: Wie viel?}, type: money, optional: true, sensitive: team:hr-payroll}
  proof: {label: {en: A paper, de: Ein Papier}, type: file, optional: true}
steps:
  - task: look
    assign: team:it
    forever: true
"""
SHORTER = """
title: {en: Pay rise, de: Gehaltserhöhung}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  why: {label: {en: Why?, de: Warum?}, type: long_text}
  amount: {label: {en: How much?, de: Wie viel?}, type: money, optional: true}
steps:
  - task: look
    assign: team:it
    forever: true
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, rise=SECRET, rise_soon=SECRET) as desk:
        yield desk


def drafts(desk, handle):
    return desk.person(handle).get("/me/drafts").body["items"]


def kept(desk, handle, type, **form):
    """Waits until the draft holds that."""

    def holds():
        answer = desk.person(handle).get(f"/me/drafts/{type}")
        return answer.status == 200 and {name: answer.body["form"].get(name) for name in form} == form

    eventually(holds, what=f"a draft with {form}")


def test_what_is_typed_is_kept_while_it_is_typed(windows, desk):
    page = windows("lin.zhao", "/services/it.equipment").page
    page.get_by_label("What is it for?").fill("A lamp")
    page.locator("[data-kept]", has_text="Kept as a draft.").wait_for()
    page.get_by_label("On a trip").check()
    page.get_by_label("When does the trip end?").fill("2031-05-06")
    page.get_by_label("Price").fill("12.50")
    page.get_by_label("Handed over at").fill("2031-05-07T09:30")
    page.get_by_label("Marks").fill("one\ntwo")
    page.get_by_label("A bag").check()
    page.get_by_label("Shared with").fill("Anke Reuter")
    kept(desk, "lin.zhao", "it.equipment", trip_ends="2031-05-06", colleague="Anke Reuter", marks=["one", "two"])
    # In another window, on another day.
    other = windows("lin.zhao", "/").page
    section = other.locator("section.drafts")
    assert "Equipment" in section.inner_text() and "Not sent yet" in section.inner_text()
    check_html(other.content(), other.url)
    assert violations(other, "home with a draft") == []
    press(section.get_by_role("link", name="Equipment"))
    assert "This is your draft, last changed" in text(other)
    values = {
        "What is it for?": "A lamp", "When does the trip end?": "2031-05-06", "Price": "12.50", "Marks": "one\ntwo",
        "Handed over at": "2031-05-07T09:30", "Shared with": "Anke Reuter",
    }
    for label, value in values.items():
        assert other.get_by_label(label).input_value() == value, label
    assert other.get_by_label("On a trip").is_checked() and other.get_by_label("A bag").is_checked()
    assert other.locator(".error").count() == 0, "nothing is wrong before it is sent"
    check_html(other.content(), other.url)
    assert violations(other, "a form that was kept") == []
    # Nobody else has it.
    assert drafts(desk, "anke.reuter") == []
    # Sending ends it.
    other.get_by_label("What?").fill("Lamp")
    other.get_by_label("How many?").fill("1")
    other.locator("[data-field='f.urgent']").get_by_label("No").check()
    press(other.get_by_role("button", name="Send"))
    assert "/requests/" in other.url, text(other)
    assert drafts(desk, "lin.zhao") == []
    # The window that still has the form brings back no draft of what was sent with it.
    page.get_by_label("Anything else?").fill("More")
    page.locator("[data-kept]", has_text="This was sent already").wait_for()
    assert drafts(desk, "lin.zhao") == []
    # Its button asks first, as sending would; pressed again, it keeps what was entered since.
    press(page.get_by_role("button", name="Keep as a draft"))
    assert "This was sent already" in text(page) and page.get_by_label("Anything else?").input_value() == "More"
    press(page.get_by_role("button", name="Keep as a draft"))
    kept(desk, "lin.zhao", "it.equipment", notes="More")
    assert desk.person("lin.zhao").send("DELETE", "/api/v1/me/drafts/it.equipment").status == 204


def test_without_script_a_button_keeps_it(windows, desk):
    window = windows("omar.haddad", "/services/it.equipment", script=False)
    page = window.page
    press(page.get_by_role("button", name="Keep as a draft"))
    assert "There is nothing to keep yet." in text(page)
    page.get_by_label("What is it for?").fill("A <b>desk</b>")
    page.get_by_label("Price").fill("lots")
    press(page.get_by_role("button", name="Keep as a draft"))
    assert "Not sent yet" in text(page) and page.url == f"{desk.url}/"
    press(page.locator("section.drafts").get_by_role("link", name="Equipment"))
    assert page.get_by_label("What is it for?").input_value() == "A <b>desk</b>"
    assert page.get_by_label("Price").input_value() == "lots", "what is wrong is kept, too"
    check_html(page.content(), page.url)
    press(page.get_by_role("button", name="Start anew"))
    assert "Remove your draft of “Equipment”?" in text(page)
    check_html(page.content(), page.url)
    press(page.get_by_role("link", name="Back to Equipment"))
    assert page.get_by_label("What is it for?").input_value() == "A <b>desk</b>", "it was only a question"
    press(page.get_by_role("button", name="Start anew"))
    press(page.get_by_role("button", name="Start anew"))
    assert page.get_by_label("What is it for?").input_value() == "" and "your draft" not in text(page)
    page.get_by_label("What is it for?").fill("A chair")
    press(page.get_by_role("button", name="Keep as a draft"))
    press(page.locator("section.drafts").get_by_role("button", name=re.compile("^Remove")))
    assert len(drafts(desk, "omar.haddad")) == 1
    press(page.get_by_role("button", name="Remove"))
    assert page.url == f"{desk.url}/" and page.locator("section.drafts").count() == 0
    assert drafts(desk, "omar.haddad") == []


def test_a_draft_that_waits_while_its_session_ends_is_not_lost(windows, desk):
    window = windows("lin.zhao", "/services/it.quick")
    page = window.page
    page.get_by_label("What?").fill("Before")
    kept(desk, "lin.zhao", "it.quick", what="Before")
    window.context.clear_cookies()
    page.get_by_label("What?").fill("Afterwards")
    page.locator("[data-kept]", has_text="not being kept").wait_for()
    press(page.get_by_role("button", name="Send"))
    page.select_option("select[name=handle]", "lin.zhao")
    press(page.get_by_role("button", name="Sign in"))
    assert page.get_by_label("What?").input_value() == "Afterwards"
    press(page.get_by_role("button", name="Send"))
    assert drafts(desk, "lin.zhao") == []


def test_what_is_sensitive_and_files_are_not_kept_and_the_form_says_so(windows, desk):
    page = windows("priya.raman", "/services/it.rise", script=False).page
    assert "It holds no answers to: How much?, A paper." in text(page)
    page.get_by_label("How much?").fill("1000")
    page.get_by_label("A paper").set_input_files(files=[{"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}])
    press(page.get_by_role("button", name="Keep as a draft"))
    assert "There is nothing to keep yet." in text(page) and drafts(desk, "priya.raman") == []
    page.get_by_label("Why?").fill("It is time")
    press(page.get_by_role("button", name="Keep as a draft"))
    assert drafts(desk, "priya.raman")[0]["form"] == {"reason": "It is time"}
    page.goto("/services/it.rise")
    assert page.get_by_label("How much?").input_value() == "" and page.locator("[data-files] li").count() == 0


def test_what_may_be_said_without_a_name_leaves_no_draft(windows, desk):
    page = windows("priya.raman", "/services/it.whisper").page
    assert page.get_by_role("button", name="Keep as a draft").count() == 0
    assert page.locator("form[data-keep='']").count() == 1
    answer = desk.person("priya.raman").send("PUT", "/api/v1/me/drafts/it.whisper", body={"form": {"what": "x"}})
    assert (answer.status, answer.code) == (409, "drafts.anonymous")


def test_a_form_that_changed_meanwhile_keeps_what_fits(windows, desk):
    ruben = desk.person("ruben.castro")
    body = {"form": {"reason": "It is time", "why": "nothing asks this yet"}}
    assert ruben.send("PUT", "/api/v1/me/drafts/it.rise_soon", body=body).body["form"] == {"reason": "It is time"}
    path = desk.config / "departments" / "it" / "requests" / "rise_soon.yaml"
    path.write_text(SHORTER)
    files = {str(file.relative_to(desk.config)): file.read_text() for file in (desk.config / "departments/it").rglob("*.yaml")}
    applied = desk.person("tobias.lindner").send(
        "PUT", "/api/v1/configuration/departments/it", body=files, headers={"If-Match": "*"})
    assert applied.status == 200, applied
    eventually(lambda: not drafts(desk, "ruben.castro")[0]["whole"], what="the new form")
    page = windows("ruben.castro", "/services/it.rise_soon").page
    assert "The form has changed since then" in text(page)
    assert page.get_by_label("Why?").input_value() == ""


def test_in_german_on_a_telephone(windows, desk):
    window = windows("carla.mendes", "/", width=320, height=700, theme="dark")
    page = in_german(window.page)
    page.goto("/services/it.equipment")
    page.get_by_label("Wofür?").fill("Eine Lampe")
    page.get_by_label("Preis").fill("1.250,50")
    page.locator("[data-kept]", has_text="Der Entwurf ist gespeichert.").wait_for()
    kept(desk, "carla.mendes", "it.equipment", reason="Eine Lampe")
    assert not scrolls_sideways(page)
    page.goto("/")
    assert "Noch nicht gesendet" in text(page)
    assert not scrolls_sideways(page)
    assert violations(page, "home with a draft, dark, 320 px") == []
    press(page.locator("section.drafts").get_by_role("link", name="Ausstattung"))
    assert "Das ist Ihr Entwurf" in text(page)
    assert page.get_by_label("Preis").input_value() == "1250,50"
    assert not scrolls_sideways(page)
    assert violations(seen(page), "a draft, dark, 320 px") == []


def sign_in_as(page, handle):
    page.select_option("select[name=handle]", handle)
    press(page.get_by_role("button", name="Sign in"))


def raised_by(desk, handle):
    return len(desk.person(handle).get("/requests?mine=true&limit=200").body["items"])


def test_what_somebody_typed_is_neither_shown_to_nor_sent_by_the_next_one(windows, desk):
    """On one browser, after another signed in: from a page that was left open, and by the sign-in that keeps what was typed."""
    before = raised_by(desk, "mei.tanaka")
    for way in ["another tab", "the sign-in"]:
        window = windows("lin.zhao", "/services/it.quick", script=False)
        page = window.page
        page.get_by_label("What?").fill("Lin's own words")
        if way == "another tab":
            other = window.context.new_page()
            other.goto("/")
            press(other.get_by_role("button", name="Sign out"))
            sign_in_as(other, "mei.tanaka")
            press(page.get_by_role("button", name="Send"))
        else:
            window.context.clear_cookies()
            press(page.get_by_role("button", name="Send"))
            sign_in_as(page, "mei.tanaka")
        assert "Nothing was sent" in text(page) and "somebody else was signed in" in text(page), way
        assert "own words" not in page.content()
    assert raised_by(desk, "mei.tanaka") == before and drafts(desk, "mei.tanaka") == []


def test_of_one_draft_in_two_windows_nothing_that_is_sent_is_lost(windows, desk):
    window = windows("omar.haddad", "/services/it.quick", script=False)
    page = window.page
    page.get_by_label("What?").fill("Once")
    press(page.get_by_role("button", name="Keep as a draft"))
    pages = [page, window.context.new_page()]
    for page in pages:
        page.goto("/services/it.quick")
        assert page.get_by_label("What?").input_value() == "Once"
    pages[1].get_by_label("What?").fill("And something else")
    before = raised_by(desk, "omar.haddad")
    for page in pages:
        press(page.get_by_role("button", name="Send"))
    assert "was sent before with something else" in text(pages[1])
    assert pages[1].get_by_label("What?").input_value() == "And something else"
    assert raised_by(desk, "omar.haddad") == before + 1
    press(pages[1].get_by_role("button", name="Send"))
    assert raised_by(desk, "omar.haddad") == before + 2


def test_an_older_window_takes_no_draft_away(windows, desk):
    window = windows("anke.reuter", "/services/it.quick")
    older = window.page
    newer = window.context.new_page()
    newer.goto("/services/it.quick")
    seen(newer)
    newer.locator("#f\\.what").fill("A long text of the newer window")
    kept(desk, "anke.reuter", "it.quick", what="A long text of the newer window")
    older.locator("#f\\.what").fill("x")
    older.locator("[data-kept]", has_text=re.compile("anderer Entwurf|Another draft")).wait_for()
    kept(desk, "anke.reuter", "it.quick", what="A long text of the newer window")
    press(older.locator("form[data-keep] button.primary"))
    kept(desk, "anke.reuter", "it.quick", what="A long text of the newer window")
    # Who starts anew while it is being kept has nothing kept; until they have answered, all of it.
    newer.reload()
    seen(newer)
    newer.locator("#f\\.what").fill("Away with it")
    press(newer.locator(".draft button"))
    kept(desk, "anke.reuter", "it.quick", what="Away with it")
    assert violations(newer, "a question about a draft") == []
    press(newer.locator("main .danger"))
    assert newer.locator("#f\\.what").input_value() == "" and drafts(desk, "anke.reuter") == []


def test_of_two_devices_on_one_draft_the_second_is_told_and_replaces_it_by_its_button(windows, desk):
    page = windows("hannah.friedel", "/services/it.quick").page
    page.locator("#f\\.what").fill("A lamp")
    kept(desk, "hannah.friedel", "it.quick", what="A lamp")
    devices = [windows("hannah.friedel", "/services/it.quick").page for _ in range(2)]
    for device in devices:
        assert device.locator("#f\\.what").input_value() == "A lamp"
    devices[1].locator("#f\\.what").fill("A red lamp")
    kept(desk, "hannah.friedel", "it.quick", what="A red lamp")
    told = re.compile("anderer Entwurf|Another draft")
    for other, typed in [(devices[0], "A blue lamp"), (page, "A green lamp")]:
        other.locator("#f\\.what").fill(typed)
        other.locator("[data-kept]", has_text=told).wait_for()
        kept(desk, "hannah.friedel", "it.quick", what="A red lamp")
        assert other.locator("#f\\.what").input_value() == typed
    press(devices[0].locator("button[value=keep]"))
    assert devices[0].url == f"{desk.url}/", "they were told already"
    kept(desk, "hannah.friedel", "it.quick", what="A blue lamp")


def test_without_script_a_button_asks_before_it_replaces_what_another_device_kept(windows, desk):
    pages = [windows("clara.weiss", "/services/it.quick", script=False).page for _ in range(2)]
    for page, typed in zip(pages, ["A lamp", "A desk"]):
        page.locator("#f\\.what").fill(typed)
        press(page.locator("button[value=keep]"))
    assert re.search("anderer Entwurf|Another draft", text(pages[1])) and pages[1].locator("#f\\.what").input_value() == "A desk"
    check_html(pages[1].content(), pages[1].url)
    kept(desk, "clara.weiss", "it.quick", what="A lamp")
    press(pages[1].locator("button[value=keep]"))
    kept(desk, "clara.weiss", "it.quick", what="A desk")


def test_the_api_replaces_the_version_that_was_seen(desk):
    jonas, path = desk.person("jonas.brandt"), "/api/v1/me/drafts/it.quick"
    first = jonas.send("PUT", path, body={"form": {"what": "A lamp"}})
    tag = {"If-Match": first.headers["ETag"]}
    second = jonas.send("PUT", path, body={"form": {"what": "A red lamp"}}, headers=tag)
    assert second.status == 200 and second.headers["ETag"] != first.headers["ETag"]
    late = jonas.send("PUT", path, body={"form": {"what": "A blue lamp"}}, headers=tag)
    assert (late.status, late.code, late.headers["ETag"]) == (412, "drafts.elsewhere", second.headers["ETag"])
    assert jonas.get("/me/drafts/it.quick").body["form"] == {"what": "A red lamp"}
    assert jonas.send("DELETE", path).status == 204
