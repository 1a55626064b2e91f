"""Vocabulary and tools of Callwright: documents, requests, code, verdicts. Knows no Streamlit."""
