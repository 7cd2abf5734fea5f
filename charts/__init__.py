"""Facts in, Plotly figures out. Nothing here knows a page, a language or a browser."""
