"""OpenAPI documents → operations with all that a request needs; safe on any input."""
