"""Python: ``requests`` (and ``httpx``, which is called alike) and ``http.client``."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass, field

from core.parse.call import (
    Call,
    FormValue,
    JsonValue,
    Parsed,
    PartsValue,
    PartValue,
    basic_credentials,
    finish,
)
from core.parse.python_folding import (
    Folded,
    Folder,
    JsonText,
    named_values,
    python_text,
)
from core.parse.tree import check_code
from core.parse.value import FileContent, Mixed, Unknown, Value, concatenated

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_MODULES = frozenset({"requests", "httpx"})
_SESSIONS = frozenset({"Session", "session", "Client", "AsyncClient"})
_prompt = re.compile(r"^(>>>|\.\.\.) ?", re.MULTILINE)


def parse(code: str) -> Parsed:
    """The first call that the code makes, top to bottom. Raises ``UnreadableCodeError``."""
    check_code(code)
    text = textwrap.dedent(_prompt.sub("", code) if code.lstrip().startswith(">>>") else code)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is its author's matter
            tree = ast.parse(text)
    except SyntaxError as error:
        return Parsed(None, reason=f"This is not Python: line {error.lineno}: {error.msg}.")
    except (ValueError, MemoryError) as error:
        return Parsed(None, reason=f"Python does not read this code: {error}.")
    reader = _Reader(text)
    reader.block(tree.body)
    return finish(reader.sent or Call())


@dataclass
class _Session:
    """``requests.Session()``: what it adds to each call."""

    base_url: Value = ""
    headers: dict[str, Value] = field(default_factory=dict)
    params: list[tuple[Value, Value]] = field(default_factory=list)
    cookies: dict[str, Value] = field(default_factory=dict)
    auth: Folded = None


@dataclass
class _Connection:
    """``http.client.HTTPSConnection(host)`` and the request under construction on it."""

    base_url: Value
    started: Call | None = None


class _Reader:
    """Follows the statements in source order; nothing is executed."""

    def __init__(self, code: str) -> None:
        self.sent: Call | None = None
        self._folder = Folder(code, self._call)

    def block(self, statements: list[ast.stmt]) -> None:
        """Reads statements, those inside functions, branches and loops as if they ran once."""
        for statement in statements:
            if self.sent is not None:
                return
            self._statement(statement)
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(statement, name, None)
                if isinstance(inner, list):
                    self.block(inner)

    def _statement(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Assign):
            value = self._folder.fold(statement.value)
            for target in statement.targets:
                self._assign(target, value)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self._assign(statement.target, self._folder.fold(statement.value))
        elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            both = ast.BinOp(statement.target, statement.op, statement.value)
            self._assign(statement.target, self._folder.fold(ast.copy_location(both, statement)))
        elif isinstance(statement, ast.Expr | ast.Return):
            self._folder.fold(_awaited(statement.value))
        elif isinstance(statement, ast.With | ast.AsyncWith):
            for item in statement.items:
                value = self._folder.fold(item.context_expr)
                if item.optional_vars is not None:
                    self._assign(item.optional_vars, value)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            self._forget_parameters(statement.args)

    def _assign(self, target: ast.expr, value: Folded) -> None:
        if isinstance(target, ast.Name):
            self._folder.names[target.id] = value
        elif isinstance(target, ast.Subscript):
            holder, key = self._folder.fold(target.value), self._folder.fold(target.slice)
            if isinstance(holder, dict) and isinstance(key, str):
                holder[key] = value
        elif isinstance(target, ast.Attribute):
            holder = self._folder.fold(target.value)
            if isinstance(holder, _Session) and target.attr == "auth":
                holder.auth = value
            elif isinstance(holder, _Session) and isinstance(value, dict):
                setattr(holder, "headers" if target.attr == "headers" else "cookies", value)
        elif isinstance(target, ast.Tuple) and isinstance(value, list):
            for inner, item in zip(target.elts, value, strict=False):
                self._assign(inner, item)

    def _forget_parameters(self, arguments: ast.arguments) -> None:
        """A function's parameters are known by their defaults only."""
        listed = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(listed) - len(arguments.defaults)) + list(arguments.defaults)
        named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        for argument, default in [*zip(listed, defaults, strict=True), *named]:
            value = self._folder.fold(default) if default is not None else None
            if value is None:
                value = Unknown(argument.arg, argument.lineno, argument.col_offset + 1)
            self._folder.names[argument.arg] = value

    def _call(self, node: ast.Call, name: str) -> Folded | None:
        """What a call makes, where it has to do with HTTP; a request that is sent is noted."""
        owner, _, function = name.rpartition(".")
        words = {word.arg: word.value for word in node.keywords if word.arg}
        if owner in _MODULES and function in _SESSIONS:
            return self._session(words)
        if function in ("HTTPSConnection", "HTTPConnection") and node.args:
            return self._connection(node, function)
        holder = (
            self._folder.fold(node.func.value) if isinstance(node.func, ast.Attribute) else None
        )
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(holder, _Connection):
            return self._connection_call(holder, method, node, words)
        session = holder if isinstance(holder, _Session) else None
        if session is not None and method in ("close", "mount"):
            return node
        if (session is not None or owner in _MODULES) and (
            method in _METHODS or method in ("request", "stream")
        ):
            self._send(node, words, method, session or _Session())
            return node
        return self._update(node, method)

    def _update(self, node: ast.Call, method: str) -> Folded | None:
        """``headers.update({...})``, of a dictionary or a session's."""
        if method != "update" or not isinstance(node.func, ast.Attribute):
            return None
        target = node.func.value
        holder = self._folder.fold(target)
        if isinstance(target, ast.Attribute):
            session = self._folder.fold(target.value)
            holder = getattr(session, target.attr, None) if isinstance(session, _Session) else None
        given = self._folder.fold(node.args[0]) if node.args else {}
        words = {word.arg: self._folder.value(word.value) for word in node.keywords if word.arg}
        if isinstance(holder, dict) and isinstance(given, dict):
            holder.update({**given, **words})
            return node
        return None

    def _session(self, words: dict[str, ast.expr]) -> _Session:
        session = _Session(self._folder.value(words.get("base_url")) or "")
        headers = self._folder.fold(words.get("headers"))
        if isinstance(headers, dict):
            session.headers = headers
        session.auth = self._folder.fold(words.get("auth"))
        session.params = named_values(self._folder.fold(words.get("params"))) or []
        return session

    def _connection(self, node: ast.Call, function: str) -> _Connection:
        scheme = "https://" if function == "HTTPSConnection" else "http://"
        host = self._folder.value(node.args[0])
        port = self._folder.value(node.args[1]) if len(node.args) > 1 else None
        ending = [":", python_text(port)] if isinstance(port, int) else []
        return _Connection(concatenated(scheme, host, *ending))

    def _connection_call(
        self, connection: _Connection, method: str, node: ast.Call, words: dict[str, ast.expr]
    ) -> Folded:
        values = [self._folder.fold(argument) for argument in node.args]
        named = {name: self._folder.fold(value) for name, value in words.items()}
        if method == "request":
            parts = dict(zip(("method", "url", "body", "headers"), values, strict=False)) | named
            call = Call(
                method=_plain(parts.get("method")), url=_url(connection.base_url, parts.get("url"))
            )
            call.headers = _pairs(parts.get("headers"))
            call.body = _payload(parts.get("body"))
            self._note(call)
        elif method == "putrequest" and len(values) > 1:
            url = _url(connection.base_url, values[1])
            connection.started = Call(method=_plain(values[0]), url=url)
        elif method == "putheader" and connection.started and len(values) > 1:
            connection.started.headers.append((_plain(values[0]), _plain(values[1])))
        elif method in ("endheaders", "send") and connection.started:
            body = values[0] if values else named.get("message_body")
            connection.started.body = _payload(body)
            self._note(connection.started)
        return node

    def _note(self, call: Call) -> None:
        if self.sent is None:
            self.sent = call

    def _send(
        self, node: ast.Call, words: dict[str, ast.expr], method: str, session: _Session
    ) -> None:
        fold = self._folder.fold
        positional = [fold(argument) for argument in node.args]
        names = ["url", "params"] if method == "get" else ["url", "data", "json"]
        if method in ("request", "stream"):
            names = ["method", "url"]
        given = dict(zip(names, positional, strict=False))
        given |= {name: fold(value) for name, value in words.items()}
        for word in node.keywords:
            spread = fold(word.value) if word.arg is None else None
            given |= spread if isinstance(spread, dict) else {}
        call = Call(
            method=_plain(given.get("method")) if "method" in names else method.upper(),
            url=_url(session.base_url, given.get("url")),
        )
        headers = {**session.headers, **_dictionary(given.get("headers"))}
        call.headers = [(name, value) for name, value in headers.items() if value is not None]
        call.cookies = list({**session.cookies, **_dictionary(given.get("cookies"))}.items())
        self._add_query(call, session, given.get("params"))
        self._add_body(call, given)
        _add_credentials(call, given.get("auth", session.auth))
        self._note(call)

    def _add_query(self, call: Call, session: _Session, params: Folded) -> None:
        pairs = [*session.params, *(named_values(params) or [])]
        if isinstance(params, str | Mixed):
            call.url = concatenated(call.url, "?", params)
        elif isinstance(params, Unknown):
            pairs.append((params, params))
        call.query = [(name, python_text(value)) for name, value in pairs if value is not None]

    def _add_body(self, call: Call, given: dict[str, Folded]) -> None:
        data = given.get("data", given.get("content"))
        fields = [] if data is None else named_values(data)
        if given.get("files") is not None:
            parts = [PartValue(name, python_text(value)) for name, value in fields or []]
            call.body = PartsValue(parts + _file_parts(given["files"]))
        elif given.get("json") is not None:
            call.body = JsonValue(_plain(given["json"]))
        elif fields:
            call.body = FormValue([(n, python_text(v)) for n, v in fields if v is not None])
        elif data not in (None, {}, []):
            call.body = _payload(data)


