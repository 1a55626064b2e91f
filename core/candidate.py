"""An instruction candidate: words in which somebody might ask for one operation.

The pipeline makes candidates, rules and models judge them, and people label them; all of them speak
of this value. Candidates of one operation are siblings and share its ``group``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Label = Literal["good", "bad"]

REASONS = {
    "several": "several instructions",
    "extra": "extra text",
    "api-name": "wrong API name",
    "endpoint": "endpoint leaked",
    "fact": "hallucinated fact",
    "grammar": "grammar",
    "intent": "wrong intent",
}
"""Why a candidate is bad, by the key that files and rows use: the three criteria of API Pack's
prompt (arXiv 2402.09615, Listing 4), and what its human oracle was rejected for besides."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One wording, and what it has to be true to."""

    group: str
    """The operation: the document's SHA-256 and the operation's JSON pointer, or whatever an
    imported file calls the instance."""
    text: str
    api_name: str
    functionality: str
    """The operation's summary."""
    description: str
    endpoint: str
    """The operation id; empty where the document has none."""
    method: str = ""
    path: str = ""
    call: str = ""
    """An API call that the words ask for, as cURL; empty where none is known."""
    origin: str = ""
    """``template``, ``model:NAME``, ``document``, ``edit:CANDIDATE`` or ``import:FILE``."""

    @property
    def id(self) -> str:
        """The same for the same words about the same operation, wherever they come from."""
        return hashlib.sha256(f"{self.group}\0{self.text}".encode()).hexdigest()[:16]
