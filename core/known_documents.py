"""The documents among which a call may be at home.

>>> known = KnownDocuments([pets, weather])
>>> known.calling(Request.from_url("GET", "https://weather.example/now")).document.title
'Weather'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.openapi.document import Document
from core.request import Request
from core.route import Match, match


@dataclass(frozen=True)
class Home:
    """Where a call belongs, or comes closest to."""

    document: Document
    found: Match


class KnownDocuments:
    """Open documents, any of which a call may be meant for. At least one is needed."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)

    def calling(self, request: Request, first: Document | None = None) -> Home:
        """The document that a request fits entirely; ``first`` is asked first.

        Where none is, the first one that has its path, else the first one.
        """
        others = [document for document in self.documents if document is not first]
        asked = [first, *others] if first is not None else others
        homes = [Home(asked[0], match(request, asked[0]))]
        for document in asked[1:]:
            if homes[-1].found.outcome == "matched":
                return homes[-1]
            homes.append(Home(document, match(request, document)))
        return min(homes, key=lambda home: _DISTANCES.index(home.found.outcome))


_DISTANCES = ("matched", "wrong method", "wrong server", "unknown endpoint")
"""From where a call is at home to where it is not."""
