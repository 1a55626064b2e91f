"""Catalogues of functions: what *Harnessing LLMs for API Interactions* (arXiv 2409.11703) chooses
from. A catalogue becomes a document in memory, so whatever answers over documents answers over it.
"""
