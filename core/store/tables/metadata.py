"""Where every table is listed, so that all can be made and compared at once."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
