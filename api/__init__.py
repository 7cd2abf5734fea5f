"""Questions and their answers as JSON, by address or by scene; no session, no Streamlit: any process can ask.

Each fact takes a query string, any whatever. What takes longer than a moment is asked for in parts: lane by
lane (`of`), or batch size by batch size (`size`), and the server cuts what is still long.
"""
