"""The app: ``streamlit run app.py``."""

from pages.components import frame

frame.run()
