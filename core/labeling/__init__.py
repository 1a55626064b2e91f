"""People label candidates: in which order, how well they agree, and what judges are worth."""
