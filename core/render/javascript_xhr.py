"""JavaScript with ``XMLHttpRequest``, as API Pack published it; for browsers."""

from __future__ import annotations

from core.render.javascript_body import BROWSER, body_code
from core.render.javascript_literal import write_json
from core.render.literals import double_quoted
from core.request import Body, Request

_CALL = """const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});
"""


def render(request: Request) -> str:
    data, content_type = _data(request.body)
    headers = request.headers
    if request.cookies:
        headers = (("cookie", request.cookie), *headers)
    if content_type is not None:
        headers = (*headers, ("content-type", content_type))
    settings = [f'xhr.setRequestHeader("{k}", {double_quoted(v)});\n' for k, v in headers]
    return (
        f'{data}\n\n{_CALL}\nxhr.open("{request.method}", {double_quoted(request.url)});\n'
        f"{''.join(settings)}\nxhr.send(data);"
    )


def _data(body: Body | None) -> tuple[str, str | None]:
    """The statements that define ``data``, and its content type."""
    if body is None:
        return "const data = null;", None
    setup, value, content_type = body_code(body, BROWSER, write_json)
    if value != "data":
        setup = (*setup, f"const data = {value};")
    return "\n\n".join(setup), content_type
