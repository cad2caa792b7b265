"""Pictures of the portal's main pages: wide and on a telephone, light and dark, in English and German.

    .build/test-venv/bin/python Tests/EndToEnd/screenshots.py FOLDER
"""

import os
import pathlib
import sys

from desk import Desk, ROOT, eventually
from portal import Window, chromium, press

SIZES = {"wide": (1200, 900), "phone": (320, 700)}


def prepare(desk):
    """An onboarding on its way, and whatever else makes pages worth looking at."""
    desk.import_people(ROOT / "Config" / "demo" / "people.csv")
    darius, amara, lin = desk.person("darius.novak"), desk.person("amara.okafor"), desk.person("lin.zhao")
    form = {
        "name": "Noor Vermeulen", "contract": "permanent", "start": "2027-03-01", "site": "berlin",
        "apps": ["mail", "cad"], "model": "light", "salary": "61000 EUR",
    }
    number = darius.raise_request("hr.onboarding", form).body["number"]
    item = eventually(lambda: amara.work(number=number), what="the approval")[0]
    amara.step(number, item["instance"], "approve", {"comment": "Welcome!"})
    darius.post(f"/requests/{number}/comments", {"text": "Noor comes from Rotterdam and stays in a hotel at first."})
    incident = {"subject": "No network in meeting room 2", "service": "network", "impact": "team", "urgent": True}
    fault = lin.raise_request("it.incident", incident).body["number"]
    leave = {"kind": "vacation", "from": "2027-01-04", "until": "2027-01-15"}
    lin.raise_request("hr.leave", leave)
    begun = {"form": {"model": "light", "reason": "The old one is slow"}}
    assert desk.person("ruben.castro").send("PUT", "/api/v1/me/drafts/it.laptop", body=begun).status == 200
    priya = desk.person("priya.raman")
    eventually(lambda: priya.work(step="create"), what="the account")
    for name, filters in [("My tasks", {"kind": "task", "mine": "true"}), ("To approve", {"kind": "approval"})]:
        assert priya.post("/me/views", {"list": "inbox", "name": name, "filters": filters}).status == 201
    return number, fault


def pages(number, fault):
    return [
        ("sign-in", None, "/sign-in"), ("home", "amara.okafor", "/"), ("services", "lin.zhao", "/services"),
        ("form", "darius.novak", "/services/hr.onboarding"), ("request", "darius.novak", f"/requests/{number}"),
        ("turn", "lukas.hartwig", f"/requests/{fault}"), ("inbox", "priya.raman", "/inbox"),
        ("views", "priya.raman", "/inbox?kind=task&department=it"), ("dashboard", "nadia.benali", "/dashboard"),
        ("requests", "lin.zhao", "/requests"), ("profile", "anke.reuter", "/profile"),
        ("draft", "ruben.castro", "/services/it.laptop"), ("begun", "ruben.castro", "/"),
        ("notifications", "darius.novak", "/notifications"), ("deputies", "amara.okafor", "/profile/deputies"),
        ("tokens", "priya.raman", "/profile/tokens"), ("access", "darius.novak", f"/requests/{number}/access"),
        ("administration", "tobias.lindner", "/administration"),
        ("configuration", "tobias.lindner", "/administration/configuration"),
        ("type", "tobias.lindner", "/administration/configuration/hr.onboarding"),
        ("people", "tobias.lindner", "/administration/people?q=an"),
        ("person", "tobias.lindner", "/administration/people/lin.zhao"),
        ("audit", "teresa.vidal", "/administration/audit"),
        ("design", "lin.zhao", "/design"), ("missing", "lin.zhao", "/nothing"),
    ]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(config=ROOT / "Config", settings=["--demo-sign-in", "yes"])
    try:
        desk.start()
        wanted = pages(*prepare(desk))
        with chromium() as browser:
            for theme in ("light", "dark"):
                for size, (width, height) in SIZES.items():
                    for name, handle, path in wanted:
                        window = Window(browser, desk, width=width, height=height, theme=theme)
                        if handle:
                            window.sign_in(handle, path)
                        window.page.goto(path)
                        whole = name != "request" or size == "phone"
                        window.page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=whole)
                        if name == "inbox":
                            window.page.locator("[data-shortcuts]").click()
                            window.page.screenshot(path=folder / f"shortcuts-{size}-{theme}.png")
                            window.page.keyboard.press("Escape")
                            window.page.locator(".choose").first.check()
                            press(window.page.get_by_role("button", name="Take what is chosen"))
                            window.page.screenshot(path=folder / f"chosen-{size}-{theme}.png", full_page=True)
                        if name == "form":
                            press(window.page.get_by_role("button", name="Send"))
                            window.page.screenshot(path=folder / f"errors-{size}-{theme}.png", full_page=True)
                        window.context.close()
    finally:
        desk.clear()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.umask(0o022)
    main(pathlib.Path(sys.argv[1]))
