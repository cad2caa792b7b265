"""Request types in which every operation of the API can be carried out, added to a copy of the shipped configuration."""

import shutil

from desk import CONFIG

TYPES = {
    "everything": """
title: {en: Everything, de: Alles}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
  proof: {label: {en: Proof, de: Beleg}, type: file, types: [pdf], max_size: 25 MB, optional: true}
  secret: {label: {en: Secret, de: Geheim}, type: file, optional: true, sensitive: role:it-lead}
  parts: {label: {en: Parts, de: Teile}, type: list, of: {type: text}, max: 5, unique: true}
amend:
  what: {by: [requester]}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - task: look
    assign: team:it
    checklist:
      looked: {en: Looked at it, de: Angesehen}
    due: 2 working days
    on_overdue: {tell: team:it}
  - approval: agree
    from: manager_of(requester)
    need: any
    covers: [parts]
    fallback: role:it-lead
    add: {by: team:it}
    due: 5 working days
    on_overdue: {tell: team:it}
    on_rejected: {end: withdrawn}
  - each: part
    of: {piece: parts}
    need: all
    add: {by: team:it}
    steps:
      - task: build
        title: {en: "Build {{ piece }}", de: "{{ piece }} bauen"}
        assign: team:it
        due: 2 working days
        on_overdue: {tell: team:it}
  - adhoc: extras
    by: team:it
    allow:
      - task: errand
        assign: team:it
        due: 2 working days
        on_overdue: {tell: team:it}
  - wait: parcel
    event: parcel_arrived
    key: what
    on_change: {what: keep}
    due: 10 working days
    on_overdue: {tell: team:it}
""",
    "quick": """
title: {en: Quick, de: Schnell}
audience: [role:employee]
offered_to: everyone
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
steps:
  - notify: hello
    to: [requester]
    message: {en: "Done: {{ what }}", de: "Erledigt: {{ what }}"}
feedback: ask
reopen: {within: 10 working days}
""",
    "whisper": """
title: {en: Whisper, de: Flüstern}
audience: [role:employee]
anonymous: allowed
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
  drawing: {label: {en: Drawing, de: Zeichnung}, type: file, optional: true}
amend:
  what: {by: [requester]}
  drawing: {by: [requester]}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - task: tell
    title: {en: Tell us more, de: Mehr erzählen}
    assign: requester
    fallback: team:it
    checklist:
      looked: {en: Looked again, de: Nachgesehen}
    form:
      more: {label: {en: What else?, de: Was noch?}, type: text}
    due: 2 working days
    on_overdue: {tell: team:it}
  - task: look
    assign: team:it
    due: 2 working days
    on_overdue: {tell: team:it}
""",
    "praise": """
title: {en: Praise, de: Lob}
audience: [role:employee]
offered_to: everyone
anonymous: allowed
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
steps:
  - notify: hello
    to: team:it
    message: {en: "Praise: {{ what }}", de: "Lob: {{ what }}"}
feedback: ask
""",
    "picky": """
title: {en: Picky, de: Wählerisch}
audience: [role:employee]
offered_to: everyone
outcomes: {done: good, withdrawn: bad}
form:
  what:
    label: {en: What?, de: Was?}
    type: text
    check: what == "never"
    message: {en: "No.", de: "Nein."}
steps:
  - notify: hello
    to: [requester]
    message: {en: Done, de: Erledigt}
""",
    "undone": """
title: {en: Undone, de: Zurückgenommen}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - request: part
    type: it.quick
    with: {what: what}
    on_failed: {ask: team:it}
    undo: {type: it.picky, with: {what: what}}
  - task: look
    after: part
    assign: team:it
    due: 2 working days
    on_overdue: {tell: team:it}
""",
}


def playground(folder):
    """The configuration's folder, which every account may read."""
    config = folder / "Config"
    shutil.copytree(CONFIG, config)
    for name, text in TYPES.items():
        (config / "departments" / "it" / "requests" / f"{name}.yaml").write_text(text)
    # For what only auditors may; administrators are there.
    organisation = config / "shared" / "organisation.yaml"
    organisation.write_text(organisation.read_text() + "auditors: [group:security-leads]\n")
    return config
