"""A question that somebody might ask for an operation, made from what its document says.

>>> asked(entry, random.Random(1))
'how do I get rid of a stay? in Harbor Bookings'

The words are the document's own, as people turn them around: another verb for the same method, an
article, an opening, now and then the API's name, now and then a word less.
"""

from __future__ import annotations

import random
import re

from core.retrieval.entry import Entry
from core.words import words

_OPENINGS = (
    "",
    "",
    "",
    "",
    "please ",
    "can you ",
    "how do I ",
    "how can I ",
    "I want to ",
    "I need to ",
    "help me ",
    "show me how to ",
    "what call do I make to ",
)
_ENDINGS = ("", "", "", ".", "?", " please", ", please")
_NAMING = (" in {}", " with {}", " using {}", " on {}", " from {}", ", {}")
_VERBS = {
    "list": ("list", "show", "show me all", "get all", "fetch the", "what are the", "give me the"),
    "get": ("get", "show", "fetch", "find", "look up", "retrieve", "read", "give me", "what is"),
    "retrieve": ("get", "show", "fetch", "find", "look up", "retrieve", "give me"),
    "return": ("get", "show", "fetch", "find", "give me", "list"),
    "fetch": ("get", "show", "fetch", "find", "look up", "retrieve"),
    "find": ("find", "search for", "look for", "look up", "get"),
    "search": ("search", "find", "look for", "which"),
    "create": ("create", "add", "make", "make a new", "set up", "register", "open", "start"),
    "add": ("add", "create", "put", "insert", "attach", "include"),
    "insert": ("add", "create", "insert", "put"),
    "post": ("post", "send", "submit", "create"),
    "update": ("update", "change", "edit", "modify", "adjust", "set"),
    "modify": ("change", "edit", "modify", "update"),
    "patch": ("change", "edit", "update", "adjust"),
    "replace": ("replace", "overwrite", "update", "swap"),
    "set": ("set", "change", "update"),
    "delete": ("delete", "remove", "get rid of", "drop", "erase", "cancel"),
    "remove": ("remove", "delete", "take away", "get rid of", "take out"),
    "cancel": ("cancel", "stop", "abort", "call off"),
    "send": ("send", "deliver", "submit"),
    "check": ("check", "verify", "see whether", "test"),
    "enable": ("enable", "turn on", "activate", "switch on"),
    "disable": ("disable", "turn off", "deactivate", "switch off"),
    "upload": ("upload", "send", "put up"),
    "download": ("download", "get", "save"),
}
"""What people say for a verb that summaries begin with."""
_LESS = 0.12
"""The share of questions that lose one of their words."""
_NAMED = 0.3
"""The share of questions that name the API."""
_LONGEST = 160
_sentence_end = re.compile(r"(?<=[.!?])\s|\n|<")
_third_person = re.compile(r"^(\w+?)s$")


def asked(entry: Entry, draw: random.Random) -> str:
    """A question for an operation; empty where its document says too little of it."""
    said = _sayings(entry)
    if not said:
        return ""
    words_said = _less(_turned(draw.choice(said), draw), draw)
    opening = draw.choice(_OPENINGS)
    naming = draw.choice(_NAMING).format(entry.title) if draw.random() < _NAMED else ""
    return f"{opening}{words_said}{naming}{draw.choice(_ENDINGS)}"


def _sayings(entry: Entry) -> list[str]:
    """What the document says an operation does; a summary twice as likely as the rest."""
    summary = entry.summary.strip().rstrip(".")[:_LONGEST]
    first = _sentence_end.split(entry.description.strip(), maxsplit=1)[0].rstrip(".")[:_LONGEST]
    name = " ".join(word.text for word in words(entry.operation_id))
    found = [summary, summary, first]
    if not (summary or first) or (entry.operation_id and len(name.split()) in range(2, 7)):
        found.append(name)
    return [each for each in found if len(each.split()) > 1]


def _turned(text: str, draw: random.Random) -> str:
    """The same with another verb, begun in small letters unless it begins with an acronym."""
    verb, _, rest = text.partition(" ")
    said = verb.lower()
    plain = said if said in _VERBS else _third_person.sub(r"\1", said)
    if plain in _VERBS and rest:
        return f"{draw.choice(_VERBS[plain])} {rest}"
    return text if verb.isupper() else said + (f" {rest}" if rest else "")


def _less(text: str, draw: random.Random) -> str:
    parts = text.split()
    if len(parts) > 3 and draw.random() < _LESS:
        del parts[draw.randrange(1, len(parts))]
    return " ".join(parts)
