"""The pages about the desk itself: one's own affairs, and what administrators, leads and auditors read."""

import json
import re
import urllib.parse

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import portal_desk, press

EQUIPMENT = {
    "reason": "A lamp", "kind": "office", "urgent": True, "items": [{"what": "Lamp", "price": "10", "count": 1}],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory) as desk:
        yield desk


def rows(page, heading):
    return page.get_by_role("region", name=heading).locator("li")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_says_who_stands_in_and_ends_it(windows, desk, script):
    page = windows("clara.weiss", "/profile/deputies", script=script, language="en-GB").page
    page.get_by_label(re.compile("Who stands in|Wer vertritt")).fill("Nobody Known")
    press(page.get_by_role("button", name=re.compile("^(Appoint|Benennen)$")))
    assert page.locator(".errors a").count() == 1 and "Nobody Known" in page.locator("#deputy").input_value()
    page.locator("#deputy").fill("Omar Haddad")
    page.locator("#department").select_option("it")
    page.locator("#until").fill("2099-12-31")
    press(page.get_by_role("button", name=re.compile("^(Appoint|Benennen)$")))
    line = page.locator(".line-item", has_text="Omar Haddad")
    assert "2099" in line.inner_text() and "IT" in line.inner_text()
    deputies = desk.sign_in("clara.weiss").get("/me/deputies").body["deputies"]
    assert [(item["deputy"]["handle"], item["department"], item["until"]) for item in deputies] == [
        ("omar.haddad", "it", "2099-12-31")
    ]
    omar = windows("omar.haddad", "/notifications", script=script).page
    assert "Omar Haddad stands in for Clara" in omar.locator("main").inner_text()
    press(line.get_by_role("button", name=re.compile("^(End it|Beenden)")))
    assert page.locator(".line-item", has_text="Omar Haddad").count() == 0


def test_an_administrator_of_a_department_appoints_for_others(windows, desk):
    page = windows("amara.okafor", "/administration/deputies/hr").page
    page.get_by_label("Who is away?").fill("Jonas Brandt")
    page.get_by_label("Who stands in?").fill("Sofia Carvalho")
    press(page.get_by_role("button", name="Appoint"))
    line = page.locator(".line-item", has_text="Sofia Carvalho for Jonas Brandt")
    assert "appointed by Amara Okafor" in line.inner_text()
    # Nobody appoints themself for somebody else.
    page.get_by_label("Who is away?").fill("Jonas Brandt")
    page.get_by_label("Who stands in?").fill("Amara Okafor")
    press(page.get_by_role("button", name="Appoint"))
    assert "You cannot appoint yourself" in page.locator(".errors").inner_text()
    press(line.get_by_role("button", name=re.compile("^End it")))
    assert page.locator(".line-item").count() == 0


def test_a_token_is_shown_once_works_and_is_revoked(windows, desk):
    page = windows("lin.zhao", "/profile/tokens").page
    press(page.get_by_role("button", name="Make the token"))
    assert page.locator(".errors").count() == 1
    page.get_by_label("What is it for?").fill("<b>calendar</b> script")
    page.get_by_label("Read requests").check()
    page.get_by_label("For how many days?").fill("3")
    press(page.get_by_role("button", name="Make the token"))
    secret = page.locator(".secret").inner_text().strip()
    by_token = {"Authorization": f"Bearer {secret}"}
    assert desk.anonymous().get("/requests", headers=by_token).status == 200
    assert desk.anonymous().get("/tokens", headers=by_token).code == "auth.insufficient_scope"
    page.goto("/profile/tokens")
    assert secret not in page.content()
    line = page.locator(".line-item", has_text="<b>calendar</b> script")
    press(line.get_by_role("button", name=re.compile("^Revoke")))
    assert page.locator(".line-item", has_text="calendar").count() == 0
    eventually(lambda: desk.anonymous().get("/requests", headers=by_token).status == 401, what="the revocation")


