"""Values for every place of every prompt, so that people see what a model would be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SEED = {
    "functionality": "List the bookings of a guest",
    "description": "Every booking that a guest has made, the latest first.",
    "endpoint": "listGuestBookings",
    "api_name": "Harbor Bookings",
    "instruction": "Which bookings has guest 4711 made with Harbor Bookings?",
    "output": "curl --request GET --url https://api.harbor.example/v1/guests/4711/bookings",
}
EXAMPLE: Mapping[str, Any] = {
    "about": "Cancel a booking",
    "api_description": "Rooms of a small hotel by the harbour: search, book, pay, cancel.",
    "api_name": "Harbor Bookings",
    "arguments": [
        {
            "place": "path",
            "name": "bookingId",
            "kind": "integer",
            "required": True,
            "description": "The number of the booking",
            "value": 8841,
        },
        {
            "place": "body",
            "name": "reason",
            "kind": "string",
            "required": False,
            "description": "Why it is cancelled",
            "value": "the guest is ill",
        },
    ],
    "description": "Cancels a booking that has not begun. What was paid is paid back.",
    "endpoint": "cancelBooking",
    "examples": [_SEED, _SEED, _SEED],
    "function": "cancel_booking",
    "functionality": "Cancel a booking",
    "functions": [
        {"name": "bookings.cancel_booking", "module": "bookings", "description": "Cancel it."},
        {"name": "rooms.find_rooms", "module": "rooms", "description": "Find free rooms."},
    ],
    "instruction": "Please cancel booking 8841 with Harbor Bookings.",
    "lang": "cURL",
    "module": "bookings",
    "operation": "DELETE /bookings/{bookingId}",
    "options": [
        {
            "number": 1,
            "label": "DELETE /bookings/{bookingId}",
            "title": "Harbor Bookings",
            "about": "Cancel a booking",
        },
        {
            "number": 2,
            "label": "GET /guests/{guestId}/bookings",
            "title": "Harbor Bookings",
            "about": "List the bookings of a guest",
        },
    ],
    "question": "cancel booking 8841, the guest is ill",
}
"""By the name of the place."""
