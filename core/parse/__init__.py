"""Code back to the request that it sends, read through its language's real grammar, never run.

>>> parse("curl -d name=Rex https://api.example.com/pets", "curl").request.method
'POST'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import RequestError, UnknownNameError
from core.parse import c, curl, go, java, javascript, php, python, ruby, swift
from core.parse.call import Parsed
from core.parse.value import UnreadableCodeError


@dataclass(frozen=True)
class Language:
    """One of the ten languages."""

    title: str
    """What a person picks: ``JavaScript``."""
    parse: Callable[[str], Parsed]
    tells: str
    """A pattern of what is written in this language and in hardly any other."""


_JAVASCRIPT = (
    r"\b(?:fetch|XMLHttpRequest|URLSearchParams|FormData)\(|\b(?:const|let) \w+ =|"
    r"\bconsole\.log\(|=> |\bJSON\.stringify\(|==="
)

LANGUAGES: dict[str, Language] = {
    "curl": Language("cURL", curl.parse, r"^[ \t$>]*curl\s|\s--(?:header|request|url)\b"),
    "libcurl": Language(
        "C · libcurl", c.parse, r"\bcurl_(?:easy|slist|mime)_|\bCURL ?\*|#include|\bCURLcode\b"
    ),
    "java": Language(
        "Java",
        java.parse,
        r"^import (?:java|okhttp3)|\b(?:OkHttpClient|RequestBody|HttpURLConnection|HttpResponse<)|"
        r"\b(?:Request|FormBody|MultipartBody)\.Builder\(|\.newBuilder\(|\bString \w+ =|"
        r"\bpublic (?:class|static)",
    ),
    "javascript": Language("JavaScript", javascript.parse, _JAVASCRIPT),
    "node": Language(
        "Node",
        javascript.parse,
        rf"\brequire\(|\bfrom [\"']node:|\bprocess\.env\b|{_JAVASCRIPT}",
    ),
    "go": Language(
        "Go", go.parse, r":= |^package \w|\bhttp\.New|\bfmt\.|^func \w+\(|\berr != nil\b|^import \("
    ),
    "php": Language(
        "PHP",
        php.parse,
        r"<\?php|^[ \t]*\$\w+(?: \.?= |->|\[)|(?:CURLOPT_\w+|['\"]) => |"
        r"\bcurl_(?:setopt|exec|init)\b",
    ),
    "python": Language(
        "Python",
        python.parse,
        r"^import (?:requests|http\.client|httpx|json)|\b(?:requests|httpx)\.\w|^from \w+ import|"
        r"\bprint\(|\b(?:True|None)\b|^def ",
    ),
    "ruby": Language(
        "Ruby",
        ruby.parse,
        r"\bNet::HTTP|^require ['\"]|\bURI(?:\.parse)?\(|^[ \t]*end\b|^[ \t]*puts |"
        r"\w\.new\(url\)| do \|",
    ),
    "swift": Language(
        "Swift",
        swift.parse,
        r"^import Foundation|\bURL(?:Session|Request|Components)\b|\bNS[A-Z]\w+|^(?:let|var) \w+|"
        r"\btry[?!]? |\bguard let ",
    ),
}
"""The languages, as the chat, the boards and the commands spell them."""

_tells = {name: re.compile(language.tells, re.MULTILINE) for name, language in LANGUAGES.items()}


def parse(code: str, language: str) -> Parsed:
    """The request that a piece of code sends; nothing is executed.

    Raises ``UnknownNameError`` for a language that is not in :data:`LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    try:
        return LANGUAGES[language].parse(code)
    except UnreadableCodeError as error:
        return Parsed(None, reason=str(error))
    except RequestError as error:
        return Parsed(None, reason=f"The code sends something that no request can hold. {error}")
    except RecursionError:  # parsers go down the syntax tree, as deep as hostile code is nested
        return Parsed(None, reason="This code is nested too deeply to be read.")


def guess_language(code: str) -> str:
    """The language that a piece of code looks most like, the first of those that it looks like
    equally: JavaScript where nothing says that it is for Node, cURL where nothing says anything.
    """
    head = code[:20_000]
    return max(LANGUAGES, key=lambda name: len(_tells[name].findall(head)))
