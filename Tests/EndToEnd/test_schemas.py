"""Schemas/*.schema.json against a validator of its own: they take what the checker takes, and refuse what it refuses for its shape."""

import json
import random
import re
import shutil
import subprocess

import jsonschema
import pytest
import yaml

from desk import BUREAU, ROOT

CORPUS = ROOT / "Tests" / "WorkflowConfigurationTests" / "Corpus"
FOLDERS = [ROOT / "Config", ROOT / "Tests" / "Patterns"]

# Where files of a kind lie, inside a configuration folder.
KINDS = {
    "organisation": r"shared/organisation\.yaml",
    "groups": r"shared/groups\.yaml",
    "skills": r"shared/skills\.yaml",
    "roles": r"shared/roles\.yaml",
    "lists": r"shared/lists\.yaml",
    "services": r"shared/services\.yaml",
    "department": r"departments/[^/]+/department\.yaml",
    "teams": r"departments/[^/]+/teams\.yaml",
    "request": r"departments/[^/]+/requests/[^/]+\.yaml",
    "scenarios": r"departments/[^/]+/tests/[^/]+\.yaml",
}
SCHEMAS = {kind: json.loads((ROOT / "Schemas" / f"{kind}.schema.json").read_text()) for kind in KINDS}
VALIDATORS = {kind: jsonschema.Draft202012Validator(schema) for kind, schema in SCHEMAS.items()}


class Loader(yaml.CSafeLoader):
    """The core schema of YAML 1.2, as editors read it: no dates, no `yes`, no sixties."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def kind_of(path):
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, path)), None)


def files(folder):
    for path in sorted(folder.rglob("*.yaml")):
        name = str(path.relative_to(folder))
        assert kind_of(name), f"{name} has no schema"
        yield name, kind_of(name), path


def refused(kind, data):
    """The places that a schema objects to."""
    return [error.json_path for error in VALIDATORS[kind].iter_errors(data)]


def load(text):
    return yaml.load(text, Loader)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sound_files_are_taken(folder):
    found = [(name, refused(kind, load(path.read_text()))) for name, kind, path in files(folder)]
    assert len(found) > 10
    assert [entry for entry in found if entry[1]] == []


def corpus():
    """Broken configurations: their files by path, and the codes found in each."""
    for path in sorted(CORPUS.glob("*.txt")):
        parts, name, codes = {}, None, {}
        first = None
        for line in path.read_text().splitlines()[1:]:
            if line == "=== expected":
                name = None
            elif line.startswith("--- "):
                name = line[4:]
                first = first or name
                parts[name] = []
            elif name is not None:
                parts[name].append(line)
            elif line:
                code, _, place = line.partition("@")
                codes.setdefault(place.split(" ")[1] if " " in place else first, set()).add(code)
        yield path.stem, {name: "\n".join(lines) + "\n" for name, lines in parts.items()}, codes


# What is wrong with the shape of a file. Where these depend on another key of the same mapping (what a type of field takes, a `check`
# without a `message`), a schema does not say it.
SHAPE = {"config.unknown_key", "config.missing_key"}
DEPENDENT = {"field_bounds", "field_message", "table_cells"}
# These may be either: a value of a wrong form is wrong for its shape, one of a wrong meaning is not.
EITHER = re.compile(r"config\.|name\.|step\.kind|step\.reject_without_approval|approval\.need")


def test_broken_files_are_refused_for_their_shape_and_taken_for_their_meaning():
    shaped = meant = 0
    wrong = []
    for case, parts, codes in corpus():
        for name, text in parts.items():
            kind = kind_of(name)
            found = codes.get(name, set())
            if kind is None or any(code.startswith("yaml.") for code in found):
                continue
            objections = refused(kind, load(text))
            if found & SHAPE:
                shaped += 1
                if not objections and case not in DEPENDENT:
                    wrong.append((case, name, "is taken", found))
            elif found and not any(EITHER.match(code) for code in found):
                meant += 1
                if objections:
                    wrong.append((case, name, objections, found))
    assert wrong == []
    assert shaped >= 5
    assert meant >= 30


def places(schema, node, root, path=()):
    """Every key of every definition that stands in a file: where it stands, and the key."""
    if "$ref" in schema:
        yield from places(root["$defs"][schema["$ref"].rpartition("/")[2]], node, root, path)
    for option in schema.get("anyOf", []):
        whole = {"$defs": root["$defs"], **option}
        if jsonschema.Draft202012Validator(whole).is_valid(node):
            yield from places(option, node, root, path)
            break
    if isinstance(node, list) and isinstance(schema.get("items"), dict):
        for index, item in enumerate(node):
            yield from places(schema["items"], item, root, (*path, index))
    if isinstance(node, dict):
        keys = schema.get("properties", {})
        others = schema.get("additionalProperties")
        for key, value in node.items():
            if key in keys:
                yield (schema_name(keys), key), (*path, key)
                yield from places(keys[key], value, root, (*path, key))
            elif isinstance(others, dict):
                yield from places(others, value, root, (*path, key))


def schema_name(keys):
    """Definitions are told apart by their keys."""
    return " ".join(sorted(keys))


def misspelt(data, path):
    """The same with one key misspelt, in its place."""
    if len(path) == 1:
        return {(f"{key}x" if key == path[0] else key): value for key, value in data.items()}
    if isinstance(data, list):
        return [misspelt(item, path[1:]) if index == path[0] else item for index, item in enumerate(data)]
    return {key: misspelt(value, path[1:]) if key == path[0] else value for key, value in data.items()}


def standing():
    """Of each key of each definition one place in a sound file: folder, name, kind, path."""
    known = {}
    for folder in FOLDERS:
        for name, kind, path in files(folder):
            for key, place in places(SCHEMAS[kind], load(path.read_text()), SCHEMAS[kind]):
                known.setdefault((kind, *key), []).append((folder, name, place))
    return known


def test_a_misspelt_key_is_refused_by_the_schema_and_by_the_checker(tmp_path):
    known = standing()
    assert len(known) > 100
    seed = random.randrange(2**32)
    print(f"seed of the places: {seed}")
    generator = random.Random(seed)
    chosen = {key: generator.choice(places) for key, places in sorted(known.items())}
    taken = []
    for (kind, _, key), (folder, name, place) in chosen.items():
        if not refused(kind, misspelt(load((folder / name).read_text()), place)):
            taken.append((name, place))
    assert taken == [], "the schema takes it"

    for index, (_, (folder, name, place)) in enumerate(sorted(generator.sample(sorted(chosen.items()), 40))):
        copy = tmp_path / str(index)
        shutil.copytree(folder, copy)
        broken = misspelt(load((folder / name).read_text()), place)
        (copy / name).write_text(json.dumps(broken, ensure_ascii=False, indent=1))
        command = "test" if "/tests/" in name else "check"
        result = subprocess.run([BUREAU, command, copy], capture_output=True, text=True, check=False)
        if result.returncode == 0:
            taken.append((name, place))
        assert f"{name}:" in result.stdout + result.stderr or result.returncode == 0, result
    assert taken == [], "the checker takes it"
