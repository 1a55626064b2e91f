"""Parameter values as wire text: style and explode (OpenAPI 3.1 section 4.8.12.2, RFC 6570), 2.0's
``collectionFormat`` included.

Undefined corners are decided as OpenAPI 3.2 does or as most servers read them: ``deepObject``
ignores explode and nests as ``a[b][c]``; a list inside it repeats its name.
"""

from __future__ import annotations

from collections.abc import Callable

from core import wire
from core.openapi.operation import Parameter
from core.request import Json, canonical_json

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}
_PATH_PREFIXES = {"label": ".", "matrix": ";"}


def plain_text(value: Json) -> str:
    """A value as the text inside a parameter: JSON's spelling, strings bare."""
    if isinstance(value, str):
        return value
    return canonical_json(value)


def query_pairs(parameter: Parameter, value: Json) -> list[tuple[str, str | None]]:
    """The pairs that a value makes in a query, in wire form."""
    name = wire.encode(parameter.name)
    encode = wire.encode_keeping_reserved if parameter.allow_reserved else wire.encode
    if parameter.media_type is not None or not isinstance(value, list | dict):
        return [(name, encode(plain_text(value)))]
    if isinstance(value, list):
        return _list_pairs(parameter, name, value, encode)
    if parameter.style == "deepObject":
        return [
            (wire.encode(path), encode(text)) for path, text in _deep_pairs(parameter.name, value)
        ]
    if parameter.explode:
        return [(wire.encode(key), encode(plain_text(item))) for key, item in value.items()]
    delimiter = _DELIMITERS.get(parameter.style, ",")
    return [(name, delimiter.join(_alternating(value, encode)))]


def _list_pairs(
    parameter: Parameter, name: str, values: list[Json], encode: Callable[[str], str]
) -> list[tuple[str, str | None]]:
    texts = [encode(plain_text(item)) for item in values]
    if parameter.explode or parameter.style == "deepObject":
        return [(name, text) for text in texts]
    return [(name, _DELIMITERS.get(parameter.style, ",").join(texts))]


def path_text(parameter: Parameter, value: Json) -> str:
    """What a value puts in place of ``{name}``, in wire form."""
    if parameter.media_type is not None:
        return wire.encode(plain_text(value))
    prefix = _PATH_PREFIXES.get(parameter.style, "")
    name = wire.encode(parameter.name) if parameter.style == "matrix" else ""
    if not isinstance(value, list | dict):
        text = wire.encode(plain_text(value))
        return prefix + (f"{name}={text}" if name and text else name or text)
    if parameter.explode:
        items = _exploded(value, name)
        return prefix + (prefix or ",").join(items)
    items = (
        _alternating(value, wire.encode)
        if isinstance(value, dict)
        else [wire.encode(plain_text(item)) for item in value]
    )
    return prefix + (f"{name}=" if name else "") + ",".join(items)


def _exploded(value: Json, name: str) -> list[str]:
    if isinstance(value, dict):
        return [
            f"{wire.encode(key)}={wire.encode(plain_text(item))}" for key, item in value.items()
        ]
    return [(f"{name}=" if name else "") + wire.encode(plain_text(item)) for item in value]


def header_text(parameter: Parameter, value: Json) -> str:
    """A header's value (style ``simple``); nothing is percent-encoded there."""
    if parameter.media_type is not None or not isinstance(value, list | dict):
        return plain_text(value).strip()
    if isinstance(value, list):
        return ",".join(map(plain_text, value))
    if parameter.explode:
        return ",".join(f"{key}={plain_text(item)}" for key, item in value.items())
    return ",".join(_alternating(value, str))


def cookie_pairs(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    """The cookies that a value makes (style ``form``), values percent-encoded."""
    return [(name, text or "") for name, text in query_pairs(parameter, value)]


def _alternating(value: dict[str, Json], encode: Callable[[str], str]) -> list[str]:
    return [encode(plain_text(text)) for pair in value.items() for text in pair]


def _deep_pairs(name: str, value: Json) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in _deep_pairs(f"{name}[{key}]", item)]
    if isinstance(value, list):
        return [pair for item in value for pair in _deep_pairs(name, item)]
    return [(name, plain_text(value))]
