"""Words × operation → argument values, without a language model.

Values are found in the words (:mod:`core.arguments.mention`), places for them in the operation
(:mod:`core.arguments.slot`), and brought together by what both say (:mod:`core.arguments.filling`).
"""
