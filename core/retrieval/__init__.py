"""Finding the operation that somebody means."""
