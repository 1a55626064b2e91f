"""The texts that API Pack's tool printed, read back to the requests that it was given."""

from __future__ import annotations

import pytest

from core.parse import LANGUAGES, parse
from core.render import CLIENTS
from tests.core.render.test_published import PUBLISHED_DIR, TARGETS, published_calls

SEND_NOTHING = {"swift-nsurlsession": 4}
"""Published multipart texts of Swift never define the body that they send."""

READ = [name for name in TARGETS if CLIENTS[name].language in LANGUAGES]


@pytest.mark.skipif(
    not PUBLISHED_DIR.exists(), reason="needs the texts that API Pack's tool printed"
)
@pytest.mark.parametrize("client_name", READ)
def test_published_call_is_read(client_name: str) -> None:
    """All but two: one encodes its form twice, the other gives ``Accept`` twice."""
    calls = list(published_calls(client_name))
    parsed = [parse(text, CLIENTS[client_name].language).request for _, text in calls]
    assert parsed.count(None) == SEND_NOTHING.get(client_name, 0)
    equal = [
        found == request
        for (request, _), found in zip(calls, parsed, strict=True)
        if found is not None
    ]
    assert len(equal) > 390
    assert equal.count(False) <= 2
