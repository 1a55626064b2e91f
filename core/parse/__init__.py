"""Code back to the request that it sends, read through its language's real grammar, never run."""
