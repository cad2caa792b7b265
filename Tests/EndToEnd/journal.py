"""Reads the journal as an auditor would: with SQL and the rule that JournalChain describes, without Bureau."""

import hashlib
import json
import uuid


def chain_faults(server):
    """Every request whose stored events are not the chain that its row ends, and every content that is not what was entered."""
    faults = []
    heads = {row["id"]: row for row in server.rows("SELECT id, number, version, last_hash FROM bureau.request")}
    events = server.rows(
        """
        SELECT request_id, sequence, (extract(epoch FROM at) * 1000000)::bigint AS at, format, kind, configuration,
            principal, data::text AS data, hash
        FROM bureau.event ORDER BY request_id, sequence
        """
    )
    contents = server.rows("SELECT request_id, sequence, content FROM bureau.protected_content")
    digests, stories = {}, {}
    for event in events:
        stories.setdefault(event["request_id"], []).append(event)
        digests[event["request_id"], event["sequence"]] = json.loads(event["data"])["entered"]
    for identifier, head in heads.items():
        previous, last_at = hashlib.sha256(uuid.UUID(identifier).bytes).digest(), 0
        story = stories.get(identifier, [])
        for position, event in enumerate(story, 1):
            block = previous + position.to_bytes(8, "big") + event["at"].to_bytes(8, "big")
            block += event["format"].to_bytes(4, "big")
            for part in ("kind", "configuration", "principal", "data"):
                text = event[part].encode()
                block += len(text).to_bytes(4, "big") + text
            previous = hashlib.sha256(block).digest()
            if event["sequence"] != position or event["hash"] != "\\x" + previous.hex():
                faults.append(f"{head['number']} breaks at event {position}")
                break
            if event["at"] < last_at:
                faults.append(f"{head['number']} goes back in time at event {position}")
            last_at = event["at"]
        if len(story) != head["version"] or head["last_hash"] != "\\x" + previous.hex():
            faults.append(f"{head['number']} does not end where its row says")
    for content in contents:
        known = digests[content["request_id"], content["sequence"]]
        for name, salted in content["content"]["entered"].items():
            value = json.dumps(salted["value"], ensure_ascii=False, separators=(",", ":"))
            if known.get(name) != hashlib.sha256(bytes.fromhex(salted["salt"]) + value.encode()).hexdigest():
                faults.append(f"{name} of {content['request_id']} event {content['sequence']} is not what was entered")
    return faults


def spoken_in_plain(server, words):
    """The words that stand in the journal itself, which is never erased."""
    text = "\n".join(row["data"] for row in server.rows("SELECT data::text AS data FROM bureau.event"))
    return [word for word in words if word in text]
