"""The models: arrays and frames in, frames out. No Streamlit, no plotly, no files, no network."""
