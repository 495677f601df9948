"""Frame in, figure out; no Streamlit."""
