"""The one browser component: its JavaScript beside this file, its Python face here.

Streamlit sends a component's inline code again with every answer, so what is inline only fetches the
rest: our modules come from `assets`, a folder of the server whose name is a hash of what is in it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

_FETCH = """
export default async (component) => {
  const { mount } = await import(new URL(component.data.assets + "mount.js", document.baseURI).href);
  return mount(component);
};
"""


@cache
def _component() -> Callable[..., Any]:
    """Register the component once per process."""
    return component("optiscape_stage", js=_FETCH, isolate_styles=False)


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
