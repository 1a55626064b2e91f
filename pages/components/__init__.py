"""Screen parts that pages share. Streamlit never takes a file in a subfolder for a page."""
