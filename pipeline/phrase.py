"""What an operation does, as a person would ask for it: verb first, in small letters.

>>> phrases(operation)  # summary “Returns a list of pets.”, id “listPets”
['get a list of pets', 'list pets']

Taken from the summary, the first sentence of the description, the operation id, or the path, in
this order; documents write them as sentences, titles, third persons, and notes to themselves.
"""

from __future__ import annotations

import re

from core.words import words
from pipeline.row import OperationRow

_LONGEST = 18
"""Words of a phrase, where it can be cut."""
_FEWEST_LETTERS = 3

VERBS = frozenset(
    re.findall(
        r"\w+",
        """
        abort accept acknowledge activate add adjust aggregate allocate allow analyze apply
        approve archive assign associate attach authenticate authorize begin block book
        browse build bulk buy calculate call cancel capture change charge check claim clean
        clear clone close collect combine commit compare complete compute configure confirm
        connect consume convert copy count create deactivate deallocate debug decline decode
        decrypt define delete deliver deny deploy deprecate deregister describe destroy
        detach detect determine disable disassociate disconnect discover dismiss display
        download drop duplicate edit email enable encode encrypt end enroll ensure enumerate
        estimate evaluate exchange execute exclude export extend extract fetch filter find
        finish flag follow force forward freeze generate get give grant hide identify ignore
        import include index ingest initialize initiate inject insert inspect install
        invalidate invite invoke issue join kill launch leave link list load locate lock log
        login logout lookup make manage map mark match merge migrate modify monitor mount
        move mute negotiate notify obtain open order override parse patch pause pay perform
        pin place poll populate post predict preview print process produce promote provide
        provision publish pull purchase purge push put query queue quote read reactivate
        reboot rebuild receive recommend record recover redeem refresh refund regenerate
        register reject release reload remove rename render renew reopen reorder replace
        reply report request reschedule reserve reset resend resize resolve respond restart
        restore resume retrieve retry return reverse revert review revoke roll rotate run
        sample save scan schedule search select send set share show sign simulate skip sort
        specify split stage star start stop store stream submit subscribe suggest summarize
        suspend swap switch sync synchronize tag terminate test toggle track transfer
        transform translate trigger try turn unarchive unassign unblock uncheck undelete
        undo unfollow uninstall unlink unlock unmount unpin unpublish unregister unset
        unstar unsubscribe update upgrade upload upsert use validate verify view void vote
        wait watch withdraw write
        """,
    )
)
"""Base forms of the verbs that operations begin with."""

_VERB_OF_METHOD = {
    "GET": "get",
    "HEAD": "check",
    "OPTIONS": "check",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}
_LAST_RESORT = "use"
_METHODS = frozenset(method.lower() for method in _VERB_OF_METHOD)

