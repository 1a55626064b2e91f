"""Headers that code sets one by one, whose names differ in more than case."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.parse.value import Unknown, Value


@dataclass
class Headers:
    """Names and values in the order in which they were first set."""

    pairs: list[tuple[Value, Value]] = field(default_factory=list)

    def set(self, name: Value, value: Value) -> None:
        """Puts a header in the place of those of the same name."""
        same = [index for index, pair in enumerate(self.pairs) if _lower(pair[0]) == _lower(name)]
        if same:
            self.pairs[same[0]] = (name, value)
            self.pairs = [pair for at, pair in enumerate(self.pairs) if at not in same[1:]]
        else:
            self.pairs.append((name, value))

    def add(self, name: Value, value: Value) -> None:
        """Puts a header behind those of the same name."""
        self.pairs.append((name, value))

    def remove(self, name: Value) -> None:
        """Takes away the headers of a name."""
        self.pairs = [pair for pair in self.pairs if _lower(pair[0]) != _lower(name)]

    def update(self, headers: Value) -> None:
        """Sets those that a dictionary holds, or one that stands for all of them."""
        if isinstance(headers, dict):
            for name, value in headers.items():
                self.set(name, value)
        elif isinstance(headers, Unknown):
            self.add(headers, headers)


def _lower(name: Value) -> Value:
    return name.lower() if isinstance(name, str) else name
