"""The race: a scene in, its facts out, and between them only what the reader changed.

The scene lives in `st.session_state` as its spelling, one string. A run reads it, computes, and shows;
edits from the browser rewrite it before the run that shows them.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import stage
from api.answer import answer
from api.visit import MOST_CHANGES, PATIENCE, changed, opened, scene_of, spelling_of
from catalog import Repair
from scenes import Scene
from serving.activity import ACTIVITY

KEY = "stage"


def page() -> None:
    """Show the stage with the scene of this session."""
    state = st.session_state
    if "spelling" not in state:
        state.token, state.applied, state.visit = token_hex(8), 0, 0
        # As the browser sent it: in `st.query_params` a formula has lost its pluses.
        context = get_script_run_ctx()
        _visit(context.query_string if context else "")
    session = {"token": state.token, "applied": state.applied, "visit": state.visit}
    with ACTIVITY.answering():
        stage.show({**session, **_answer()}, key=KEY, on_edits=_on_edits, on_visit=_on_visit)


def _answer() -> dict[str, Any]:
    """Return the answer to the scene of this session: the last one again, if the scene is still the same.

    So a message that comes twice costs no more than a run of an empty script. An answer whose minima are
    still searched for is made anew: the stage asks for it without a change.
    """
    state = st.session_state
    asked = state.spelling, state.repairs
    if state.get("answered") != asked:
        state.answer = answer(
            scene_of(state.spelling), tuple(Repair(*repair) for repair in state.repairs), PATIENCE
        )
        state.answered = None if state.answer["ground"]["searching"] else asked
    return state.answer


def _visit(query: str) -> None:
    """Make the scene that `query` spells the scene of this session."""
    with ACTIVITY.answering():
        _keep(*opened(query))


def _keep(scene: Scene, repairs: tuple[Repair, ...]) -> None:
    """Keep a scene, as plain values: nothing of ours outlives a run as an object of the session."""
    st.session_state.spelling = spelling_of(scene)
    st.session_state.repairs = [(r.why, r.parameter, r.value, r.used) for r in repairs]


def _on_visit() -> None:
    """Go where the browser went back or forward to."""
    sent = _mapping(stage.sent(KEY, "visit"))
    search, visit = sent.get("search"), sent.get("visit")
    if isinstance(search, str) and isinstance(visit, int) and visit != st.session_state.visit:
        st.session_state.visit = visit
        _visit(search.removeprefix("?"))


def _on_edits() -> None:
    """Make the changes that have not been made yet; their numbers say which those are."""
    state = st.session_state
    sent = _mapping(stage.sent(KEY, "edits"))
    changes = sent.get("changes")
    if sent.get("token") != state.token or not isinstance(changes, list):
        return
    new = list[tuple[int, object]]()
    for pair in changes[:MOST_CHANGES]:
        match pair:
            case [int(number), change] if number > (new[-1][0] if new else state.applied):
                new.append((number, change))
    if not new:  # a message that came twice leaves the notes of its first time, and costs nothing
        return
    with ACTIVITY.answering():
        state.applied = new[-1][0]
        _keep(*changed(scene_of(state.spelling), (change for _, change in new)))


def _mapping(value: object) -> Mapping[str, Any]:
    """Return `value` if it is a mapping, or else an empty one: the socket may bring anything."""
    return value if isinstance(value, Mapping) else {}
