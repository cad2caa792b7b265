"""Every shipped request type, raised and worked to a good end on the running daemon: whoever has work does it, and when only time
is left, the clock moves."""

import csv
import time

import pytest

from desk import PEOPLE, ROOT, MovableDesk

SHIPPED = ROOT / "Config"

# More of these than any process needs means that one does not end.
ROUNDS = 400


@pytest.fixture(scope="module")
def movable():
    with MovableDesk(config=SHIPPED).running() as desk:
        yield desk


def handles():
    with open(PEOPLE) as file:
        return [row["handle"] for row in csv.DictReader(file)]


def request_types():
    return sorted(
        f"{path.parent.parent.name}.{path.stem}" for path in SHIPPED.glob("departments/*/requests/*.yaml")
    )


class Robot:
    """Fills in forms from what their descriptions say, and learns from what is refused."""

    def __init__(self, desk, form):
        self.desk = desk
        self.form = {field["id"]: field for field in form if field.get("computed") is None}
        self.asked = {
            name for name, field in self.form.items()
            if not field["optional"] and field["ask_when"] is None and field["default"] is None
        }
        self.tries = {}
        # Columns that are not asked, as "items.what".
        self.spared = set()

    def day(self, days):
        return time.strftime("%Y-%m-%d", time.gmtime(self.desk.today() + 86400 * days))

    def values(self, field, kind):
        days = [21, 45, 8, 2, 1, 0, 100, -1, -20]
        number = float(field["minimum"] or 2) if kind in ("integer", "number") else 0
        return {
            "yes_no": [True, False],
            "date": [self.day(number) for number in days],
            "datetime": [self.day(number) + hour for number in days for hour in ("T09:00:00Z", "T17:00:00Z")],
            "time": ["09:00", "14:30"],
            "integer": [int(number), int(number) + 1, 20, 200, 1],
            "number": [number, 20, 200, 1],
            "person": ["lin.zhao", "mei.tanaka", "jonas.brandt"],
            "email": ["nora@larkfield.example"],
            "money": ["500.00 EUR", "50.00 EUR", "5000.00 EUR", "60000.00 EUR"],
            "phone": ["+49 30 123456"],
            "url": ["https://www.larkfield.example/"],
        }.get(kind, ["Nora New", "n.new", "LK-01234", "012345", "A-1.01", "X" * 40])

    def value(self, field):
        turn = self.tries.get(field.get("place", field["id"]), 0)
        if field["type"] == "rows":
            columns = [
                {**column, "place": f"{field['id']}.{column['id']}"}
                for column in field["columns"] if column.get("computed") is None
            ]
            row = {column["id"]: self.value(column) for column in columns if column["place"] not in self.spared}
            return [row] * max(1, int(field["minimum"] or 1))
        kind = field["element_type"] or field["type"]
        choices = [choice["value"] for choice in field["choices"]]
        values = choices or self.values(field, kind)
        value = values[turn % len(values)]
        if field["type"] in ("list", "choices"):
            count = max(1, int(field["minimum"] or 1))
            return [values[(turn + index) % len(values)] for index in range(count)]
        return value

    def entries(self):
        return {name: self.value(self.form[name]) for name in self.asked if name in self.form}

    def learn(self, answer):
        """Whether there was something to learn."""
        assert answer.status == 422, answer
        learned = False
        for problem in answer.body.get("fields", []):
            name = problem["field"].split(".")[0].split("[")[0]
            learned = True
            if "." in problem["field"]:
                cell = f"{name}.{problem['field'].split('.')[1]}"
                if problem["code"] == "form.not_asked":
                    self.spared.add(cell)
                elif problem["code"] == "form.required":
                    self.spared.discard(cell)
                else:
                    self.tries[cell] = self.tries.get(cell, 0) + 1
            elif problem["code"] in ("form.required", "form.too_few") and name not in self.asked:
                self.asked.add(name)
            elif problem["code"] == "form.not_asked":
                self.asked.discard(name)
            else:
                self.tries[name] = self.tries.get(name, 0) + 1
        return learned

    def submit(self, send):
        for _ in range(60):
            answer = send(self.entries())
            if answer.status in (200, 201):
                return answer
            if not self.learn(answer):
                return answer
        return answer


def raise_it(desk, kind):
    """Raised by the first person to whom it is offered."""
    for handle in ["anke.reuter", "lin.zhao", "jonas.brandt", *handles()]:
        person = desk.person(handle)
        entry = person.get(f"/catalogue/{kind}")
        if entry.status == 200:
            robot = Robot(desk, entry.body["form"])
            answer = robot.submit(lambda form: person.raise_request(kind, form))
            assert answer.status == 201, (kind, handle, robot.entries(), answer)
            return person, answer.body["number"]
    raise AssertionError(f"{kind} is offered to nobody")


def act(desk, item):
    """Does one thing about an item of an inbox: the best that its owner can do. True when something happened."""
    person, number, instance = item
    shown = person.show(number)
    if shown.status != 200:
        return False
    step = next((step for step in shown.body["steps"] if step["instance"] == instance), None)
    if step is None:
        return False
    actions = step["actions"]
    if "approve" in actions:
        return person.step(number, instance, "approve", {"comment": "Fine"}).status == 200
    if "tick" in actions:
        for line in step["checklist"]:
            if not line["done"]:
                return person.step(number, instance, "tick", {"item": line["id"], "done": True}).status == 200
    if "complete" in actions:
        robot = Robot(desk, step["form"])
        answer = robot.submit(lambda form: person.step(number, instance, "complete", {"form": form}))
        assert answer.status in (200, 409), (number, instance, robot.entries(), answer)
        return answer.status == 200
    if "retry" in actions:
        return person.step(number, instance, "retry").status == 200
    return False


def work(desk, watched):
    """What waits in anybody's inbox for one of the watched numbers."""
    for handle in handles():
        person = desk.person(handle)
        for item in person.inbox():
            if item["request"]["number"] in watched:
                yield person, item["request"]["number"], item["instance"]


def descendants(person, number, watched):
    """Adds the numbers of the children that exist."""
    shown = person.show(number)
    assert shown.status == 200, shown
    for step in shown.body["steps"]:
        child = (step["child"] or {}).get("number")
        if child:
            watched.add(child)
    return shown


@pytest.mark.parametrize("kind", request_types())
def test_every_shipped_type_comes_to_a_good_end(movable, kind):
    desk = movable
    person, number = raise_it(desk, kind)
    watched, quiet = {number}, 0
    started = desk.ahead
    for _ in range(ROUNDS):
        shown = descendants(person, number, watched)
        if shown.body["phase"] == "closed":
            break
        done = 0
        for item in list(work(desk, watched)):
            done += act(desk, item)
        if done:
            quiet = 0
            continue
        # Deliveries between requests take a moment; then only time is left.
        time.sleep(0.2)
        quiet += 1
        if quiet > 3:
            desk.advance(43_200)
            quiet = 2
        assert desk.ahead - started < 400 * 86_400, (kind, "does not end", shown.body["steps"])
    assert shown.body["phase"] == "closed", shown
    assert shown.body["outcome"]["good"], (kind, shown.body["outcome"], shown.body["steps"])


def test_the_clock_is_refused_where_it_is_not_allowed(movable, tmp_path):
    result = movable.administer(
        "serve", "--data-directory", str(tmp_path / "data"), "--test-clock", str(tmp_path / "clock"), check=False
    )
    assert result.returncode == 1 and "only for tests" in result.stderr


def test_the_log_says_that_the_clock_is_a_test_clock(movable):
    assert "TEST CLOCK" in movable.log.read_text()
