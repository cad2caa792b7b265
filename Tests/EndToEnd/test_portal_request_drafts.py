"""What somebody begins to write about a request is not lost when they leave its page: the form of a task, a change, a comment."""

import re

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import portal_desk, press, seen
from test_portal_kept import in_german, text

REPAIR = """
title: {en: Repair, de: Reparatur}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
  place: {label: {en: Where?, de: Wo?}, type: text}
amend:
  what: {by: [requester]}
  place: {by: [requester]}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - task: look
    title: {en: Look at it, de: Ansehen}
    assign: team:it
    form:
      found: {label: {en: What is wrong?, de: Was fehlt?}, type: long_text}
      paper: {label: {en: A paper, de: Ein Papier}, type: file, optional: true}
    edit: [place]
    forever: true
  - task: mend
    after: look
    assign: team:it
    forever: true
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, repair=REPAIR) as desk:
        yield desk


def raised(desk, handle="lin.zhao"):
    answer = desk.person(handle).raise_request("it.repair", {"what": "A lamp", "place": "B 2.17"})
    assert answer.status == 201, answer
    return answer.body["number"]


def drafts(desk, handle):
    return desk.person(handle).get("/me/drafts").body["items"]


def kept(desk, handle, number, part, form):
    path = f"/requests/{number}/drafts/{part}"
    eventually(lambda: desk.person(handle).get(path).body.get("form") == form, what=f"a draft with {form}")


def test_the_form_of_a_task_is_kept_while_it_is_typed(windows, desk):
    number = raised(desk)
    page = english(windows("lukas.hartwig", "/"), f"/requests/{number}/steps/look/complete")
    assert "It holds no answers to: A paper." in text(page)
    assert page.locator(".top [aria-current=page]").inner_text().startswith("Inbox"), "what they came from"
    page.locator("#f\\.found").fill("The cable is")
    kept(desk, "lukas.hartwig", number, "complete:look", {"found": "The cable is"})
    # Somebody changes meanwhile what the form shows and the draft does not change.
    lin = desk.person("lin.zhao")
    assert lin.post(f"/requests/{number}/amendments", {"form": {"place": "C 1.01"}}).status == 200
    # On another day.
    other = english(windows("lukas.hartwig", "/"), "/")
    section = other.locator("section.drafts")
    assert "Look at it" in section.inner_text() and number in section.inner_text()
    check_html(other.content(), other.url)
    assert violations(other, "home with the draft of a task") == []
    press(section.get_by_role("link"))
    assert "This is your draft, last changed" in text(other)
    assert other.locator("#f\\.found").input_value() == "The cable is"
    assert other.locator("#f\\.place").input_value() == "C 1.01", "nobody's change is taken back"
    check_html(other.content(), other.url)
    assert violations(other, "the draft of a task") == []
    assert drafts(desk, "lin.zhao") == []
    other.locator("#f\\.found").fill("The cable is cut")
    press(other.locator("form[data-keep] button.primary"))
    # As from a window that had stayed open: what happened meanwhile is told first.
    assert other.locator(".conflict").count() == 1
    press(other.locator("form[data-keep] button.primary"))
    assert other.url.endswith(f"/requests/{number}"), text(other)
    assert drafts(desk, "lukas.hartwig") == []
    # The window that still has the form learns that it is over.
    page.locator("#f\\.found").fill("The cable is not")
    said = page.locator("[data-kept]")
    eventually(lambda: "Kept" not in said.inner_text(), what="what became of it")
    assert len(said.inner_text()) > 10 and drafts(desk, "lukas.hartwig") == []


def test_a_change_is_kept_without_what_it_leaves_as_it_is(windows, desk):
    number = raised(desk)
    page = windows("lin.zhao", f"/requests/{number}/amend", script=False).page
    press(page.get_by_role("button", name="Keep as a draft"))
    assert "There is nothing to keep yet." in text(page)
    page.get_by_label("What?").fill("A <b>desk</b>")
    press(page.get_by_role("button", name="Keep as a draft"))
    assert page.url == f"{desk.url}/" and "Change Repair" in page.locator("section.drafts").inner_text()
    kept(desk, "lin.zhao", number, "amend", {"what": "A <b>desk</b>"})
    press(page.locator("section.drafts").get_by_role("link", name="Change Repair"))
    assert page.get_by_label("What?").input_value() == "A <b>desk</b>"
    check_html(page.content(), page.url)
    assert violations(page, "the draft of a change, without script") == []
    press(page.get_by_role("button", name="Start anew"))
    press(page.get_by_role("button", name="Start anew"))
    assert page.get_by_label("What?").input_value() == "A lamp" and drafts(desk, "lin.zhao") == []


def test_a_comment_that_is_half_written_is_there_again(windows, desk):
    number = raised(desk)
    window = windows("lin.zhao", f"/requests/{number}")
    page = window.page
    page.locator("#comment").fill("When will")
    page.locator("[data-kept]", has_text="Kept as a draft.").wait_for()
    # What others do leaves it alone, and goes on being kept.
    said = desk.person("lukas.hartwig").post(f"/requests/{number}/comments", {"text": "We look at it"})
    assert said.status == 200
    page.get_by_text("We look at it").wait_for()
    assert page.locator("#comment").input_value() == "When will"
    page.locator("#comment").fill("When will it be")
    kept(desk, "lin.zhao", number, "comment", {"comment": "When will it be"})
    other = windows("lin.zhao", "/").page
    press(other.locator("section.drafts").get_by_role("link", name="Comment on Repair"))
    assert other.url.endswith(f"/requests/{number}#comment")
    assert other.locator("#comment").input_value() == "When will it be"
    assert "This is your draft" in text(other)
    check_html(other.content(), other.url)
    assert violations(other, "a request with a draft") == []
    other.locator("#comment").fill("When will it be done?")
    press(other.get_by_role("button", name="Comment", exact=True))
    assert other.locator("#comment").input_value() == "" and "When will it be done?" in text(other)
    assert drafts(desk, "lin.zhao") == []
    # The older window still has its words, and is told.
    assert page.locator("#comment").input_value() == "When will it be"
    page.locator("#comment").fill("When will it be?")
    page.locator("[data-kept]", has_text="This was sent already").wait_for()
    press(page.get_by_role("button", name="Keep as a draft"))
    assert page.locator("#comment").input_value() == "When will it be?" and drafts(desk, "lin.zhao") == []
    press(page.get_by_role("button", name="Keep as a draft"))
    kept(desk, "lin.zhao", number, "comment", {"comment": "When will it be?"})


def test_without_script_a_button_keeps_a_note_for_its_writer_alone(windows, desk):
    number = raised(desk)
    page = english(windows("lukas.hartwig", "/", script=False), f"/requests/{number}")
    page.locator("#comment").fill("Between us")
    press(page.get_by_role("button", name="Keep as a draft"))
    assert page.locator("#comment").input_value() == "Between us"
    assert "Between us" not in windows("lin.zhao", f"/requests/{number}").page.content()
    press(page.get_by_role("button", name=re.compile("[Nn]ote")))
    assert page.locator("#comment").input_value() == "" and drafts(desk, "lukas.hartwig") == []
    assert "Between us" not in windows("lin.zhao", f"/requests/{number}").page.content()


def test_in_german_on_a_telephone(windows, desk):
    number = raised(desk, "carla.mendes")
    page = in_german(windows("carla.mendes", "/", width=320, height=700, theme="dark").page)
    page.goto(f"/requests/{number}")
    page.locator("#comment").fill("Wann ist")
    page.locator("[data-kept]", has_text="Der Entwurf ist gespeichert.").wait_for()
    page.goto("/")
    assert "Kommentar zu Reparatur" in page.locator("section.drafts").inner_text()
    assert not scrolls_sideways(page)
    press(page.locator("section.drafts").get_by_role("link"))
    assert "Das ist Ihr Entwurf" in text(page) and not scrolls_sideways(page)
    assert violations(seen(page), "a request with a draft, dark, 320 px") == []


def english(window, address):
    """The page as those read it whose profile says German."""
    page = window.page
    page.goto("/profile")
    page.get_by_label("English").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")).first)
    page.goto(address)
    return page
