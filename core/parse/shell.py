"""The commands of a shell script, word by word (POSIX.1-2024, Shell Command Language, 2.2 to 2.7).

Words are texts of :class:`core.parse.value.Holes`: what the shell puts in when it runs is a mark.

>>> commands, _ = read_commands("API=https://api.example.com; curl -H 'A: b' $API/pets # all")
>>> commands[0].words
['curl', '-H', 'A: b', 'https://api.example.com/pets']
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field

from core.parse.tree import check_code
from core.parse.value import MAX_SIZE, Holes, Unknown, UnreadableCodeError

_token = re.compile(
    r"""(?P<blank>(?:[ \t\r]|\\\r?\n)+)
    | (?P<newline>\n)
    | (?P<redirect>&>>?|<<<|<<-?|<>|<&|>&|>>|>\||[<>](?!\())
    | (?P<operator>\|&|\|\||&&|;;|[;&|()])
    | (?P<plain>[^ \t\r\n\\'"$`|&;()<>]+)
    | '(?P<single>[^']*)(?:'|$)
    | \\(?P<escaped>.)
    | (?P<special>["$`\\]|[<>]\()""",
    re.VERBOSE | re.DOTALL,
).match
_quoted_token = re.compile(
    r"""(?P<plain>[^"\\$`]+) | \\(?P<escaped>["$`\\]) | (?P<continued>\\\r?\n)
    | (?P<special>[$`]) | (?P<end>") | (?P<odd>\\)""",
    re.VERBOSE | re.DOTALL,
).match
_is_continued = re.compile(r"(?:\\\r?\n)+").fullmatch
_name = re.compile(r"[A-Za-z_]\w*", re.ASCII).match
_parameter = re.compile(r"\{([A-Za-z_]\w*)(?::?[-=]([^{}$`\"'\\]*))?\}", re.ASCII).match
_special_parameter = re.compile(r"[0-9@*#?$!-]").match
_assignment = re.compile(r"([A-Za-z_]\w*)=(.*)", re.ASCII | re.DOTALL).fullmatch
_until_backquote = re.compile(r"(?:[^`\\]|\\.)*", re.DOTALL).match
_until_quote = re.compile(r"(?:[^'\\]|\\.)*", re.DOTALL).match
_blanks = re.compile(r"[ \t]*").match
_ansi_token = re.compile(
    r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c(.)|(.))",
    re.DOTALL,
)
_ANSI_ESCAPES = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r",
                 "t": "\t", "v": "\v"}  # fmt: skip
_RESERVED = frozenset({"!", "{", "}", "if", "then", "elif", "else", "while", "until", "do"})
_DECLARING = frozenset({"export", "local", "readonly", "declare", "typeset"})


@dataclass
class Command:
    """A simple command (2.9.1): its words, and where its standard input comes from."""

    words: list[str] = field(default_factory=list)
    here: str | None = None
    """The text of a here-document or here-string."""
    piped_from: Command | None = None

    @property
    def stdin(self) -> str | None:
        """What it reads, where that is written in the code."""
        if self.here is not None:
            return self.here
        return None if self.piped_from is None else self.piped_from.printed

    @property
    def printed(self) -> str | None:
        """What it prints, where that is written in the code."""
        words = self.words
        if words in (["cat"], ["cat", "-"]):
            return self.stdin
        if words[:1] == ["echo"] and not any("\\" in word for word in words):
            has_newline = words[1:2] != ["-n"]
            return " ".join(words[1 if has_newline else 2 :]) + ("\n" if has_newline else "")
        if words[:2] in (["printf", "%s"], ["printf", "%s\\n"]) and len(words) == 3:
            return words[2] + words[1][2:].replace("\\n", "\n")
        return None


@dataclass(frozen=True)
class _HereDocument:
    command: Command
    delimiter: str
    is_quoted: bool
    has_tabs: bool


def read_commands(code: str) -> tuple[list[Command], Holes]:
    """The commands in the order in which they run, inner ones first, and what their marks mean.

    Raises ``UnreadableCodeError``.
    """
    check_code(code)
    script = _Script(code)
    while script.at < len(code):
        script.read_list("")
    return script.commands, script.holes


class _Script:
    """One pass over a script, left to right."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.at = 0
        self.holes = Holes()
        self.commands: list[Command] = []
        self._line_starts = [0, *[found.end() for found in re.finditer("\n", code)]]
        self._variables: dict[str, str] = {}
        self._expanded = 0
        self._here_documents: list[_HereDocument] = []

    def read_list(self, end: str) -> None:
        """Commands up to the end of the code, or to the bracket that ends a substitution."""
        command = Command()
        while found := _token(self.code, self.at):
            if end and found.group() == end:
                break
            kind = found.lastgroup
            if kind == "blank":
                self.at = found.end()
            elif kind == "redirect":
                self.at = found.end()
                self._redirect(command, found.group())
            elif kind in ("newline", "operator"):
                self.at = found.end()
                self._finish(command)
                if kind == "newline":
                    self._read_here_documents()
                elif found.group() == "(":
                    self.read_list(")")
                is_pipe = found.group() in ("|", "|&")
                command = Command(piped_from=command if is_pipe else None)
            elif self.code[self.at] == "#":
                end_of_line = self.code.find("\n", self.at)
                self.at = end_of_line if end_of_line >= 0 else len(self.code)
            else:
                command.words.append(self._word())
        self._finish(command)
        self.at += len(end)

    def _finish(self, command: Command) -> None:
        while command.words and command.words[0] in _RESERVED:
            del command.words[0]
        words = command.words
        if words and words[0] in _DECLARING:
            words = words[1:]
        assignments = [_assignment(word) for word in words]
        if all(assignments):
            for assignment in assignments:
                if assignment:
                    self._variables[assignment[1]] = assignment[2]
        elif command.words:
            self.commands.append(command)

    def _word(self) -> str:
        """One word, its quotes removed (2.2, 2.6, 2.6.7)."""
        pieces: list[str] = []
        while found := _token(self.code, self.at):
            kind = found.lastgroup
            if kind in ("newline", "redirect", "operator"):
                break
            if kind == "blank":
                if not _is_continued(found.group()):
                    break
                self.at = found.end()
            elif kind == "special":
                pieces.append(self._special())
            else:
                self.at = found.end()
                pieces.append(found[kind or 0])
        return "".join(pieces)

    def _special(self) -> str:
        code, start = self.code, self.at
        if code[start] == '"':
            self.at += 1
            return self._double_quoted()
        if code[start] == "\\":
            self.at += 1
            return ""
        if code.startswith("$'", start):
            return self._ansi_quoted()
        if code.startswith('$"', start):
            self.at += 2
            return self._double_quoted()
        if code[start] in "<>":
            self.at += 2
            self.read_list(")")
            return self._hole(start)
        return self._expansion()

    def _double_quoted(self, end: int | None = None) -> str:
        """Text in double quotes, or a here-document up to ``end``, where quotes are text."""
        pieces: list[str] = []
        last = len(self.code) if end is None else end
        while self.at < last and (found := _quoted_token(self.code, self.at, last)):
            kind = found.lastgroup
            if kind == "special":
                pieces.append(self._expansion())
                continue
            self.at = found.end()
            if kind == "end" and end is None:
                break
            if kind == "escaped" and end is not None and found["escaped"] == '"':
                pieces.append("\\")
            if kind != "continued":
                pieces.append(found[kind or 0])
        return "".join(pieces)

    def _ansi_quoted(self) -> str:
        found = _until_quote(self.code, self.at + 2)
        text = found.group() if found else ""
        self.at += 2 + len(text) + 1
        return _ansi_token.sub(_ansi_character, text)

    def _expansion(self) -> str:
        """What stands for ``$…`` or a command in backquotes (2.6)."""
        code, start = self.code, self.at
        self.at += 1
        if code[start] == "`":
            return self._backquoted(start)
        name = _name(code, self.at)
        if name:
            self.at = name.end()
            return self._variable(name.group(), start)
        parameter = _parameter(code, self.at)
        if parameter:
            self.at = parameter.end()
            return self._variable(parameter[1], start)
        if code.startswith("{", self.at):
            close = code.find("}", self.at)
            self.at = close + 1 if close >= 0 else len(code)
            return self._hole(start)
        if code.startswith("((", self.at):
            close = code.find("))", self.at)
            self.at = close + 2 if close >= 0 else len(code)
            return self._hole(start)
        if code.startswith("(", self.at):
            return self._substitution(start)
        special = _special_parameter(code, self.at)
        if special:
            self.at = special.end()
            return self._hole(start)
        return "$"

    def _substitution(self, start: int) -> str:
        """``$(…)``: unknown, unless it only prints text that is written in it."""
        self.at += 1
        first = len(self.commands)
        self.read_list(")")
        inner = self.commands[first:]
        printed = inner[0].printed if len(inner) == 1 else None
        return self._hole(start) if printed is None else printed.rstrip("\n")

    def _backquoted(self, start: int) -> str:
        """A substitution in backquotes (2.6.3), where only the next backquote ends it."""
        code = self.code
        found = _until_backquote(code, self.at)
        close = found.end() if found else len(code)
        if code.find("curl", self.at, close) >= 0:
            self.code = code[:close]
            while self.at < close:
                self.read_list("")
            self.code = code
        self.at = close + 1
        return self._hole(start)

    def _variable(self, name: str, start: int) -> str:
        known = self._variables.get(name)
        if known is None:
            return self._hole(start)
        self._expanded += len(known)
        if self._expanded > MAX_SIZE:
            raise UnreadableCodeError("This code makes texts that are too long to be read.")
        return known

    def _hole(self, start: int) -> str:
        line = bisect(self._line_starts, start)
        column = start - self._line_starts[line - 1] + 1
        return self.holes.mark(Unknown(self.code[start : self.at], line, column))

    def _redirect(self, command: Command, operator: str) -> None:
        before = self.code[self.at - len(operator) - 1]
        if command.words and command.words[-1].isdecimal() and before.isdecimal():
            command.words.pop()  # of “2>”
        found = _blanks(self.code, self.at)
        start = self.at = found.end() if found else self.at
        word = self._word()
        if operator in ("<<", "<<-"):
            is_quoted = any(quote in self.code[start : self.at] for quote in "'\"\\")
            self._here_documents.append(_HereDocument(command, word, is_quoted, operator == "<<-"))
        elif operator == "<<<":
            command.here = word + "\n"

    def _read_here_documents(self) -> None:
        for document in self._here_documents:
            document.command.here = self._here_document(document)
        self._here_documents.clear()

    def _here_document(self, document: _HereDocument) -> str:
        tabs = r"\t*" if document.has_tabs else ""
        end = re.compile(rf"^{tabs}{re.escape(document.delimiter)}\r?$", re.MULTILINE).search(
            self.code, self.at
        )
        last, after = (end.start(), end.end() + 1) if end else (len(self.code), len(self.code))
        is_quoted = document.is_quoted
        text = self.code[self.at : last] if is_quoted else self._double_quoted(last)
        self.at = max(self.at, min(after, len(self.code)))
        return re.sub(r"^\t+", "", text, flags=re.MULTILINE) if document.has_tabs else text


def _ansi_character(match: re.Match[str]) -> str:
    hexadecimal = match[1] or match[2] or match[3]
    if hexadecimal:
        code = int(hexadecimal, 16)
        return chr(code) if code <= 0x10FFFF else ""
    if match[4]:
        return chr(int(match[4], 8) & 0xFF)
    if match[5]:
        return chr(ord(match[5]) & 0x1F)
    return _ANSI_ESCAPES.get(match[6], match[6] if match[6] in "\\'\"?" else "\\" + match[6])