_markup = re.compile(
    r"```.*?(?:```|$)|<[^<>]*>|!?\[(?P<shown>[^\][]*)\]\([^()]*\)|https?://\S+|[`*|#]|\\[nrt]",
    re.DOTALL,
)
_sentence_end = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])|\s*[\n\r]+\s*|\s*[;:]\s|\s+[-–—]+\s")
_about_itself = re.compile(
    r"""
    (?:(?:this|the|rest|https?|web|soap|api|end-?point|operation|method|call|request|route|resource
    |service|function|action|that|which|is|will|can|may|should|must|be|also|you|it|to|for|used?
    |allows?|lets?|enables?|provides|users?|one|clients?|ability|a\ way|possible)\b\s*)+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""“This endpoint allows you to …”: what documents say before they say it."""
_aside = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
_clause = re.compile(
    r",?\s+(?:which|where|whose|that|because|so that|if|when|unless|by|e\.g\.|i\.e\.)\s|,\s"
)
_is_version = re.compile(r"v?\d[\d.]*", re.IGNORECASE).fullmatch
_space = re.compile(r"\s+")


def phrases(operation: OperationRow) -> list[str]:
    """Each way to say it, best first; at least one."""
    texts = [operation.summary, operation.description]
    found = [_from_sentence(text, operation.method) for text in texts]
    found.append(_from_name(operation.operation_id))
    return list(dict.fromkeys(filter(None, found))) or [_from_path(operation)]


def _from_sentence(text: str, method: str) -> str:
    """The first sentence of a text as a verb phrase; empty where it has none."""
    plain = _markup.sub(lambda match: f" {match['shown'] or ''} ", text[:1_000]).strip()
    sentence = _space.sub(" ", _sentence_end.split(plain, maxsplit=1)[0]).strip(" .!?,;:\"'")
    if sum(letter.isalpha() for letter in sentence) < _FEWEST_LETTERS:
        return ""
    told = _in_small_letters(_shortened(_aside.sub("", sentence)).split())
    written = " ".join(told)
    prelude = _about_itself.match(written)
    rest = written[prelude.end() :].split() if prelude else []
    for begun in (rest if len(rest) > 1 else [], told):
        if begun and (verb := base_form(begun[0])):
            return " ".join([_asked(verb), *begun[1:]])
    return f"{_VERB_OF_METHOD.get(method, _LAST_RESORT)} {written}" if told else ""


def _asked(verb: str) -> str:
    """What an API returns, somebody gets."""
    return "get" if verb in ("return", "provide") else verb


def base_form(word: str) -> str:
    """The verb that a word is a form of: ``Lists``, ``listing`` → ``list``; empty for none."""
    plain = word.lower().strip(",.:;")
    candidates = [plain]
    if plain.endswith("s"):
        candidates += [plain[:-1], plain[:-2], plain[:-3] + "y"]
    if plain.endswith("ing"):
        stem = plain[:-3]
        candidates += [stem, stem + "e", stem[:-1]]
    return next((candidate for candidate in candidates if candidate in VERBS), "")


def _in_small_letters(told: list[str]) -> list[str]:
    """A title's words in small letters; of a sentence only the first, unless it is a name.

    “List All Pets By ID” → “list all pets by ID”
    """
    capitals = sum(word[:1].isupper() for word in told)
    is_title = len(told) > 1 and capitals > len(told) / 2
    return [
        word.lower() if _is_capitalised(word) and (is_title or number == 0) else word
        for number, word in enumerate(told)
    ]


def _is_capitalised(word: str) -> bool:
    """``Pets``, but neither ``ID`` nor ``OAuth``; one letter alone is an article."""
    return word[:1].isupper() and (len(word) == 1 or word[1:].islower())


def _shortened(text: str) -> str:
    """Cut where a clause ends, if that makes a long text short enough; else after so many words."""
    told = text.split()
    if len(told) <= _LONGEST:
        return text
    cuts = [match.start() for match in _clause.finditer(text)]
    fitting = [cut for cut in cuts if 5 <= len(text[:cut].split()) <= _LONGEST]
    kept = text[: fitting[0]].split() if fitting else told[:_LONGEST]
    return _to_last_noun(kept)


_dangling = frozenset(
    re.findall(
        r"\w+", "a an and any are as at by for from in into is its of on or that the to with"
    )
)


def _to_last_noun(told: list[str]) -> str:
    """Words without those at their end that lead on to something."""
    while told and told[-1].lower().strip(",") in _dangling:
        told = told[:-1]
    return " ".join(told).rstrip(",")


def _from_name(name: str) -> str:
    """``listPetsByTag`` → ``list pets by tag``; only where a verb comes first."""
    told = [word.text for word in words(name)]
    if len(told) > 2 and told[0] in _METHODS and told[1] in VERBS:
        told = told[1:]
    return " ".join(told) if len(told) > 1 and told[0] in VERBS else ""


def _from_path(operation: OperationRow) -> str:
    """``DELETE /v1/pets/{id}`` → ``delete pets``."""
    verb = _VERB_OF_METHOD.get(operation.method, _LAST_RESORT)
    return f"{verb} {path_words(operation.path) or 'the root'}"


def path_words(path: str) -> str:
    """What the last named segments of a path say: ``/v1/pets/{id}/photos`` → ``pets photos``."""
    literal = [
        segment
        for segment in path.partition("#")[0].partition("?")[0].split("/")
        if segment and "{" not in segment and not _is_version(segment)
    ]
    return " ".join(word.text for segment in literal[-2:] for word in words(segment))
