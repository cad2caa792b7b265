"""The walk of the README: a new colleague, from the manager's form through four departments to the first day."""

from datetime import date, timedelta

START = date.today() + timedelta(days=30)
MANAGER = "anke.reuter"

FORM = {
    "name": "Noor Vermeulen",
    "contract": "permanent",
    "start": str(START),
    "site": "berlin",
    "desk_wishes": "Near a window",
    "apps": ["mail", "cad"],
    "model": "light",
    "salary": "61000.00 EUR",
}

# Who does what, in an order that works: person, step, action, body, and which request it belongs to.
STEPS = [
    ("nadia.benali", "decide", "approve", {"comment": "Welcome!"}, "onboarding"),
    ("priya.raman", "create", "complete", {"form": {"login": "n.vermeulen"}}, "account"),
    ("kwame.boateng", "assign", "complete", {"form": {"number": "B-2.17"}}, "desk"),
    ("jonas.brandt", "contract_signed", "complete", {"form": {}}, "onboarding"),
    ("matthias.vogel", "payroll", "complete", {"form": {}}, "onboarding"),
    ("lukas.hartwig", "grant", "complete", {"form": {}}, "account"),
    ("petra.neumann", "furnish", "complete", {"form": {}}, "desk"),
    ("lukas.hartwig", "hand_over", "complete", {"form": {}}, "account"),
    ("diogo.marques", "prepare", "complete", {"form": {"asset": "LK-04711"}}, "laptop"),
    ("greta.lorenz", "make", "complete", {"form": {"number": "204711"}}, "badge"),
    ("greta.lorenz", "hand_out", "complete", {"form": {}}, "badge"),
    ("diogo.marques", "deliver", "complete", {"form": {}}, "laptop"),
    (MANAGER, "welcome", "complete", {"form": {}}, "onboarding"),
]
CHILDREN = ["account", "laptop", "desk", "badge"]


def steps(answer):
    """The steps of a request by instance."""
    assert answer.status == 200, answer
    return {step["instance"]: step for step in answer.body["steps"]}


def child_number(manager, parent, child):
    """The number of a child, once it exists."""
    return (steps(manager.show(parent))[child]["child"] or {}).get("number")


def timeline(person, reference):
    entries, cursor = [], ""
    while True:
        answer = person.get(f"/requests/{reference}/timeline?limit=50" + (f"&cursor={cursor}" if cursor else ""))
        assert answer.status == 200, answer
        entries += answer.body["items"]
        cursor = answer.body.get("next")
        if not cursor:
            return entries


def assert_in_order(story):
    """Entries are numbered by event, the first is the first; housekeeping events have no entry."""
    numbers = [entry["sequence"] for entry in story]
    assert numbers[0] == 1 and numbers == sorted(set(numbers)), numbers
