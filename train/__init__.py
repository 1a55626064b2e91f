"""Everything that makes weights: retrievers, rerankers, and the models that write calls."""
