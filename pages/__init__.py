"""The screens. Streamlit lives here and in dashboard.py only."""
