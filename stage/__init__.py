"""The one browser component: its JavaScript beside this file, its Python face here.

The page has started the stage before there was a session, and shows it in a place of its own. So what
Streamlit shows is empty, and its inline code, sent again with every answer, only hands that on.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from stage.assets import BASE

_HAND_ON = f"""
export default async (component) => {{
  const {{ mount }} = await import(new URL("{BASE}optiscape.js", document.baseURI).href);
  mount(component);
}};
"""


@cache
def _component() -> Callable[..., Any]:
    """Register the component once per process."""
    return component("optiscape_stage", js=_HAND_ON, isolate_styles=False)


def show(
    data: dict[str, Any], *, key: str, on_edits: Callable[[], None], on_visit: Callable[[], None]
) -> None:
    """Show the stage with `data`, which says all that the server knows of the scene.

    `on_edits` and `on_visit` are called before the next run; they find what the reader changed,
    and where the browser went back or forward to, with `sent`.
    """
    _component()(key=key, data=data, height="content", on_edits_change=on_edits, on_visit_change=on_visit)


def sent(key: str, name: str) -> object:
    """Return what the browser sent as `name` ("edits" or "visit"): any JSON value whatever, or None."""
    state = st.session_state.get(key)
    return None if state is None else state.get(name)
