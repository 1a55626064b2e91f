"""``format``: the ones whose breach a server would refuse (JSON Schema validation section 7.3)."""

from __future__ import annotations

import ipaddress
import re
import uuid
from collections.abc import Callable

INTEGER_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}

_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-4]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:?\d\d)"
_is_date = re.compile(_DATE, re.ASCII).fullmatch
_is_date_time = re.compile(f"{_DATE}[Tt ]{_TIME}", re.ASCII).fullmatch
_is_email = re.compile(r"[^@\s]+@[^@\s]+").fullmatch


def has_format(text: str, name: str) -> bool:
    """Whether a text is in a format; formats that are not known here accept everything."""
    check = _FORMATS.get(name)
    return check is None or bool(check(text))


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _is_address(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


_FORMATS: dict[str, Callable[[str], object]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "email": _is_email,
    "uuid": _is_uuid,
    "ipv4": _is_address(ipaddress.IPv4Address),
    "ipv6": _is_address(ipaddress.IPv6Address),
}
