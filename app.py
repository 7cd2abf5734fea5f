"""The door. Streamlit runs this file for every visitor; a server that imports it finds `app`."""

import streamlit as st

if __name__ == "__main__":
    from app_pages.race import page

    st.set_page_config(page_title="Optiscape", layout="wide")
    page()
else:
    # `streamlit run app.py` looks for this line, and so serves our routes as `uvicorn server:app` does.
    import server

    app = st.App(__file__, **server.SETTINGS)
