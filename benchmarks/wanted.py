"""Is an answer the very request that was wanted?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from benchmarks.questions import Item
from core.answer import Call, call_with
from core.compare import compare
from core.errors import CallwrightError
from core.openapi.keyword import same
from core.request import FormBody, JsonBody, MultipartBody, Request
from core.wire import decode


def is_entirely_right(calls: Sequence[Call], item: Item) -> bool:
    """The right operation with the right values, and no value that nobody asked for."""
    if not calls or item.api is None or calls[0].operation.label not in item.wanted:
        return False
    call = calls[0]
    if item.config is not None:
        return _is_config(call.request, item.config)
    try:
        wanted = call_with(item.api.find(call.operation.label), item.arguments or {}).request
    except CallwrightError:
        return False
    return not compare(call.request, wanted)


def _is_config(request: Request, config: Mapping[str, Any]) -> bool:
    """WAPIIBench: method, path, query and body by value; ``Accept`` and credentials apart."""
    parts = urlsplit(config["url"])
    return (
        request.method == config["method"].upper()
        and request.host.lower() == parts.netloc.lower()
        and decode(request.path) == unquote(parts.path)
        and _query(request) == _params(config.get("params") or {})
        and _is_data(request, config.get("data"))
    )


def _query(request: Request) -> list[tuple[str, str]]:
    joined: dict[str, list[str]] = {}
    for name, text in request.query:
        joined.setdefault(decode(name), []).append(decode(text or ""))
    return sorted((name, ",".join(texts)) for name, texts in joined.items())


def _params(params: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, _text(value)) for name, value in params.items())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(_text, value)) if isinstance(value, list) else str(value)


def _is_data(request: Request, data: Any) -> bool:
    body = request.body
    if body is None or data is None:
        return not data and body in (None, JsonBody("{}"))
    if isinstance(body, JsonBody):
        return same(body.value, data)
    if isinstance(body, FormBody):
        return sorted(body.pairs) == _params(data)
    if isinstance(body, MultipartBody):
        parts = [(part.name, part.value or part.filename or "") for part in body.parts]
        return sorted(parts) == _params(data)
    return False
