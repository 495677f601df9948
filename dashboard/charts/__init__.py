"""Charts from data frames, without Streamlit."""
