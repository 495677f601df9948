"""The dashboard: Streamlit pages over the published store."""
