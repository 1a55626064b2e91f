"""The app: ``streamlit run app.py``."""

from pages.components import frame, job_watch

frame.run(beside=job_watch.show)
