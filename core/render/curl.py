"""cURL on a POSIX shell, as API Pack published it."""

from __future__ import annotations

from core.render.literals import shell_word
from core.request import FileBody, FormBody, JsonBody, MultipartBody, Part, Request, TextBody
from core.wire import encode


def render(request: Request) -> str:
    lines = [f"curl --request {request.method}", f"--url {shell_word(request.url)}"]
    lines += [f"--header {shell_word(f'{name}: {value}')}" for name, value in request.headers]
    if request.cookies:
        lines.append(f"--cookie {shell_word(request.cookie)}")
    return " \\\n  ".join(lines)
