"""Files to a finished request across four departments."""

from desk import eventually
from walk import CHILDREN, FORM, MANAGER, STEPS, assert_in_order, child_number, steps, timeline


def walk(desk, act):
    """Raises the onboarding and does all its steps through `act`; gives the numbers by name."""
    manager = desk.person(MANAGER)
    raised = manager.raise_request("hr.onboarding", FORM)
    assert raised.status == 201, raised
    numbers = {"onboarding": raised.body["number"]}
    for handle, step, action, body, name in STEPS:
        if name not in numbers:
            numbers[name] = eventually(lambda: child_number(manager, numbers["onboarding"], name), what=f"the child {name}")
        person = desk.person(handle)
        item = person.await_work(step, numbers[name])
        assert item["request"]["number"] == numbers[name]
        act(person, numbers[name], step, action, body)
    eventually(lambda: manager.show(numbers["onboarding"]).body["phase"] == "closed", what="the end of the onboarding")
    return numbers


def test_four_departments_finish_an_onboarding_over_http(desk):
    def act(person, number, step, action, body):
        answer = person.step(number, step, action, body)
        assert answer.status == 200, answer

    numbers = walk(desk, act)
    manager = desk.person(MANAGER)
    closed = manager.show(numbers["onboarding"])
    assert closed.body["outcome"]["id"] == "done"
    assert {step["status"] for step in closed.body["steps"]} == {"done"}
    outputs = {field["id"]: field["value"] for field in steps(closed)["laptop"]["outputs"]}
    assert outputs["asset"] == "LK-04711"

    prefixes = {name: number.split("-")[0] for name, number in numbers.items()}
    assert prefixes == {"onboarding": "HR", "account": "IT", "laptop": "IT", "desk": "FAC", "badge": "SEC"}

    story = timeline(manager, numbers["onboarding"])
    assert_in_order(story)
    kinds = [entry["kind"] for entry in story]
    assert kinds[0] == "raised" and kinds[-1] == "closed" and kinds.count("child_closed") == len(CHILDREN)
    assert all(entry["text"].strip() for entry in story)

    # The badge knows what was passed, and nothing else.
    greta = desk.person("greta.lorenz")
    badge = greta.show(numbers["badge"])
    assert {field["id"]: field["value"] for field in badge.body["fields"]}["login"] == "n.vermeulen"
    assert "61000" not in badge.raw.decode() and "window" not in badge.raw.decode()


def test_departments_see_their_part_only(desk):
    manager = desk.person(MANAGER)
    number = manager.raise_request("hr.onboarding", FORM).body["number"]
    nadia = desk.person("nadia.benali")
    nadia.await_work("decide", number)
    assert nadia.step(number, "decide", "approve").status == 200
    account = eventually(lambda: child_number(manager, number, "account"), what="the account")
    for handle in ["priya.raman", "lukas.hartwig", "kwame.boateng", "greta.lorenz"]:
        agent = desk.person(handle)
        assert agent.show(number).code == "request.not_found"
        assert number not in str(agent.get("/requests?limit=200").body)
    priya = desk.person("priya.raman")
    seen = priya.show(account)
    assert seen.status == 200 and seen.body["parent"] is None
    shown = {field["id"] for field in seen.body["fields"]}
    assert "salary" not in shown and "contract" not in shown and "desk_wishes" not in shown
    assert "61000" not in seen.raw.decode()
    # Salary: payroll and the one who entered it; other HR people and the approver do not read it.
    for handle, reads in [(MANAGER, True), ("matthias.vogel", True), ("nadia.benali", False), ("jonas.brandt", False)]:
        body = desk.person(handle).show(number)
        assert body.status == 200, (handle, body)
        assert ("61000" in body.raw.decode()) == reads, handle


def test_a_cancelled_parent_cancels_its_children(desk):
    manager, nadia = desk.person(MANAGER), desk.person("nadia.benali")
    number = manager.raise_request("hr.onboarding", FORM).body["number"]
    nadia.await_work("decide", number)
    assert nadia.step(number, "decide", "approve").status == 200
    account = eventually(lambda: child_number(manager, number, "account"))
    desk_request = eventually(lambda: child_number(manager, number, "desk"))
    assert manager.post(f"/requests/{number}/cancellation", {"reason": "She took another offer."}).status == 200
    eventually(lambda: manager.show(number).body["phase"] == "closed", what="the cancelled end")
    assert manager.show(number).body["outcome"]["id"] == "withdrawn"
    for child in [account, desk_request]:
        assert manager.show(child).body["phase"] == "closed"
    assert desk.person("priya.raman").work(account) == []
    assert desk.person("kwame.boateng").work(desk_request) == []


def test_a_failed_child_asks_hr(desk):
    manager, nadia, jonas = desk.person(MANAGER), desk.person("nadia.benali"), desk.person("jonas.brandt")
    number = manager.raise_request("hr.onboarding", FORM).body["number"]
    nadia.await_work("decide", number)
    assert nadia.step(number, "decide", "approve").status == 200
    first = eventually(lambda: child_number(manager, number, "desk"))
    kwame = desk.person("kwame.boateng")
    assert kwame.post(f"/requests/{first}/cancellation", {"reason": "No room."}).status == 200
    item = jonas.await_work("desk", number)
    assert item["kind"] == "decision"
    assert jonas.step(number, "desk", "retry").status == 200
    second = eventually(lambda: (lambda found: found if found != first else None)(child_number(manager, number, "desk")))
    assert second.startswith("FAC-")
    assert jonas.work(number, "desk") == []


def test_nobody_approves_their_own_colleague(desk):
    """An HR lead who raises the request is not among its voters."""
    nadia = desk.person("nadia.benali")
    number = nadia.raise_request("hr.onboarding", FORM).body["number"]
    desk.person("amara.okafor").await_work("decide", number)
    assert nadia.work(number) == []
    refused = nadia.step(number, "decide", "approve")
    assert (refused.status, refused.code) == (403, "request.vote.not_a_voter"), refused


def test_the_same_walk_with_the_command_line(desk):
    def act(person, number, step, action, body):
        fields = [part for name, value in body.get("form", {}).items() for part in ("--field", f"{name}={value}")]
        comment = ["--comment", body["comment"]] if "comment" in body else []
        assert number in person.command("inbox").stdout
        person.command(action, number, step, *fields, *comment)

    numbers = walk(desk, act)
    manager = desk.person(MANAGER)
    shown = manager.command("show", numbers["onboarding"]).stdout
    assert numbers["onboarding"] in shown and "Noor Vermeulen" in shown
