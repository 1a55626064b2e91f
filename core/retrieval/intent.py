"""What a question wants done, told by its verbs: which HTTP methods do such things.

>>> intents("please call off booking 7")
{'DELETE': 1.0}

The first verb counts most: “show me what I can delete” reads. A question without any reads, too.
"""

from __future__ import annotations

import re

_CUES = {
    "DELETE": r"""
        delete|remove|erase|destroy|discard|drop|cancel|revoke|call\ (?:(?:it|them)\ )?off|scrap
        |throw\ (?:\w+\ ){0,4}away|get\ rid\ of|wipe|withdraw|void|unsubscribe|unlink|unfollow
        |no\ longer|not\ need|forget|take\ (?:\S+\ ){1,5}(?:off|out|down)|off\ the|must\ not\ go
        |kick|tear\ up|won['’]?t\ make\ it
        """,
    "POST": r"""
        create|add|new|make|register|open|start|begin|order|buy|book|sign\ up|submit|report|file
        |upload|send|post|charge|enter|put\ in|invite|record|log|check[ -]in|acknowledge|apply
        |issue|refund|pay|ship|play|ring|write|hire|give|duplicate|copy|import|insert|move|run
        |reserve|plan|schedule|tell|say|leave|mail|text|fire
        """,
    "PUT": r"replace|overwrite|save|store|set|rewrite|keep|turn|put|follow|mark",
    "PATCH": r"""
        change|update|edit|modify|rename|correct|move|mark|switch|set|adjust|fix|shift|alter
        |postpone|extend|should|has\ a\ new|now\ wants|is\ now|out\ of\ service
        """,
    "GET": r"""
        get|list|show|find|fetch|search|look|read|retrieve|view|display|see|which|what|whats|who
        |where|when|how|is\ there|are\ there|any|all|download|check|give\ me|tell\ me|status
        |history|has|have|do\ we|does|open\ the|let\ me\ see|compare|need\ the|pls|query|obtain
        |access|only|last
        """,
}
_PATTERNS = {
    method: re.compile(rf"\b(?:{cues})\b", re.IGNORECASE | re.VERBOSE)
    for method, cues in _CUES.items()
}
_many = re.compile(r"\b(?:list|all|every|which|any|search|find|who)\b", re.IGNORECASE)


def intents(question: str) -> dict[str, float]:
    """By HTTP method: 1 for what the first verb asks for, a half for the second, and so on."""
    found = {
        method: match.start()
        for method, pattern in _PATTERNS.items()
        if (match := pattern.search(question))
    }
    if not found:
        return {"GET": 0.5}
    return {method: 1 / rank for rank, method in enumerate(sorted(found, key=found.__getitem__), 1)}


def wants_many(question: str) -> bool:
    """Whether a question asks for several things, as collections answer it."""
    return bool(_many.search(question))
