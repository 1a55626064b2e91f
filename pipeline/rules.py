"""Rules for instruction candidates: each says what is wrong, and shows the words.

>>> candidate = Candidate("g", 'Query: "List pets"', "Pets", "List all pets", "", "listPets")
>>> [(found.rule, found.text) for found in findings(candidate)]
[('label', 'Query:'), ('request-quoted', '"List pets"')]

They were written from the criteria of API Pack (arXiv 2402.09615, section 3.3 and Listings 2 and 4)
before any human label was looked at. A finding weighs 1 where it makes a candidate bad, and less
where it only does so together with others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.candidate import Candidate
from core.words import telling_stems
from pipeline.grounding import (
    LITERALS,
    known_stems,
    mentions_of,
    novel_stems,
    said_of,
    telling_of,
    unsaid_values,
)
from pipeline.judgement import Finding

Span = tuple[int, int]
"""Where in the candidate's text; an empty span is about all of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for."""

    reason: str
    says: str
    """For people: what is wrong where it is found."""
    find: Callable[[Candidate], Iterator[Span]]
    weight: float = 1.0


LONGEST = 1_000
"""Characters; nobody asks for one call in more, and no rule but one reads them."""


def findings(candidate: Candidate) -> tuple[Finding, ...]:
    """All that the rules find, in the order of the rules; each rule at its first place only."""
    rules = RULES if len(candidate.text) <= LONGEST else {"too-long": RULES["too-long"]}
    return tuple(
        Finding(rule.reason, name, candidate.text[start:end], start, end, rule.weight)
        for name, rule in rules.items()
        for start, end in _first(rule.find(candidate))
    )


def _first(spans: Iterator[Span]) -> Iterator[Span]:
    found = next(spans, None)
    if found is not None:
        yield found


def _pattern(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Candidate], Iterator[Span]]:
    compiled = re.compile(pattern, flags | re.VERBOSE)

    def find(candidate: Candidate) -> Iterator[Span]:
        for match in compiled.finditer(candidate.text):
            yield match.span()

    return find


# Extra text

_META = (
    "quer(?:y|ies)|instructions?|requests?|examples?|questions?|prompts?|users?|commands?|tasks?"
)
_LABELS = rf"""
    (?:{_META}|inputs?|outputs?|responses?|answers?|assistant|solution|note|explanation
    |functionality|description|endpoint|api(?:\ name)?)
    """
_label = rf"(?:^|(?<=[.!?\"'\n])\s*|(?<=\#))(?:the\ |a\ )?(?:{_META})?\ ?{_LABELS}\ ?\d*\s*:"
_lead_in = rf"""
    ^\W*(?:here(?:['’]s|\ is|\ are)\b|sure\b|certainly\b|of\ course\b|absolutely\b|okay\b)
    |^[^.?!:]{{0,150}}\b(?:{_META})\b[^.?!:]{{0,120}}:
    """
_markup = r"```|^\s*\#{1,6}\s|\*\*\w|</\w+>"
_about_itself = r"""
    (?:(?:^|(?<=[.!?"'\n)])\s*)\(?(?:this|the\ above|the)\ (?:user(?:['’]s)?\ )?
    (?:query|instruction|request|question|prompt|example)\ (?:is|was|will|would|can|could|should
    |uses?|utilizes?|asks?|demonstrates?|includes?|specifies|assumes?|retrieves?|refers?)\b)
    |\bthe\ user\ (?:is|wants|needs|would|asks|can)\b
    """


def _too_long(candidate: Candidate) -> Iterator[Span]:
    if len(candidate.text) > LONGEST:
        yield LONGEST, len(candidate.text)


def _lines(candidate: Candidate) -> Iterator[Span]:
    match = re.search(r"\n\s*(\S.*)", candidate.text.strip(), re.DOTALL)
    if match:
        offset = len(candidate.text) - len(candidate.text.lstrip())
        yield match.start(1) + offset, match.end(1) + offset


_quotes = "\"“”'‘’`"


def _all_quoted(candidate: Candidate) -> Iterator[Span]:
    """From the first to the last character; one quotation mark is enough to show it."""
    text = candidate.text.strip()
    start = candidate.text.find(text)
    if len(text) > 1 and text[0] in _quotes:
        yield start, start + 1
    elif text[-1:] in tuple(_quotes) and text.count(text[-1]) == 1:
        yield start + len(text) - 1, start + len(text)


_MOST_QUOTED = 6
"""Words that a value has at most; more in quotation marks is somebody speaking."""


def _request_quoted(candidate: Candidate) -> Iterator[Span]:
    for mention in mentions_of(candidate.text):
        spoken = re.match(_REQUEST, mention.text, re.IGNORECASE | re.VERBOSE)
        if mention.kind == "quoted" and (spoken or len(mention.text.split()) > _MOST_QUOTED):
            yield mention.start - 1, mention.end + 1


# Several instructions

