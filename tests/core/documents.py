"""Small literal documents for the tests of route, check, compare and correct."""

from __future__ import annotations

from typing import Any

from core.openapi.document import Document

PETS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://api.pets.example/v1"}],
    "security": [{"token": []}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50}},
                    {"name": "tags", "in": "query", "schema": {"type": "array", "items": {}}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
            },
            "post": {
                "operationId": "addPet",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
                    },
                },
            },
        },
        "/pets/{petId}": {
            "parameters": [
                {"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}}
            ],
            "get": {"operationId": "getPet"},
            "delete": {
                "operationId": "deletePet",
                "security": [{"key": []}, {"token": [], "team": []}],
                "parameters": [
                    {
                        "name": "reason",
                        "in": "query",
                        "required": True,
                        "schema": {"enum": ["adopted", "moved"]},
                    }
                ],
            },
        },
        "/pets/mine": {"get": {"operationId": "myPets", "security": []}},
        "/pets/{petId}.json": {
            "get": {
                "operationId": "petFile",
                "security": [],
                "parameters": [{"name": "petId", "in": "path", "required": True, "schema": {}}],
            }
        },
        "/": {
            "post": {"operationId": "rpc", "security": []},
        },
        "/#Action=Feed": {
            "get": {
                "operationId": "feed",
                "security": [],
                "parameters": [
                    {
                        "name": "Action",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "enum": ["Feed"]},
                    }
                ],
            }
        },
        "/#Action=Wash": {
            "get": {
                "operationId": "wash",
                "security": [],
                "parameters": [
                    {
                        "name": "Action",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "enum": ["Wash"]},
                    }
                ],
            }
        },
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "maxLength": 20},
                    "age": {"type": ["integer", "null"], "minimum": 0},
                    "owner": {"type": "object", "properties": {"email": {"format": "email"}}},
                },
            }
        },
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "query", "name": "api_key"},
            "team": {"type": "apiKey", "in": "header", "name": "X-Team"},
        },
    },
}


def pets() -> Document:
    """A fresh document of a small pet API."""
    return Document(PETS, name="pets.json")
