"""Which documents describe the same API: provider and title, without the version."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.identity import identity_of, title_without_version


def document(title: str = "Pets", *servers: str, **info: Any) -> Document:
    root = {"openapi": "3.1.0", "info": {"title": title, **info}, "paths": {}}
    if servers:
        root["servers"] = [{"url": url} for url in servers]
    return Document(root, name="pets.yaml")


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Spinitron v2 API", "spinitron api"),
        ("PTV Timetable API - Version 3", "ptv timetable api"),
        ("SchoolDigger API V2.0", "schooldigger api"),
        ("Subscriptions API (v3)", "subscriptions api"),
        ("Meilisearch v1.1", "meilisearch"),
        ("Recovery 2019-06-13-preview", "recovery"),
        ("Booking_Service  1.2.3-beta", "booking service beta"),
        ("LetMC Api V2, Basic (Tier 2)", "letmc api basic tier 2"),
        ("OAuth 2", "oauth 2"),
        ("V2", "v2"),
        ("Übersicht", "übersicht"),
        ("///", "///"),
    ],
)
def test_a_title_loses_its_version_and_nothing_else(title: str, bare: str) -> None:
    assert title_without_version(title) == bare


@pytest.mark.parametrize(
    ("server", "provider"),
    [
        ("https://api.spinitron.com/v1", "spinitron.com"),
        ("https://api.shop.co.uk", "shop.co.uk"),
        ("https://api.shop.com.au:8443/", "shop.com.au"),
        ("http://access-analyzer.{region}.amazonaws.com", "amazonaws.com"),
        ("https://zoo.herokuapp.com", "zoo.herokuapp.com"),
        ("https://a.b.zoo.herokuapp.com", "zoo.herokuapp.com"),
        ("https://api.example.com", ""),
        ("https://pets.example", ""),
        ("http://localhost:8080", ""),
        ("http://server.local", ""),
        ("http://10.0.0.7/api", ""),
        ("http://[::1]/api", ""),
        ("http://[::1/api", ""),
        ("/v1", ""),
        ("Your API URL", ""),
    ],
)
def test_the_provider_is_the_domain_of_the_server(server: str, provider: str) -> None:
    identity = identity_of(document("Pets v1", server))
    assert identity.provider == provider
    assert identity.api == (f"{provider}/pets" if provider else "pets")


def test_the_first_server_that_tells_counts() -> None:
    found = identity_of(document("Pets", "http://localhost", "https://pets.zoo.org"))
    assert found.provider == "zoo.org"


def test_a_named_provider_goes_before_the_server() -> None:
    found = identity_of(document("Pets", "https://api.aws", **{"x-providerName": " Zoo.ORG "}))
    assert (found.provider, found.api) == ("zoo.org", "zoo.org/pets")


def test_swagger_has_a_host() -> None:
    swagger = Document({"swagger": "2.0", "host": "api.zoo.org", "info": {"title": "Pets"}})
    assert identity_of(swagger).api == "zoo.org/pets"


def test_without_a_title_the_file_names_the_api() -> None:
    assert identity_of(document("", "https://zoo.org")).api == "zoo.org/pets"


def test_versions_of_an_api_are_the_same_api() -> None:
    first = document("Pets API v1", "https://api.zoo.org/v1", version="1.9")
    second = document("Pets API (v2)", "https://api2.zoo.org/", version="2.0")
    assert identity_of(first) == identity_of(second)
