"""Swift with ``NSMutableURLRequest``, as API Pack published it, in a form that compiles."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

from core.render.body import form_encode, quoted_text
from core.render.headers import all_headers
from core.render.json_text import has_integer_beyond_double, is_shallow_structure
from core.render.literals import as_swift, double_quoted, needs_as_swift
from core.render.multipart import boundary
from core.request import Body, FileBody, FormBody, Json, JsonBody, MultipartBody, Part, Request

_DATA = ".data(using: String.Encoding.utf8)!"

_SERIALIZE = "let postData = try JSONSerialization.data(withJSONObject: parameters, options: [])"

_TASK = """\
let dataTask = session.dataTask(with: request as URLRequest, completionHandler: \
{ (data, response, error) -> Void in
  if (error != nil) {
    print(error)
  } else {
    let httpResponse = response as? HTTPURLResponse
    print(httpResponse)
  }
})

dataTask.resume()"""

_JOIN_PARTS = r"""
var body = Data()
for param in parameters {
  let paramName = param["name"]!
  body += "--\(boundary)\r\n".utf8
  body += "Content-Disposition: form-data; name=\"\(paramName)\"".utf8
  if let filename = param["fileName"] {
    body += "; filename=\"\(filename)\"".utf8
  }
  if let contentType = param["content-type"] {
    body += "\r\nContent-Type: \(contentType)".utf8
  }
  body += "\r\n\r\n".utf8
  if let filename = param["fileName"] {
    body += try Data(contentsOf: URL(fileURLWithPath: filename))
  } else if let paramValue = param["value"] {
    body += paramValue.utf8
  }
  body += "\r\n".utf8
}
body += "--\(boundary)--\r\n".utf8
let postData = body"""


def render(request: Request) -> str:
    setup, settings = "", ""
    pairs = all_headers(request)
    if pairs:
        setup = f"let headers = {_dictionary(pairs)}\n"
        settings = "\nrequest.allHTTPHeaderFields = headers"
    if request.body is not None:
        setup += f"{_post_data(request.body)}\n"
        settings += "\nrequest.httpBody = postData as Data"
    if setup:
        setup += "\n"
    return f"""\
import Foundation

{setup}let request = NSMutableURLRequest(url: NSURL(string: {_quoted(request.url)})! as URL,
                                        cachePolicy: .useProtocolCachePolicy,
                                    timeoutInterval: 10.0)
request.httpMethod = {_quoted(request.method)}{settings}

let session = URLSession.shared
{_TASK}"""


def _dictionary(pairs: list[tuple[str, str]]) -> str:
    return _bracketed([f"{_quoted(k)}: {_quoted(v)}" for k, v in pairs], "", many=len(pairs) > 1)


def _post_data(body: Body) -> str:
    """The statements after ``let headers``; the published code sets all but literals off."""
    if isinstance(body, JsonBody) and _is_kept_by_literal(body):
        cast = "[String : Any]" if isinstance(body.value, dict) else "[Any]"
        literal = _literal(body.value, _quoted if needs_as_swift(body.text) else double_quoted)
        return f"let parameters = {literal} as {cast}\n\n{_SERIALIZE}"
    if isinstance(body, MultipartBody) and body.parts:
        parts = _literal([_part(part) for part in body.parts], _quoted)
        return f'let parameters = {parts}\n\nlet boundary = "{boundary(body)}"\n{_JOIN_PARTS}'
    if isinstance(body, FormBody) and body.pairs:
        return f"\n{_form(body)}"
    if isinstance(body, FileBody):
        url = f"URL(fileURLWithPath: {_quoted(body.filename)})"
        return f"\nlet postData = try Data(contentsOf: {url})"
    return f"\nlet postData = NSData(data: {as_swift(quoted_text(body) or '')}{_DATA})"


def _form(body: FormBody) -> str:
    pairs = [f"{form_encode(name)}={form_encode(value)}" for name, value in body.pairs]
    lines = [f'let postData = NSMutableData(data: "{pairs[0]}"{_DATA})']
    lines += [f'postData.append("&{pair}"{_DATA})' for pair in pairs[1:]]
    return "\n".join(lines)


def _part(part: Part) -> dict[str, str]:
    entry = {"name": part.name}
    if part.value is not None:
        entry["value"] = part.value
    if part.filename is not None:
        entry["fileName"] = part.filename
    if part.media_type is not None:
        entry["content-type"] = part.media_type
    return entry


def _is_kept_by_literal(body: JsonBody) -> bool:
    """Whether ``JSONSerialization`` sends this very value.

    Swift reads ``[1, 0.5]`` as doubles, and stops the program where two keys of a dictionary are
    equal, which they already are when they look alike (e and an accent, é).
    """
    if not is_shallow_structure(body.text) or has_integer_beyond_double(body.text):
        return False
    return body.text.isascii() or not _has_equal_keys(body.value)


def _has_equal_keys(value: Json) -> bool:
    if isinstance(value, dict):
        return len({normalize("NFC", key) for key in value}) < len(value) or any(
            _has_equal_keys(item) for item in value.values()
        )
    return isinstance(value, list) and any(_has_equal_keys(item) for item in value)


def _literal(value: Json, quote: Callable[[str], str], indent: str = "") -> str:
    kind = type(value)
    if kind is str:
        return quote(value)
    inner = indent + "  "
    if kind is dict:
        entries = [
            f"{quote(key)}: {quote(item) if type(item) is str else _literal(item, quote, inner)}"
            for key, item in value.items()
        ]
        return _bracketed(entries, indent, many=len(entries) > 1) if entries else "[:]"
    if kind is list:
        entries = [_literal(item, quote, inner) for item in value]
        many = any(isinstance(item, dict) and len(item) > 1 for item in value)
        return _bracketed(entries, indent, many=many)
    if value is None:
        return "NSNull()"
    return repr(value).lower()  # True, False, 1, 0.5, 1e-07


def _bracketed(entries: list[str], indent: str, *, many: bool) -> str:
    """A literal on one line, or with a line for each of its entries."""
    if not many:
        return f"[{', '.join(entries)}]"
    inner = f"\n{indent}  "
    return f"[{inner}{f',{inner}'.join(entries)}\n{indent}]"


def _quoted(text: str) -> str:
    return as_swift(double_quoted(text))
