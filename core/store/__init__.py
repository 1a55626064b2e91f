"""What outlives a page: tables on SQLite or PostgreSQL, one module of functions per noun.

Functions take the ``Store``, open one short transaction and return frozen dataclasses.
"""
