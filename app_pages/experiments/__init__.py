"""Facts that take many runs: where crowds of them end, and which rate suits which method.

Like those of `app_pages.facts`, each function takes a query string, any whatever, and gives JSON. What takes
longer than a moment is asked for in parts: lane by lane (`of`), or batch size by batch size (`size`).
"""
