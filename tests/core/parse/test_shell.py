"""The shell's words, held against the standard library's splitter and the renderer's quoting."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parse.shell import read_commands
from core.parse.value import Unknown, UnreadableCodeError
from core.render.literals import shell_word

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
words = st.text("ab'\"\\ \t\n-=.:/", max_size=30)


def words_of(code: str) -> list[str]:
    commands, _ = read_commands(code)
    return [word for command in commands for word in command.words]


@given(st.lists(texts, min_size=1))
def test_quoted_words_are_read_back(given_words: list[str]) -> None:
    code = " ".join(["x", *[shell_word(word) for word in given_words]])
    assert words_of(code) == ["x", *given_words]


@given(words)
def test_words_are_those_of_the_standard_library(code: str) -> None:
    try:
        expected = shlex.split("x " + code.replace("\\\n", ""))
    except ValueError:
        return  # a quote that is not closed
    if "\n" not in code:
        assert words_of("x " + code) == expected


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        ("a b;c d", [["a", "b"], ["c", "d"]]),
        ("a|b&&c||d&e", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("a # b\nc#d", [["a"], ["c#d"]]),
        ("a\\\nb \\\n c\\ d", [["ab", "c d"]]),
        ("a \\\r\n b\r\n", [["a", "b"]]),
        ("{ a; }; ( b )", [["a"], ["b"]]),
        ("if a; then b; else c; fi", [["a"], ["b"], ["c"], ["fi"]]),
        ("x='a b'; y=$x; z \"$y$x\"", [["z", "a ba b"]]),
        ("x=1 a $x", [["x=1", "a", "\0" + "0\0"]]),
        ('a "$(echo b)" $(c)', [["echo", "b"], ["c"], ["a", "b", "\0" + "0\0"]]),
        ("a 2>b >>c <d e>&2 f 3 >g", [["a", "e", "f", "3"]]),
        ("a <<X b\n$c\nX\nd", [["a", "b"], ["d"]]),
        ("a $'\\x41\\u00e9\\n\\'\\101\\cA' $\"b\"", [["a", "Aé\n'A\x01", "b"]]),
        ('a "\\$b \\" \\x `c`"', [["a", '$b " \\x \0' + "0\0"]]),
        ("a 'b", [["a", "b"]]),
        ('a "b', [["a", "b"]]),
        ("a $", [["a", "$"]]),
    ],
)
def test_commands(code: str, commands: list[list[str]]) -> None:
    assert [command.words for command in read_commands(code)[0]] == commands


@pytest.mark.parametrize(
    ("code", "stdin"),
    [
        ("a <<X\nb\n\tc $Y\nX\n", None),
        ("a <<'X'\nb $Y\nX\n", "b $Y\n"),
        ("a <<-X\n\tb\n\tX\n", "b\n"),
        ('a <<X\nb \\$c \\" \\\nd\nX\n', 'b $c \\" d\n'),
        ("a <<< 'b c'", "b c\n"),
        ("echo b c | a", "b c\n"),
        ("echo -n b | a", "b"),
        ("printf %s b | cat | a", "b"),
        ("cat <<X | a\nb\nX\n", "b\n"),
        ("b | a", None),
    ],
)
def test_standard_input_is_known_where_it_is_written(code: str, stdin: str | None) -> None:
    commands, holes = read_commands(code)
    [command] = [command for command in commands if command.words[0] == "a"]
    if stdin is None and command.stdin is not None:
        assert "\0" in command.stdin
        assert str(holes.value(command.stdin)).count("Unknown") == 1
    else:
        assert command.stdin == stdin


def test_a_hole_knows_its_place() -> None:
    commands, holes = read_commands('x=$(f)\necho é "${x}$HOME"')
    assert holes.value(commands[-1].words[-1][:3]) == Unknown("$(f)", 1, 3)
    assert holes.value(commands[-1].words[-1][3:]) == Unknown("$HOME", 2, 13)


def test_doubling_variables_are_refused() -> None:
    with pytest.raises(UnreadableCodeError):
        read_commands("a=aaaa\n" + "a=$a$a\n" * 60)
