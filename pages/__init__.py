"""The screens. Streamlit lives here, in server/ and in dashboard.py only."""