def _awaited(node: ast.expr | None) -> ast.expr | None:
    return node.value if isinstance(node, ast.Await) else node


def _plain(value: Folded) -> Value:
    """A value that a request can hold; anything else is not known."""
    if value is None or isinstance(
        value, bool | int | float | str | list | dict | Unknown | FileContent | Mixed
    ):
        return value
    return Unknown("value", 0, 0)


def _url(base: Value, url: Folded) -> Value:
    written = _plain(url)
    if base == "" or (isinstance(written, str) and "://" in written):
        return written
    return concatenated(base, written)


def _dictionary(value: Folded) -> dict[str, Value]:
    if isinstance(value, dict):
        return value
    pairs = named_values(value)
    return {str(name): item for name, item in pairs} if pairs else {}


def _pairs(value: Folded) -> list[tuple[Value, Value]]:
    return list(_dictionary(value).items())


def _payload(body: Folded) -> Value | JsonValue:
    return JsonValue(body.value) if isinstance(body, JsonText) else _plain(body)


def _add_credentials(call: Call, auth: Folded) -> None:
    if auth is None or any(str(name).lower() == "authorization" for name, _ in call.headers):
        return
    if isinstance(auth, list) and len(auth) == 2:
        call.headers.append(("Authorization", basic_credentials(auth[0], auth[1])))
    else:
        unknown = auth if isinstance(auth, Unknown) else Unknown("credentials", 0, 0)
        call.headers.append(("Authorization", unknown))


def _file_parts(files: Folded) -> list[PartValue]:
    """``files=``: name → content, or → (file name, content, media type)."""
    if isinstance(files, dict):
        items: list[tuple[Value, Value]] = list(files.items())
    elif isinstance(files, list):
        items = [(each[0], each[1]) for each in files if isinstance(each, list) and len(each) == 2]
    else:
        return [PartValue("file", _plain(files))]
    return [_file_part(name, content) for name, content in items]


def _file_part(name: Value, content: Value) -> PartValue:
    if not isinstance(content, list):
        filename = None if isinstance(content, FileContent) else name
        return PartValue(name, content, filename)
    filename, value, media_type = ([*content, None, None, None])[:3]
    return PartValue(name, value, filename, media_type)