_REQUEST = r"""
    \s*["'“‘]?(?:please|kindly|can\ (?:you|i|we)|could\ (?:you|i|we)|would\ you|help\ (?:me|us)
    |i\ (?:need|want|would\ like|wish|have\ to)|i['’]d\ like|i['’]m\ (?:trying|looking)|let\ me
    |how|what|which|where|who|when|is\ there|are\ there|show|tell|give|list|get|fetch|find
    |retrieve|obtain|create|add|make|set|update|change|edit|modify|replace|delete|remove|cancel
    |check|test|verify|send|start|stop|run|call|execute|use|generate|provide|build|return|display
    |search|look|upload|download|import|export|enable|disable|assign|configure)\b
    """
_request = re.compile(_REQUEST, re.IGNORECASE | re.VERBOSE)
_sentence = re.compile(r"[^.?!\n]+(?:[.?!]+(?!\s|$|[\"'”’])[^.?!\n]*)*[.?!\n]*[\"'”’]*")
_items = r"(?:^|\n|\s)(?:\(?[2-9][.)]\s|[-*•]\ )\w"
_MOST_REQUESTS = 2
"""A wish, and the question that says what is asked: “I'd like to pay. How do I …?”"""


def _requests(candidate: Candidate) -> Iterator[re.Match[str]]:
    for sentence in _sentence.finditer(candidate.text):
        is_question = sentence[0].rstrip(_quotes + " ").endswith("?")
        if sentence[0].strip() and (is_question or _request.match(sentence[0])):
            yield sentence


def _questions(candidate: Candidate) -> Iterator[Span]:
    asked = [found for found in _requests(candidate) if "?" in found[0]]
    yield from (found.span() for found in asked[1:])


def _too_many(candidate: Candidate) -> Iterator[Span]:
    yield from (found.span() for found in list(_requests(candidate))[_MOST_REQUESTS:])


def _said_again(candidate: Candidate) -> Iterator[Span]:
    """Requests that each name the API stand for themselves: they are wordings of one."""
    name = _bare_name(candidate.api_name)
    naming = [found for found in _requests(candidate) if name and name in found[0].casefold()]
    yield from (found.span() for found in naming[1:])


# The name of the API

_GENERIC = frozenset(
    ["api", "apis", "rest", "http", "https", "json", "web", "service", "services", "cloud"]
)


def _bare_name(api_name: str) -> str:
    return re.sub(r"\s*\bapis?\b\s*$", "", api_name.casefold()).strip()


def _other_api(candidate: Candidate) -> Iterator[Span]:
    """“the Billing API”, where the API has another name and nothing is said of billing."""
    known = known_stems(said_of(candidate)) | _GENERIC
    for match in _named_api.finditer(candidate.text):
        is_named = _bare_name(candidate.api_name) in match[0].casefold()
        if not is_named and not known.issuperset(telling_stems(match["name"])):
            yield match.span("name")


_named_api = re.compile(r"\b(?P<name>(?:[A-Z][\w&.-]*\s+){1,6})(?:API|Api|api)s?\b")


def _no_api(candidate: Candidate) -> Iterator[Span]:
    """No word of the API's name that could tell it from another, nor its initials."""
    name = [word for word in candidate.api_name.split() if word.casefold() not in _GENERIC]
    said = frozenset(telling_stems(candidate.text))
    wanted = frozenset(found for word in name for found in telling_stems(word))
    initials = "".join(word[0] for word in name).upper()
    if wanted and wanted.isdisjoint(said) and initials not in candidate.text.split():
        yield 0, 0


# The endpoint

_compound = re.compile(r"[a-z0-9][A-Z]|\w[_.-]\w")


def _identifier(candidate: Candidate) -> Iterator[Span]:
    """The operation id as programmers write it; a plain word may stand for itself."""
    if _compound.search(candidate.endpoint):
        match = re.search(rf"(?<!\w){re.escape(candidate.endpoint)}(?!\w)", candidate.text, re.I)
        if match:
            yield match.span()


_route = (
    r"(?<![\w:/])/(?:[\w{}.-]+/)*[\w{}.-]+|\b(?:GET|POST|PUT|PATCH|DELETE)\ (?:request|method|/)"
)


# Facts

_NOVEL = (4, 0.5)
_MOSTLY_NOVEL = (7, 0.7)
"""From so many new words, and that share of the telling ones, on."""


def _values(candidate: Candidate) -> Iterator[Span]:
    for mention in unsaid_values(candidate):
        is_whole = mention.kind == "quoted" and len(mention.text.split()) > _MOST_QUOTED
        if mention.kind in LITERALS and not is_whole:
            yield mention.start, mention.end


def _names(candidate: Candidate) -> Iterator[Span]:
    for mention in unsaid_values(candidate):
        if mention.kind not in LITERALS:
            yield mention.start, mention.end


def _novel(least: tuple[int, float]) -> Callable[[Candidate], Iterator[Span]]:
    count, share = least

    def find(candidate: Candidate) -> Iterator[Span]:
        novel, all_told = novel_stems(candidate), telling_of(candidate.text)
        if len(novel) >= count and len(novel) > share * len(all_told):
            yield 0, len(candidate.text)

    return find


# Grammar

