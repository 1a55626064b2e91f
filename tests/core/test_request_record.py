"""Requests as JSON: whatever is legal comes back as it was."""

from __future__ import annotations

import json

from hypothesis import given

from core.request import Request
from core.request_record import request_of, request_record
from tests.core.strategies import requests


@given(requests)
def test_every_request_comes_back_from_json(request: Request) -> None:
    read = request_of(json.loads(json.dumps(request_record(request))))
    assert read == request
    assert read.headers == request.headers
