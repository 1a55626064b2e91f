"""What people mean who go on talking: “now with limit 50”, “in Go”, “the delete one”.

>>> understand("for pet 8 instead", turn, find).evidence[0].value
8

A follow-up is told by how it begins, by what it leaves out, and by whether the call before has a
place for its values; whatever is none is a question of its own. No language model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from core.arguments.filling import Evidence, fill
from core.arguments.mention import mentions
from core.kept_answer import KeptAnswer, KeptCall, evidence_of
from core.openapi.operation import Operation
from core.openapi.schema import satisfies
from core.render import CLIENTS
from core.retrieval.entry import Key
from core.retrieval.intent import intents
from core.words import telling_stems

FindOperation = Callable[[Key], Operation]


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer that the person looks at."""

    answer: KeptAnswer
    choice: int = 0
    """Which of its calls is shown."""

    @property
    def call(self) -> KeptCall:
        """The call that is shown."""
        return self.answer.calls[self.choice]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """Something to look for."""

    asked: str
    """The words, under those of the turn before where they lean on these."""
    apis: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SameCall:
    """One of the calls of the turn before, as it was."""

    at: int


@dataclass(frozen=True, slots=True)
class ChangedCall:
    """One of the calls of the turn before, with other values."""

    at: int
    asked: str
    """What was asked before, and the new words on a line of their own."""
    evidence: tuple[Evidence, ...]
    """All values, those that stay included; their places are those in ``asked``."""


Meant = NewQuestion | SameCall | ChangedCall

_LANGUAGES = {
    "curl": "curl",
    "c": "libcurl",
    "libcurl": "libcurl",
    "python": "python-requests",
    "requests": "python-requests",
    "http.client": "python-http-client",
    "javascript": "javascript-fetch",
    "js": "javascript-fetch",
    "browser": "javascript-fetch",
    "xhr": "javascript-xhr",
    "xmlhttprequest": "javascript-xhr",
    "node": "node-fetch",
    "nodejs": "node-fetch",
    "node.js": "node-fetch",
    "java": "java-httpclient",
    "okhttp": "java-okhttp",
    "httpclient": "java-httpclient",
    "go": "go-nethttp",
    "golang": "go-nethttp",
    "php": "php-curl",
    "ruby": "ruby-nethttp",
    "swift": "swift-urlsession",
    "nsurlsession": "swift-nsurlsession",
    "urlsession": "swift-urlsession",
    **{name: name for name in CLIENTS},
}
"""What people call a client; of a language alone, the one that they use today."""

_language = "|".join(sorted(map(re.escape, _LANGUAGES), key=len, reverse=True))
_politely = r"(?:[\s,]+(?:please|pls|instead|now|too|code|again|thanks|thank\s+you))*[\s.!?]*$"
_says_client = (
    re.compile(rf"(?i)^(?:(?:now|and|please|ok|okay)[\s,]+)*(?P<name>{_language}){_politely}"),
    re.compile(
        rf"(?i)(?:^|[\s,;:(]+)(?:(?:but|now|and|show\s+(?:me\s+)?(?:it|that)|give\s+(?:me\s+)?it)\s+)*"
        rf"(?:in|as|using|as\s+an?|in\s+plain)\s+(?P<name>{_language})\)?{_politely}"
    ),
    re.compile(rf"(?i)^in\s+(?P<name>{_language})\s*[,:]\s*"),
    re.compile(
        rf"(?i)^(?:(?:now|and|show|give|me|what\s+about|how\s+about)\s+)*the\s+(?P<name>{_language})"
        rf"\s+(?:version|code|call|snippet|one){_politely}"
    ),
)


def without_client(words: str) -> tuple[str, str]:
    """The words without the client that they name, and its name; empty where they name none.

    >>> without_client("list pets, in Go please")
    ('list pets', 'go-nethttp')
    """
    for pattern in _says_client:
        if found := pattern.search(words):
            rest = f"{words[: found.start()]} {words[found.end() :]}".strip()
            return rest, _LANGUAGES[found["name"].lower()]
    return words, ""


