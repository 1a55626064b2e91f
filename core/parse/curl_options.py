"""What libcurl's options put on the wire, whatever language sets them (``CURLOPT_…``).

>>> options = CurlOptions()
>>> options.set("URL", "https://api.example.com/pets")
>>> options.set("POSTFIELDS", "name=Rex")
>>> options.call().method
'POST'
"""

from __future__ import annotations

from core.parse.call import Call, PartsValue, basic_credentials
from core.parse.value import FileContent, Holes, Unknown, Value, concatenated
from core.request import FORM_MEDIA_TYPE

_METHODS = {"HTTPGET": "GET", "POST": "POST", "NOBODY": "HEAD", "PUT": "PUT", "UPLOAD": "PUT"}
_BODIES = frozenset({"POSTFIELDS", "COPYPOSTFIELDS", "MIMEPOST", "HTTPPOST"})
_HEADERS = {
    "USERAGENT": "User-Agent",
    "REFERER": "Referer",
    "COOKIE": "Cookie",
    "ACCEPT_ENCODING": "Accept-Encoding",
    "ENCODING": "Accept-Encoding",
}


class CurlOptions:
    """The options of one handle, set one after the other."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Takes back what was set."""
        self._method = "GET"
        self._body: Value | PartsValue = None
        self._headers: list[Value] = []
        self._given: dict[str, Value] = {}

    def set(self, option: str, value: Value | PartsValue) -> None:
        """One option, by its name without ``CURLOPT_``; a list of lines for ``HTTPHEADER``."""
        if option in _METHODS:
            is_on = bool(value)
            if is_on or self._method == _METHODS[option]:
                self._method = _METHODS[option] if is_on else "GET"
        elif option in _BODIES:
            self._body = value
            if self._method == "GET":
                self._method = "POST"
        elif option == "HTTPHEADER":
            self._headers = value if isinstance(value, list) else []
        elif not isinstance(value, PartsValue):
            self._given[option] = value

    def call(self) -> Call:
        """What a handle with these options sends."""
        headers, names = header_lines(self._headers)
        given = self._given
        for option, name in _HEADERS.items():
            if given.get(option) and name.lower() not in names:
                headers.append((name, given[option]))
        if given.get("RANGE"):
            headers.append(("Range", concatenated("bytes=", given["RANGE"])))
        if "authorization" not in names and (credentials := self._credentials()) is not None:
            headers.append(("Authorization", credentials))
        body = self._body
        if body is None and self._method in ("POST", "PUT"):
            body = given.get("READDATA")
        if (
            not isinstance(body, PartsValue)
            and body not in (None, "")
            and self._method == "POST"
            and "content-type" not in names
        ):
            headers.append(("Content-Type", FORM_MEDIA_TYPE))
        return Call(
            method=given.get("CUSTOMREQUEST") or self._method,
            url=with_scheme(given.get("URL")),
            headers=headers,
            body=None if self._method in ("GET", "HEAD") else body,
        )

    def _credentials(self) -> Value:
        given = self._given
        if given.get("XOAUTH2_BEARER"):
            return concatenated("Bearer ", given["XOAUTH2_BEARER"])
        if given.get("USERPWD"):
            holes = Holes()
            user, _, password = holes.text(given["USERPWD"]).partition(":")
            return basic_credentials(holes.value(user), holes.value(password))
        if given.get("USERNAME"):
            return basic_credentials(given["USERNAME"], given.get("PASSWORD") or "")
        return None


def with_scheme(url: Value) -> Value:
    """A URL as curl takes it: ``http`` is meant where no scheme is given."""
    if isinstance(url, Unknown | FileContent) or url is None:
        return url
    holes = Holes()
    text = holes.text(url).strip()
    if "://" not in text and not text.startswith("\0"):
        text = f"http://{text}"
    return holes.value(text)


def header_lines(lines: list[Value]) -> tuple[list[tuple[Value, Value]], set[str]]:
    """The headers that lines stand for, and the lower names of those that curl does not add itself.

    ``Name:`` takes away what curl would send; ``Name;`` sends the header empty.
    """
    headers: list[tuple[Value, Value]] = []
    names: set[str] = set()
    holes = Holes()
    for line in lines:
        text = holes.text(line)
        name, colon, value = text.partition(":")
        if not colon and not text.endswith(";") and "\0" not in text:
            continue
        name = name.removesuffix(";") if not colon else name
        names.add(name.strip().lower())
        if value.strip() or not colon:
            headers.append((holes.value(name), holes.value(value)))
    return headers, names