def test_what_somebody_was_told_is_read_and_marked(windows, desk):
    desk.person("lin.zhao").raise_request("it.quick", {"what": "told"})
    page = windows("lin.zhao", "/notifications").page

    def told():
        page.reload()
        return page.locator(".line-item", has_text="Done: told").count() == 1

    eventually(told, what="the notification")
    line = page.locator(".line-item", has_text="Done: told")
    assert "unread" in line.inner_text()
    press(line.get_by_role("button", name=re.compile("^Mark as read")))
    assert "unread" not in page.locator(".line-item", has_text="Done: told").inner_text()
    while page.get_by_role("button", name=re.compile("^Mark all")).count():
        press(page.get_by_role("button", name=re.compile("^Mark all")))
    press(page.get_by_role("link", name="Only unread"))
    assert "Nothing new for you." in page.locator("main").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_configuration_as_it_is_applied(windows, script):
    page = windows("tobias.lindner", "/administration", script=script, language="en-GB").page
    page.goto("/profile")
    page.get_by_label("English").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    page.goto("/administration/configuration")
    text = page.locator("main").inner_text()
    assert "in use" in text and "Applied by an operator" in text and "it.equipment" in text
    press(page.get_by_role("link", name=re.compile("^Equipment")))
    facts = page.locator("main").inner_text()
    for words in ["Everybody who works here", "departments/it/requests/equipment.yaml", "Ends well"]:
        assert words in facts
    assert "Agree to" in page.locator("section", has=page.locator("#steps")).inner_text()
    picture = page.locator(".picture img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100 if script else True
    # What somebody else would be asked, after their answers.
    page.get_by_label("As whom?").fill("Lin Zhao")
    press(page.get_by_role("button", name="Show the form"))
    assert "As Lin Zhao sees it now" in page.locator("main").inner_text()
    assert page.get_by_label("When does the trip end?").count() == 0
    page.get_by_label("On a trip").check()
    if not script:
        press(page.get_by_role("button", name="Show further questions"))
    page.get_by_label("When does the trip end?").wait_for()
    page.get_by_label("As whom?").fill("Nobody Known")
    press(page.get_by_role("button", name="Show the form"))
    assert "There is nobody by that name" in page.locator("main").inner_text()


def test_a_picture_shows_where_more_of_it_is_out_of_sight(windows):
    page = windows("tobias.lindner", "/administration/configuration/it.equipment", width=320, height=700).page
    picture = page.locator(".picture")
    picture.locator("img").evaluate("image => image.decode()")

    def fades():
        return picture.evaluate("it => ['start', 'end'].map((end) => parseFloat(getComputedStyle(it).getPropertyValue(`--fade-${end}`)) > 0)")

    for place, expected in [("0", [False, True]), ("it.scrollWidth / 3", [True, True]), ("it.scrollWidth", [True, False])]:
        picture.evaluate(f"it => it.scrollTo({place}, 0)")
        eventually(lambda: fades() == expected, what=f"the fading ends at {place}")


def test_people_are_found_and_their_way_in_is_managed(windows, desk):
    page = windows("tobias.lindner", "/administration/people?q=oma", language="en-GB").page
    # A filter says what it means that nothing is chosen.
    assert page.locator("select[name=group] option").first.text_content() == "Alle Gruppen"
    assert page.locator(".line-item").count() == 1
    press(page.get_by_role("link", name=re.compile("^Omar Haddad")))
    assert "omar.haddad@larkfield.example" in page.locator("main").inner_text()
    assert "Anke Reuter" in page.locator("main").inner_text()
    press(page.get_by_role("button", name=re.compile("^(Make a code|Code erzeugen)$")))
    assert len(page.locator(".secret").inner_text().strip()) > 10
    other = windows("omar.haddad").page
    page.goto("/administration/people/omar.haddad")
    press(page.get_by_role("button", name=re.compile("^(Lock out|Sperren)$")))
    # Nothing is done before it is meant.
    assert "Omar Haddad" in page.locator("h1").inner_text()
    check_html(page.content(), page.url)
    assert violations(page, "what is asked back") == []
    press(page.locator("main p a.button"))
    assert "/administration/people/omar.haddad" in page.url and other.goto("/inbox") and "/inbox" in other.url
    press(page.get_by_role("button", name=re.compile("^(Lock out|Sperren)$")))
    press(page.get_by_role("button", name=re.compile("^(Yes, lock out|Ja, sperren)$")))
    eventually(lambda: other.goto("/inbox") and "/sign-in" in other.url, what="the end of the session")
    press(page.get_by_role("button", name=re.compile("^(Let in again|Wieder zulassen)$")))
    assert page.get_by_role("button", name=re.compile("^(Lock out|Sperren)$")).count() == 1


def test_the_audit_is_filtered_exported_and_verified(windows, desk):
    desk.sign_in("amara.okafor").post("/me/deputies", {"deputy": "jonas.brandt"})
    page = windows("farid.rahimi", "/profile", language="en-GB").page
    page.get_by_label("English").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    page.goto("/administration/audit")
    assert page.locator("select[name=kind] option").first.text_content() == "Everything"
    page.get_by_label("What", exact=True).select_option("deputy.appointed")
    page.get_by_label("Who", exact=True).fill("Amara Okafor")
    press(page.get_by_role("button", name="Show"))
    entries = page.locator(".line-item")
    assert entries.count() >= 1 and all("Amara Okafor" in text for text in entries.all_inner_texts())
    assert "who=Amara" in page.url and "kind=deputy.appointed" in page.url
    address = page.get_by_role("link", name="Export").get_attribute("href")
    lines = page.context.request.get(address).text().splitlines()
    assert json.loads(lines[0])["bureau_export"] == "audit" and "end" in json.loads(lines[-1])
    press(page.get_by_role("button", name="Check every entry"))
    assert page.get_by_role("heading", name="The audit is whole").count() == 1
    page.goto("/administration/audit?log=exports")
    assert "audit exported" in page.locator("main").inner_text()


def test_a_request_says_who_sees_it_and_why(windows, desk):
    lin = desk.person("lin.zhao")
    number = lin.raise_request("it.equipment", EQUIPMENT).body["number"]
    page = windows("lin.zhao", f"/requests/{number}").page
    press(page.get_by_role("link", name="Who sees this and why"))
    assert "because of: whoever raised it" in page.locator("main").inner_text()
    # Others only for those who answer for the department.
    page.get_by_label("Whose access?").fill("Carla Mendes")
    press(page.get_by_role("button", name="Explain"))
    assert page.locator(".errors").count() == 1
    page = windows("priya.raman", f"/requests/{number}/access?person=Carla+Mendes").page
    assert "Carla Mendes does not see this request." in page.locator("main").inner_text()
    assert windows("carla.mendes", f"/requests/{number}/access").page.locator("h1").inner_text() == (
        "There is no such page")


OFFICE = ["/administration", "/administration/configuration", "/administration/configuration/it.quick",
          "/administration/configuration/it.quick/picture.svg", "/administration/people",
          "/administration/people/omar.haddad", "/administration/audit", "/administration/deputies/it"]


def test_nobody_else_finds_the_office(windows, desk):
    page = windows("lin.zhao").page
    assert page.get_by_role("link", name="Administration").count() == 0
    for path in [*OFFICE, "/administration/people/nobody", "/administration/deputies/nowhere"]:
        assert page.goto(path).status == 404, path
        assert page.get_by_role("heading", level=1).inner_text() == "There is no such page"
    # An administrator of HR has HR's pages, and neither the audit nor IT's deputies.
    page = windows("amara.okafor", "/administration").page
    assert page.goto("/administration/configuration").status == 200
    for path in ["/administration/audit", "/administration/deputies/it"]:
        assert page.goto(path).status == 404, path


def test_what_forms_of_the_office_send_needs_the_right_too(desk):
    lin = desk.sign_in("lin.zhao")
    form = {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": lin.cookie, "Sec-Fetch-Site": "same-origin",
    }
    for path in ["/administration/people/omar.haddad/lock", "/administration/people/omar.haddad/invitation",
                 "/administration/audit/verification", "/administration/deputies/it",
                 "/administration/deputies/it/withdraw", "/administration/configuration/it.quick/preview",
                 "/administration/configuration/it.quick/preview/check"]:
        body = urllib.parse.urlencode({"csrf": lin.session["csrf_token"], "as": "lin.zhao"}).encode()
        answer = desk.anonymous().send("POST", path, raw=body, headers=form)
        assert answer.status == 404, (path, answer)


@pytest.fixture(scope="module")
def places(desk):
    lin = desk.person("lin.zhao")
    number = lin.raise_request("it.equipment", EQUIPMENT).body["number"]
    desk.sign_in("darius.novak").post("/me/deputies", {"deputy": "lin.zhao"})
    return [
        ("nadia.benali", "/dashboard"), ("lin.zhao", "/notifications"), ("lin.zhao", "/profile"), ("lin.zhao", "/profile/deputies"),
        ("lin.zhao", "/profile/tokens"), ("lin.zhao", f"/requests/{number}/access"),
        ("tobias.lindner", "/administration"), ("tobias.lindner", "/administration/configuration"),
        ("tobias.lindner", "/administration/configuration/it.equipment"),
        ("tobias.lindner", "/administration/configuration/hr.onboarding"),
        ("tobias.lindner", "/administration/people"), ("tobias.lindner", "/administration/people/lin.zhao"),
        ("tobias.lindner", "/administration/deputies/it"), ("farid.rahimi", "/administration/audit"),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_office_shuts_anybody_out(windows, places, theme):
    found = []
    for handle in sorted({handle for handle, _ in places}):
        page = windows(handle, theme=theme).page
        for path in [path for who, path in places if who == handle]:
            page.goto(path)
            found += violations(page, path)
    assert found == []


def test_no_page_of_the_office_scrolls_sideways(windows, places):
    wide = []
    for handle in sorted({handle for handle, _ in places}):
        page = windows(handle, width=320, height=640).page
        for path in [path for who, path in places if who == handle]:
            page.goto(path)
            if scrolls_sideways(page):
                wide.append(path)
    assert wide == []


def test_pages_of_the_office_are_valid_html(windows, places):
    for handle in sorted({handle for handle, _ in places}):
        page = windows(handle, script=False).page
        for path in [path for who, path in places if who == handle]:
            check_html(page.goto(path).text(), path)


def test_leads_see_how_their_requests_stand(windows, desk):
    desk.person("lin.zhao").raise_request("hr.leave", {"kind": "vacation", "from": "2030-01-07", "until": "2030-01-09"})
    page = windows("nadia.benali", "/", language="en-GB").page
    page.goto("/profile")
    page.get_by_label("English").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    press(page.get_by_role("link", name="Dashboard"))
    ages = page.get_by_role("table", name="Open, by age").locator("tbody tr")
    numbers = [int(text) for text in ages.first.locator("td").all_inner_texts()]
    assert ages.count() == 1 and numbers[-1] == sum(numbers[:-1]) >= 1
    view = desk.person("nadia.benali").get("/departments/hr/dashboard").body
    assert sum(age["count"] for age in view["open_by_age"]) == numbers[-1]
    work = page.get_by_role("table", name="Overdue").locator("tbody tr", has_text="Approval").locator("td")
    assert int(work.first.inner_text()) == sum(row["open"] for row in view["work"] if row["kind"] == "approval")
    assert page.locator("svg.chart").count() >= 1
    # Its words can be read on a telephone, too.
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.locator("svg.chart text").first.bounding_box()["height"] >= 12
    for path in ["/dashboard?department=it", "/dashboard?department=nowhere"]:
        assert page.goto(path).status == 404
    lin = windows("lin.zhao").page
    assert lin.get_by_role("link", name="Dashboard").count() == 0
    assert lin.goto("/dashboard").status == 404
    assert desk.person("lin.zhao").get("/departments/hr/dashboard").code == "access.not_allowed"
