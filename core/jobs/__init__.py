"""Long work as processes that outlive the page: :mod:`core.jobs.control` starts and stops them,
:mod:`core.jobs.worker` is the process, :mod:`core.jobs.kinds` the table of what they can do.
"""
