"""What people choose for themselves: a time zone, what they are told, and lists that they come back to."""

import re
import urllib.parse

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import portal_desk, press


# Moments wherever a person reads them: in titles, in answers of all kinds, and in what is computed.
MEETING = """
title: {en: Meeting, de: Treffen}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  begins: {label: {en: Begins, de: Beginn}, type: datetime}
  others: {label: {en: Other times, de: Andere Zeiten}, type: list, of: {type: datetime}, optional: true}
  talks:
    label: {en: Talk, de: Vortrag}
    type: rows
    columns:
      slot: {label: {en: At, de: Um}, type: datetime}
  again: {label: {en: Begins again, de: Noch einmal}, type: datetime, value: begins}
steps:
  - task: hold
    title: {en: "Hold it at {{ begins }}", de: "Abhalten um {{ begins }}"}
    assign: team:it
    forever: true
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, meeting=MEETING) as desk:
        yield desk


def raised(desk, handle="lin.zhao", **more):
    form = {"reason": "A lamp", "kind": "office", "urgent": False, "items": [{"what": "Lamp", "price": "10", "count": 1}], **more}
    answer = desk.person(handle).raise_request("it.equipment", form)
    assert answer.status == 201, answer
    return answer.body["number"]


def save(page):
    return page.locator("form[action='/profile']").get_by_role("button", name=re.compile("^(Save|Speichern)$"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_moments_are_shown_in_the_zone_that_somebody_chose(windows, desk, script):
    number = raised(desk, handover="2031-07-01T10:00:00Z")
    page = windows("lin.zhao", "/profile", script=script).page
    assert "Time zone: as the organisation, Europe/Berlin" in page.locator("main").inner_text()
    press(page.get_by_role("link", name="Choose a time zone"))
    page.get_by_label("Time zone", exact=True).select_option(label="Kolkata")
    press(page.get_by_role("button", name="Save"))
    assert "Time zone: Asia/Kolkata" in page.locator("main").inner_text()
    page.goto(f"/requests/{number}")
    assert "15:30" in page.locator("aside").inner_text()
    page.goto("/services/it.equipment")
    assert "Asia/Kolkata" in page.locator("[data-field='f.handover']").inner_text()
    # Others read it in theirs; the moment is the same.
    other = windows("anke.reuter", f"/requests/{number}").page
    assert "15:30" not in other.locator("aside").inner_text()
    assert desk.person("lin.zhao").show(number).body["version"] == desk.person("anke.reuter").show(number).body["version"]
    page.goto("/profile/time-zone")
    assert page.get_by_label("Time zone", exact=True).input_value() == "Asia/Kolkata"
    page.get_by_label("Time zone", exact=True).select_option("organisation")
    press(page.get_by_role("button", name="Save"))
    assert desk.person("lin.zhao").get("/me/preferences").body["time_zone"] is None


def test_every_moment_that_somebody_reads_goes_by_their_zone(windows, desk):
    priya = desk.person("priya.raman")
    form = {"begins": "2031-07-01T10:00:00Z", "others": ["2031-07-02T10:00:00Z"], "talks": [{"slot": "2031-07-03T10:00:00Z"}]}
    number = desk.person("lin.zhao").raise_request("it.meeting", form).body["number"]
    priya.await_work("hold", number)
    priya.send("PUT", "/api/v1/me/preferences", body={"time_zone": "Asia/Kolkata", "off": []})
    try:
        page = windows("priya.raman", "/inbox").page
        row = page.locator(".list > li", has_text=number)
        assert "Hold it at 1 July 2031, 15:30" in row.inner_text()
        row.locator(".choose").check()
        press(page.get_by_role("button", name="Take what is chosen"))
        assert "Hold it at 1 July 2031, 15:30" in page.locator("main").inner_text()
        page.goto("/")
        assert "Hold it at 1 July 2031, 15:30" in page.locator("[data-part=waiting]").inner_text()
        assert priya.step(number, "hold", "claim").status == 200
        assert priya.step(number, "hold", "complete").status == 200
        eventually(lambda: priya.show(number).body["phase"] == "closed", what="the end")
        page.goto(f"/requests/{number}")
        read = page.locator("main").inner_text()
        for text in ["Hold it at 1 July 2031, 15:30", "2 July 2031, 15:30", "3 July 2031, 15:30"]:
            assert text in read, text
        assert "12:00" not in read and "10:00" not in read
        # What programs read stays as it was: the organisation's zone.
        assert "12:00" in priya.show(number).body["steps"][0]["title"]
        # Somebody else reads it in the organisation's.
        other = windows("lin.zhao", f"/requests/{number}").page.locator("main").inner_text()
        assert "1 July 2031, 12:00" in other and "2 July 2031, 12:00" in other and "15:30" not in other
    finally:
        priya.send("PUT", "/api/v1/me/preferences", body={"time_zone": None, "off": []})


def test_what_is_entered_is_meant_in_that_zone(windows, desk):
    desk.person("omar.haddad").send("PUT", "/api/v1/me/preferences", body={"time_zone": "Asia/Kolkata", "off": []})
    number = raised(desk, "omar.haddad", handover="2031-07-01T10:00:00Z")
    page = windows("omar.haddad", f"/requests/{number}").page
    before = {field["id"]: field["value"] for field in desk.person("omar.haddad").show(number).body["fields"]}
    page.goto("/services/it.equipment")
    page.get_by_label("What is it for?").fill("A zone")
    page.get_by_label("In the office").check()
    page.locator("[id='f.items[0].what']").fill("Lamp")
    page.locator("[id='f.items[0].price']").fill("10")
    page.locator("[id='f.items[0].count']").fill("1")
    page.locator("[data-field='f.urgent']").get_by_label("No").check()
    page.get_by_label("Handed over at").fill("2031-07-01T15:30")
    press(page.get_by_role("button", name="Send"))
    made = page.url.rsplit("/", 1)[1]
    after = {field["id"]: field["value"] for field in desk.person("omar.haddad").show(made).body["fields"]}
    assert after["handover"] == before["handover"] == "2031-07-01T10:00:00Z"


def test_a_zone_that_there_is_not_is_said_on_the_page(windows, desk):
    page = windows("lin.zhao", "/profile/time-zone").page
    # Only a list that somebody has changed offers one.
    page.evaluate("document.getElementById('time_zone').append(new Option('Olympus', 'Mars/Olympus'))")
    page.get_by_label("Time zone", exact=True).select_option("Mars/Olympus")
    press(page.get_by_role("button", name="Save"))
    assert "There is no time zone Mars/Olympus" in page.locator(".errors").inner_text()
    assert desk.person("lin.zhao").get("/me/preferences").body["time_zone"] is None


def test_somebody_says_what_they_want_to_be_told(windows, desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = raised(desk)
    page = windows("lin.zhao", "/profile").page
    page.get_by_label("Deutsch").check()
    press(save(page))
    assert "erfahren Sie in jedem Fall" in page.locator("main").inner_text()
    page.get_by_label("Jemand hat kommentiert").uncheck()
    press(page.locator("form[action='/profile/notifications']").get_by_role("button"))
    assert not page.get_by_label("Jemand hat kommentiert").is_checked()
    assert lin.get("/me/preferences").body["off"] == ["commented"]
    assert anke.post(f"/requests/{number}/comments", {"text": "Quietly"}).status == 200
    # What is told of a request later has come when the comment would have.
    anke.await_work("agree", number)
    assert anke.step(number, "agree", "reject").status == 200
    told = lambda: [row["kind"] for row in lin.get("/notifications").body["items"] if row["number"] == number]
    eventually(lambda: "closed" in told(), what="the end")
    assert "commented" not in told()
    page.get_by_label("Jemand hat kommentiert").check()
    press(page.locator("form[action='/profile/notifications']").get_by_role("button"))
    assert lin.get("/me/preferences").body["off"] == []


def test_what_somebody_waits_for_nobody_does_without(desk):
    lin = desk.person("lin.zhao")
    before = lin.get("/me/preferences").body
    for kind, code in [("handed_over", "preferences.needed_kind"), ("break_glass", "preferences.needed_kind"),
                       ("stranded", "preferences.needed_kind"), ("gossip", "preferences.unknown_kind")]:
        answer = lin.send("PUT", "/api/v1/me/preferences", body={"off": ["closed", kind]})
        assert answer.status == 422 and answer.code == code, answer
    answer = lin.send("PUT", "/api/v1/me/preferences", body={"off": [], "time_zone": "../../etc/passwd"})
    assert answer.status == 422 and answer.code == "preferences.unknown_zone"
    assert lin.get("/me/preferences").body == before


def test_the_command_says_and_keeps_what_somebody_chose(desk):
    omar = desk.person("omar.haddad")
    said = omar.command("preferences", "--time-zone", "Europe/Lisbon", "--off", "closed").stdout
    assert "Moments are shown in Europe/Lisbon." in said and "off closed" in said
    assert "on  closed" in omar.command("preferences", "--on", "closed").stdout
    assert omar.get("/me/preferences").body["time_zone"] == "Europe/Lisbon"
    assert "organisation" in omar.command("preferences", "--time-zone", "organisation").stdout


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_list_is_saved_under_a_name_and_found_again(windows, desk, script):
    page = windows("priya.raman", "/inbox", script=script).page
    views = page.locator(".views")
    assert views.get_by_text(re.compile("Save this view|Diese Ansicht speichern")).count() == 0
    page.goto("/inbox?kind=approval&mine=true")
    views.locator("summary").click()
    page.locator("#view-name").fill(" ")
    press(views.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    assert page.locator(".errors").count() == 1 and page.locator("#view-name").is_visible()
    assert page.locator("select#kind").input_value() == "approval" and page.locator("#mine").is_checked()
    page.locator("#view-name").fill("Mine <b>to</b> approve")
    press(views.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    assert page.url.endswith("/inbox?kind=approval&mine=true")
    link = page.get_by_role("navigation", name="Saved views").get_by_role("link", name="Mine <b>to</b> approve")
    assert link.get_attribute("aria-current") == "true"
    page.goto("/inbox")
    press(link)
    assert page.url.endswith("/inbox?kind=approval&mine=true")
    press(views.get_by_role("button", name=re.compile("Delete this view|Diese Ansicht löschen")))
    assert page.url.endswith("/inbox") and link.count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_view_is_renamed_and_one_tap_away(windows, desk, script):
    lin = desk.person("lin.zhao")
    for name, filters in [("To decide", {"kind": "approval"}), ("Tasks", {"kind": "task"})]:
        assert lin.post("/me/views", {"list": "inbox", "name": name, "filters": filters}).status == 201
    assert lin.post("/me/views", {"list": "requests", "name": "Tasks", "filters": {"phase": "open"}}).status == 201
    page = windows("lin.zhao", width=320, script=script).page
    kept = page.get_by_role("navigation", name="Saved views")
    assert kept.get_by_role("link").all_inner_texts() == ["Inbox: Tasks", "To decide", "My requests: Tasks"]
    # In sight without scrolling.
    assert kept.bounding_box()["y"] < 500
    press(kept.get_by_role("link", name="To decide"))
    assert page.url.endswith("/inbox?kind=approval")
    page.get_by_text("Rename this view").click()
    assert page.get_by_label("Name of the view").input_value() == "To decide"
    page.get_by_label("Name of the view").fill("Tasks")
    press(page.locator(".views").get_by_role("button", name="Rename"))
    assert "Another view of that list has this name." in page.locator(".errors").inner_text()
    assert page.get_by_label("Name of the view").input_value() == "Tasks"
    page.get_by_label("Name of the view").fill("To <i>decide</i> soon")
    press(page.locator(".views").get_by_role("button", name="Rename"))
    assert page.url.endswith("/inbox?kind=approval")
    assert kept.get_by_role("link", name="To <i>decide</i> soon").get_attribute("aria-current") == "true"
    for view in lin.get("/me/views").body["views"]:
        assert lin.send("DELETE", f"/api/v1/me/views/{view['id']}").status == 204
    # Deleted elsewhere meanwhile.
    page.get_by_text("Rename this view").click()
    press(page.locator(".views").get_by_role("button", name="Rename"))
    assert page.locator("h1").inner_text() == "There is no such page"
    page.goto("/")
    assert kept.count() == 0


def test_the_command_saves_shows_renames_and_deletes_views(desk):
    jonas = desk.person("jonas.brandt")
    assert "You have saved no views." in jonas.command("view").stdout
    assert "saved" in jonas.command("view", "save", "My tasks", "--kind", "task", "--mine").stdout
    assert "saved" in jonas.command("view", "save", "My tasks", "--list", "requests", "--phase", "open").stdout
    lines = jonas.command("view", "list").stdout.splitlines()
    assert len(lines) == 3 and "kind=task mine=true" in lines[1] and "phase=open" in lines[2]
    number = raised(desk, "jonas.brandt")
    shown = jonas.command("view", "show", "My tasks", "--list", "requests").stdout
    assert number in shown
    refused = jonas.command("view", "show", "My tasks", check=False)
    assert refused.returncode == 2 and "--list inbox or --list requests" in refused.stderr
    assert "Open ones" in jonas.command("view", "rename", "My tasks", "Open ones", "--list", "requests").stdout
    assert "Nothing waits" in jonas.command("view", "show", "My tasks").stdout
    missing = jonas.command("view", "rename", "Lost", "Found", check=False)
    assert missing.returncode == 1 and "no view “Lost”" in missing.stderr
    bad = jonas.command("view", "save", "Bad", "--phase", "open", check=False)
    assert bad.returncode == 1 and "views.bad_filter" in bad.stderr
    for view in jonas.get("/me/views").body["views"]:
        assert "forgotten" in jonas.command("view", "delete", view["id"]).stdout
    assert jonas.get("/me/views").body["views"] == []


def test_views_of_requests_in_german_and_nobody_else_s(windows, desk):
    page = windows("mei.tanaka", "/requests?phase=open", language="de-DE").page
    page.goto("/profile")
    page.get_by_label("Deutsch").check()
    press(save(page))
    page.goto("/requests?phase=open")
    page.get_by_text("Diese Ansicht speichern").click()
    page.get_by_label("Name der Ansicht").fill("Was noch läuft")
    press(page.locator(".views").get_by_role("button", name="Speichern"))
    assert page.get_by_role("navigation", name="Gespeicherte Ansichten").inner_text().strip() == "Was noch läuft"
    mine = desk.person("mei.tanaka").get("/me/views").body["views"]
    assert [(view["list"], view["filters"]) for view in mine] == [("requests", {"phase": "open"})]
    other = windows("lin.zhao", "/requests?phase=open").page
    assert "Was noch läuft" not in other.content()
    lin = desk.person("lin.zhao")
    assert lin.send("DELETE", f"/api/v1/me/views/{mine[0]['id']}").code == "views.unknown"
    for body, code in [({"list": "inbox", "name": "x", "filters": {"phase": "open"}}, "views.bad_filter"),
                       ({"list": "inbox", "name": "\u202e"}, "views.bad_name")]:
        assert lin.post("/me/views", body).code == code
    for number in range(20):
        assert lin.post("/me/views", {"list": "inbox", "name": str(number)}).status == 201
    assert lin.post("/me/views", {"list": "inbox", "name": "too many"}).code == "views.too_many"


def test_other_sites_change_nothing_of_it(desk):
    anke = desk.sign_in("anke.reuter")
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": anke.cookie}
    bodies = {"/profile/time-zone": {"time_zone": "UTC"}, "/profile/notifications": {}, "/views/inbox": {"name": "x"},
              "/views/inbox/rename": {"name": "x"}}
    for site in ("cross-site", "same-origin"):
        for path, fields in bodies.items():
            raw = urllib.parse.urlencode({**fields, "csrf": "guessed"}).encode()
            desk.anonymous().send("POST", path, raw=raw, headers={**form, "Sec-Fetch-Site": site})
    chosen = desk.person("anke.reuter").get("/me/preferences").body
    assert chosen["time_zone"] is None and chosen["off"] == []
    assert desk.person("anke.reuter").get("/me/views").body["views"] == []
    body = urllib.parse.urlencode({"csrf": anke.session["csrf_token"], "name": "x"}).encode()
    answer = desk.anonymous().send("POST", "/views/secrets", raw=body, headers={**form, "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 404


def test_none_of_it_shuts_anybody_out(windows, desk):
    found = []
    kwame = desk.person("kwame.boateng")
    assert kwame.post("/me/views", {"list": "inbox", "name": "A" * 60, "filters": {"kind": "task"}}).status == 201
    for theme in ("light", "dark"):
        page = windows("kwame.boateng", theme=theme, width=320).page
        for path in ["/profile", "/profile/time-zone", "/inbox?kind=task", "/inbox?kind=approval", "/requests?phase=closed"]:
            page.goto(path)
            for summary in page.locator(".views summary").all():
                summary.click()
            found += violations(page, path)
            assert not scrolls_sideways(page), path
            check_html(page.content(), path)
    assert found == []
