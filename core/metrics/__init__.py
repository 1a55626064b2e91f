"""How right an engine's calls are: API Pack's scores, ours on the canonical request, intervals."""
