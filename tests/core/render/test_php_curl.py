"""What PHP's cURL needs to be told besides the request itself."""

from __future__ import annotations

import pytest

from core.render.php_curl import render
from core.request import Request


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("/a/../b", True),
        ("/a/./b", True),
        ("/a/..", True),
        ("/.well-known/a", False),
        ("/a/...", False),
        ("/a.b/c", False),
    ],
)
def test_dot_segments_are_sent_as_they_are(path: str, is_told: bool) -> None:
    call = render(Request("GET", "https", "api.example.com", path))
    assert ("CURLOPT_PATH_AS_IS => true" in call) == is_told


def test_head_does_not_wait_for_a_body() -> None:
    assert "CURLOPT_NOBODY => true" in render(Request("HEAD", "https", "api.example.com", "/a"))
