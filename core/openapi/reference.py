"""``$ref``: found lazily, within the files that were given, and nowhere else.

A reference is a URI reference (OpenAPI 3.1 section 4.6) with a JSON pointer (RFC 6901) or an anchor
as its fragment. When a file of a set is read, its references are made absolute once, so that a raw
object taken from it needs no memory of where it came from. Cycles cost nothing: nothing is
expanded until somebody asks. No reference ever opens a file or URL outside the set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote, urljoin

from core.errors import DanglingReferenceError
from core.request import Json
from core.wire import shorten

MAX_HOPS = 50
"""Longest chain of references to references that is followed before it is called a circle."""


def escape_token(token: str) -> str:
    """One step of a JSON pointer: ``~`` as ``~0``, ``/`` as ``~1``."""
    return token.replace("~", "~0").replace("/", "~1")


def pointer(*tokens: str | int) -> str:
    """A JSON pointer from its steps: ``pointer("paths", "/pets")`` → ``/paths/~1pets``."""
    return "".join([f"/{escape_token(str(token))}" for token in tokens])


def pointer_tokens(text: str) -> list[str]:
    """The steps of a JSON pointer, unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in text.split("/")[1:]]


class References:
    """The files of one document, and the way from a reference to what it names."""

    def __init__(
        self,
        entry: str,
        root: Json,
        *,
        names: Mapping[str, object] | None = None,
        read: Callable[[str], Json] | None = None,
        has_ids: bool = False,
    ) -> None:
        """``names`` are the other files of the set and ``read`` parses one of them; a single
        document needs neither. ``has_ids`` says that schemas may carry ``$id`` (JSON Schema
        2020-12).
        """
        self._entry = entry
        self._names = names or {}
        self._read = read
        self._has_ids = has_ids
        self._files: dict[str, Json] = {entry: root}
        self._by_id: dict[str, Json] = {}
        self._anchors: dict[str, dict[str, Json]] = {}
        self._found: dict[str, Json] = {}
        self._is_absolute = len(self._names) > 1 or has_ids
        if self._is_absolute:
            self._make_absolute(root, entry)

    def resolve(self, value: Json) -> Json:
        """The object itself, or what its ``$ref`` leads to in the end.

        Raises ``DanglingReferenceError``.
        """
        hops = 0
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            value = self.find(value["$ref"])
            hops += 1
            if hops > MAX_HOPS:
                raise DanglingReferenceError(
                    f"The reference {shorten(str(value.get('$ref')), 200)} leads back to itself. "
                    "Let one of the objects on the way say what it is."
                )
        return value

    def find(self, reference: str) -> Json:
        """What a reference names. Raises ``DanglingReferenceError``."""
        try:
            return self._found[reference]
        except KeyError:
            found = self._found[reference] = self._look_up(reference)
            return found

    def _look_up(self, reference: str) -> Json:
        file, _, fragment = reference.partition("#")
        if file and not self._is_absolute:
            file = _joined(self._entry, file)
        root = self._file(file, reference)
        fragment = unquote(fragment)
        if not fragment:
            return root
        if not fragment.startswith("/"):
            return self._anchor(file, root, fragment, reference)
        value = root
        for token in pointer_tokens(fragment):
            value = _step(value, token, reference)
        return value

    def _file(self, file: str, reference: str) -> Json:
        if file in ("", self._entry):
            return self._files[self._entry]
        if file in self._by_id:
            return self._by_id[file]
        if file not in self._files:
            name = unquote(file)
            if self._read is None or name not in self._names:
                raise DanglingReferenceError(
                    f"The reference {shorten(reference, 200)} leads to {shorten(name, 120)}, "
                    f"which is not among the "
                    "uploaded files. Upload all files together, as a folder or a zip; nothing is "
                    "fetched from elsewhere."
                )
            root = self._read(name)
            self._make_absolute(root, file)
            self._files[file] = root
        return self._files[file]

    def _anchor(self, file: str, root: Json, name: str, reference: str) -> Json:
        key = file or self._entry
        if key not in self._anchors:
            self._anchors[key] = dict(_anchors_of(root))
        try:
            return self._anchors[key][name]
        except KeyError:
            raise DanglingReferenceError(
                f"The reference {shorten(reference, 200)} leads nowhere: there is no “$anchor” "
                f"of that name."
            ) from None

    def _make_absolute(self, root: Json, file: str) -> None:
        base = "" if file == self._entry else file
        seen: set[int] = set()
        pending: list[tuple[Json, str]] = [(root, base)]
        while pending:
            value, base = pending.pop()
            if id(value) in seen:
                continue
            if isinstance(value, dict):
                seen.add(id(value))
                base = self._registered_base(value, base)
                if isinstance(value.get("$ref"), str):
                    value["$ref"] = self._absolute(base, value["$ref"])
                pending += [
                    (item, base) for item in value.values() if isinstance(item, dict | list)
                ]
            elif isinstance(value, list):
                seen.add(id(value))
                pending += [(item, base) for item in value if isinstance(item, dict | list)]

    def _registered_base(self, value: Json, base: str) -> str:
        if not self._has_ids or not isinstance(value.get("$id"), str):
            return base
        new = _joined(base or self._entry, value["$id"].partition("#")[0])
        self._by_id.setdefault(new, value)
        return new

    def _absolute(self, base: str, reference: str) -> str:
        if reference.startswith("#"):
            return base + reference
        absolute = _joined(base or self._entry, reference)
        return (
            absolute.removeprefix(self._entry)
            if absolute.startswith(self._entry + "#")
            else absolute
        )


def _joined(base: str, reference: str) -> str:
    """A reference made absolute (RFC 3986 section 5); what is no URI reference stays as it is."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _step(value: Json, token: str, reference: str) -> Json:
    if isinstance(value, dict) and token in value:
        return value[token]
    if isinstance(value, list) and token.isdecimal() and int(token) < len(value):
        return value[int(token)]
    raise DanglingReferenceError(
        f"The reference {shorten(reference, 200)} leads nowhere: there is no {shorten(token)} on "
        f"its way. "
        "Add it, or point to what is there."
    )


def _anchors_of(root: Json) -> Iterator[tuple[str, Json]]:
    pending = [root]
    seen: set[int] = set()
    while pending:
        value = pending.pop()
        if not isinstance(value, dict | list) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(value.get(keyword), str):
                    yield value[keyword], value
            pending += value.values()
        else:
            pending += value