_torn = (
    r"(?:\b(?:and|or|the|an?|of|to|for|with|using|in|by|from|via|your|my)|[,;:(\-–])\s*[.?!]?\s*$"
)
_doubled = r"\b(?!that\b|had\b|\d)(\w+)\s+\1\b"
_article = r"""
    \ba\ (?:API|SQL|HTTP|ID|SSH|XML|[aeio][a-z]+)\b(?<!one)(?<!once)
    |\ban\ [bcdfgjklmpqrtvwz][a-z]+\b
    """
_leftover = r"\{\{?\w[\w .-]*\}?\}|<[a-z][\w -]*>|\[[a-z][\w -]*\]|\b(?:SOME|REPLACE)_\w+"


def _unpaired(candidate: Candidate) -> Iterator[Span]:
    for opening, closing in ("()", "[]", "{}", "“”"):
        if candidate.text.count(opening) != candidate.text.count(closing):
            at = max(candidate.text.rfind(opening), candidate.text.rfind(closing))
            yield at, at + 1
    if candidate.text.count('"') % 2:
        at = candidate.text.rfind('"')
        yield at, at + 1


# Intent

_answer = r"""
    \byou\ (?:can|could|may|should|must|need\ to|have\ to|would)\ (?:use|call|make|send|do
    |need|first|follow|also|try|then|retrieve|get)\b|\bI\ can\ (?:help|assist)|\bas\ an\ AI\b
    |\bI['’ ](?:a?m)\ (?:sorry|unable|afraid)|\bI\ (?:cannot|can['’]t)\ (?:help|provide)
    |\b(?:specify|clarify)\ (?:which|what|the\ following)
    |\bprovide\ (?:me\ with\ )?(?:more|additional)\ (?:details|information|context)
    """
_FEWEST_WORDS = 3
_REMOVALS = frozenset(
    telling_stems(
        """
        delete deletes deleting deletion remove removes removing removal erase destroy drop cancel
        cancellation revoke wipe purge uninstall detach unbind unassign unregister deregister clear
        discard terminate rid
        """
    )
)


def _too_short(candidate: Candidate) -> Iterator[Span]:
    if len(candidate.text.split()) < _FEWEST_WORDS:
        yield 0, len(candidate.text)


def _removal(candidate: Candidate) -> Iterator[Span]:
    """Somebody wants something gone that the operation leaves, or the other way round."""
    asked = _REMOVALS & frozenset(telling_stems(candidate.text))
    known = _REMOVALS & known_stems(said_of(candidate))
    does = candidate.method == "DELETE" or _REMOVALS & frozenset(
        telling_stems(f"{candidate.functionality} {candidate.endpoint}")
    )
    is_beyond = asked and not known and candidate.method != "DELETE"
    if is_beyond or (does and not asked):
        yield 0, len(candidate.text)


RULES: dict[str, Rule] = {
    "too-long": Rule("extra", "is longer than any request", _too_long),
    "lines": Rule("extra", "goes on after its first line", _lines),
    "label": Rule("extra", "has a label such as “Query:”", _pattern(_label)),
    "lead-in": Rule("extra", "is introduced", _pattern(_lead_in)),
    "all-quoted": Rule("extra", "stands in quotation marks", _all_quoted),
    "request-quoted": Rule("extra", "quotes somebody who asks", _request_quoted),
    "markup": Rule("extra", "holds Markdown or tags", _pattern(_markup)),
    "about-itself": Rule("extra", "talks about itself", _pattern(_about_itself)),
    "questions": Rule("several", "asks more than one question", _questions),
    "requests": Rule("several", "asks for more than two things", _too_many),
    "said-again": Rule("several", "says the same in other words", _said_again),
    "items": Rule("several", "is a list", _pattern(_items)),
    "other-api": Rule("api-name", "names another API", _other_api),
    "no-api": Rule("api-name", "does not name the API", _no_api),
    "identifier": Rule("endpoint", "names the operation id", _identifier, 0.5),
    "route": Rule("endpoint", "names a path or HTTP method", _pattern(_route, 0), 0.5),
    "value": Rule("fact", "holds a value that the operation and the call do not", _values),
    "name": Rule("fact", "names something that the operation does not", _names, 0.5),
    "novel": Rule("fact", "is half about other things", _novel(_NOVEL), 0.5),
    "mostly-novel": Rule("fact", "is mostly about other things", _novel(_MOSTLY_NOVEL), 0.5),
    "torn": Rule("grammar", "ends in mid-sentence", _pattern(_torn)),
    "doubled": Rule("grammar", "says a word twice", _pattern(_doubled)),
    "unpaired": Rule("grammar", "has a bracket or quotation mark without its other", _unpaired),
    "leftover": Rule("grammar", "has a gap of a template in it", _pattern(_leftover)),
    "article": Rule("grammar", "has the wrong article", _pattern(_article, 0), 0.5),
    "answer": Rule("intent", "answers instead of asking", _pattern(_answer)),
    "too-short": Rule("intent", "is too short to ask for anything", _too_short),
    "removal": Rule("intent", "wants something removed, or not, unlike the operation", _removal),
}
"""An operation id is only half a fault: API Pack's generation forbids it (Listing 2), and its
judging asks for it to be used accurately (Listing 4)."""
