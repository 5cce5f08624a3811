"""Entry point of the dashboard: ``streamlit run app.py``."""

import streamlit as st

from ui import on_its_way, shell

shell.warm_process()
on_its_way.deliver_all()
shell.enter()
page = st.navigation(shell.pages(), position="top")
st.set_page_config(
    page_title=f"{page.title} · Unfold", page_icon=shell.ICON, layout="wide"
)
page.run()