_NUMBERS = {
    name: at
    for at, names in enumerate(
        ("first 1st", "second 2nd other next", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th")
    )
    for name in names.split()
}
_lead_in = (
    r"(?i)^(?:(?:no|nope|sorry|i\s+mean|i\s+meant|rather|actually|use|take|try|show|give|me|then|and"
    r"|what\s+about|how\s+about|ok|okay|please|make\s+it|not\s+that(?:\s+one)?|but)[\s,.:]+)*"
)
_ordinal = re.compile(
    rf"{_lead_in}(?:the\s+)?(?P<name>{'|'.join(_NUMBERS)}|last)"
    rf"(?:\s+(?:one|option|call|alternative|operation))?{_politely}"
)
_numbered = re.compile(
    rf"{_lead_in}(?:the\s+)?(?:#\s*|(?:number|no\.?|option|alternative)\s+)(?P<number>\d){_politely}"
)
_described = re.compile(
    rf"{_lead_in}(?:the|that)\s+(?:(?P<before>[\w\s/{{}}-]{{2,60}}?)\s+"
    r"(?:one|version|operation|endpoint|call)|one\s+(?:that|which|with|for|about|to|of|from)\s+"
    rf"(?P<after>[\w\s/{{}}-]{{2,60}}?)){_politely}"
)

_follows = re.compile(
    r"(?i)^(?:(?:now|and|but|also|then|again|ok|okay|so|this\s+time|no|rather|actually|please)[\s,.:]+)*"
    r"(?P<cue>with|without|for|from|to|by|on|in|at|only|just|make\s+(?:it|that|them)|set|change"
    r"|use|same|the\s+same|what\s+(?:about|if)|how\s+about|instead|sort|sorted|order(?:ed)?|page"
    r"|limit|add|include|until|since|before|after|between|drop|leave|remove|no)\b"
)
_begins_anew = re.compile(r"(?i)^(?:now|and|but|also|then|ok|okay|so|please)[\s,.:]+")
_refers = re.compile(r"(?i)\b(?:it|them|that(?:\s+one)?|this(?:\s+one)?|those|these|its|their)\b")
_instead = re.compile(r"(?i)\b(?:instead|too|as\s+well|this\s+time)[\s.!?]*$")
_takes_away = re.compile(
    r"(?i)(?:^|\b(?:but|and|now)\s+)(?:without|no|drop|remove|leave\s+out|not)\s+(?:the\s+|any\s+)?"
    r"(?P<name>[\w -]{2,40}?)(?:\s+(?:parameter|filter|field|value))?[\s.!?]*$"
)
_adds = re.compile(r"(?i)\b(?:also|too|as\s+well|add)\b")
_CHANGE_VERBS = frozenset(
    telling_stems(
        "now and but also then again instead make set change use same only just sort sorted order "
        "page add include with without try version parameter filter value show give more please "
        "different other another too well time rather actually about no not ok okay so"
    )
)
"""Words of a follow-up that name nothing."""
_SHORT = 4
"""Words that may follow without saying so: “limit 50”."""


def understand(words: str, turn: Turn | None, find: FindOperation) -> Meant:
    """What somebody means by these words, who looks at that answer.

    ``find`` opens an operation; what it raises is raised.
    """
    if turn is None or not turn.answer.calls:
        return NewQuestion(words)
    if not words:  # all of them named a client
        return SameCall(turn.choice)
    at = _choice(words, turn)
    if at is not None:
        return SameCall(at)
    operation = find(turn.call.key)
    return _change(words, turn, operation) or _leaning(words, turn) or NewQuestion(words)


def _choice(words: str, turn: Turn) -> int | None:
    """Which of the calls the words point at, if they do."""
    calls = turn.answer.calls
    if found := _ordinal.search(words):
        at = len(calls) - 1 if found["name"].lower() == "last" else _NUMBERS[found["name"].lower()]
        return at if at < len(calls) else None
    if found := _numbered.search(words):
        at = int(found["number"]) - 1
        return at if 0 <= at < len(calls) else None
    if found := _described.search(words):
        return _like(found["before"] or found["after"], calls, turn.choice)
    return None


def _like(said: str, calls: Sequence[KeptCall], shown: int) -> int | None:
    """The call that a description fits best; what is shown already is hardly meant."""
    asked = set(telling_stems(said)) - _CHANGE_VERBS
    methods = {word.upper() for word in said.split()} & {call.method for call in calls}
    wanted = methods or (set(intents(said)) if _has_verb(said) else set())

    def fits(at: int) -> tuple[float, bool]:
        call = calls[at]
        texts = (call.method.lower(), call.path, call.operation_id, call.summary, call.title)
        known = set(telling_stems(" ".join(texts)))
        return len(asked & known) + (call.method in wanted), at != shown

    best = max(range(len(calls)), key=lambda at: (*fits(at), -at))
    return best if fits(best)[0] else None


def _change(words: str, turn: Turn, operation: Operation) -> ChangedCall | None:
    """The call that is shown with the values that the words give; ``None`` where they do not."""
    kept = evidence_of(turn.call, operation)
    if found := _takes_away.search(words):
        left = _without(found["name"], kept)
        if len(left) < len(kept):
            return ChangedCall(turn.choice, _both(turn, words), left)
    filled = _same_kind(words, kept, operation) or fill(words, operation).evidence
    if not filled or not _follows_on(words, filled, operation):
        return None
    offset = len(turn.answer.asked) + 1
    moved = [replace(each, start=each.start + offset, end=each.end + offset) for each in filled]
    return ChangedCall(turn.choice, _both(turn, words), _merged(kept, moved, words))


def _both(turn: Turn, words: str) -> str:
    return f"{turn.answer.asked}\n{words}"


def _without(name: str, kept: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The values but those of what is called so."""
    said = set(telling_stems(name))
    return tuple(each for each in kept if not said & set(telling_stems(each.slot.name)))


def _same_kind(words: str, kept: Sequence[Evidence], operation: Operation) -> tuple[Evidence, ...]:
    """“make it 50”: the one value said stands for the one of its kind that was said before."""
    said = mentions(words)
    if len(said) != 1:
        return ()
    (mention,) = said
    if set(telling_stems(words[: mention.start] + words[mention.end :])) - _CHANGE_VERBS:
        return ()  # something else is named
    alike = [
        each
        for each in kept
        if type(each.value) is type(mention.value)
        and satisfies(mention.value, each.slot.schema, operation.document)
    ]
    if len(alike) != 1:
        return ()
    return (replace(alike[0], value=mention.value, start=mention.start, end=mention.end),)


def _follows_on(words: str, filled: Sequence[Evidence], operation: Operation) -> bool:
    """Whether words that fit the call are about that call, not a question of their own."""
    own = set(_begins_anew.sub("", words).split()[:1])
    verbs = intents(words) if _has_verb(words) else {}
    starts_over = bool(verbs) and operation.method not in verbs
    if _follows.search(words) or _instead.search(words):
        return not starts_over or _is_change(own)
    short = len(words.split()) <= _SHORT and not verbs
    return short and not _unknown(words, filled, operation)


def _is_change(first: set[str]) -> bool:
    return bool(
        {word.lower().strip(",.:") for word in first} & {"set", "change", "make", "use", "add"}
    )


def _has_verb(words: str) -> bool:
    """Whether the words ask for something to be done; what asks for nothing reads."""
    return intents(words) != {"GET": 0.5}


def _unknown(words: str, filled: Sequence[Evidence], operation: Operation) -> set[str]:
    """Stems that are no value, no name of a place and no part of the operation's texts."""
    rest = list(words)
    for each in filled:
        rest[each.start : each.end] = " " * (each.end - each.start)
    names = [parameter.name for parameter in operation.parameters]
    names += [step for each in filled for step in each.slot.path]
    texts = (operation.path, operation.summary, operation.operation_id, *names)
    return set(telling_stems("".join(rest))) - set(telling_stems(" ".join(texts))) - _CHANGE_VERBS


def _merged(kept: Iterable[Evidence], said: Sequence[Evidence], words: str) -> tuple[Evidence, ...]:
    """What is said now in place of what was said before, or beside it where lists grow."""
    adds = bool(_adds.search(words))
    places = {
        (each.slot.place, each.slot.path) for each in said if not (adds and each.slot.repeats)
    }
    stay = [each for each in kept if (each.slot.place, each.slot.path) not in places]
    return (*stay, *said)


def _leaning(words: str, turn: Turn) -> NewQuestion | None:
    """“delete it”: another operation of the same API, with the words that name “it”."""
    rest = _begins_anew.sub("", words)
    refers = bool(_refers.search(rest)) and len(rest.split()) <= 2 * _SHORT
    if not (refers or _follows.search(words)):
        return None
    methods = frozenset(intents(rest)) if refers and _has_verb(rest) else frozenset[str]()
    return NewQuestion(_both(turn, words), frozenset({turn.call.api}), methods)
