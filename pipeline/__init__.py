"""From documents to an instruction → API call dataset: each file one step and one command.

A step reads the shards of the step before it and writes its own into the dataset's folder, each one
whole or not at all, so that any step may be killed and run again. What a step leaves out is a row
of its drops, with the reason.
"""
