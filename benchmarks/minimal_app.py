"""The least that a slider and a chart cost: the yardstick of `latency.py`."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ui import shell

shell.warm_process()
st.set_page_config(layout="wide")
width = st.slider("Width (hidden units)", 1, 100, 10)
x = np.linspace(0.0, 1.0, 1000, dtype=np.float32)
figure = go.Figure(data=[go.Scatter(x=x, y=np.sin(width * x))])
st.plotly_chart(figure, key="chart", alt=f"A sine of frequency {width}")
