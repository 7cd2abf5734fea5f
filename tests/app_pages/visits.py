"""A visitor without a browser: what the page sends, and what the page is sent."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def visit(query: str = "") -> AppTest:
    """Open the page at `?query`."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params.update(parse_qs(query, keep_blank_values=True, max_num_fields=None))
    return app.run()


def message_of(app: AppTest) -> dict[str, Any]:
    """Return what the stage has been given."""
    assert [error.message for error in app.exception] == []
    (stage,) = app.get("bidi_component")
    return json.loads(stage.proto.json)


def send(app: AppTest, name: str, value: object) -> dict[str, Any]:
    """Send `value` as the stage would, setTriggerValue(name, value), and return the page's answer."""
    (stage,) = app.get("bidi_component")
    states = WidgetStates()
    trigger = states.widgets.add(id=_make_trigger_id(stage.proto.id, "events"))
    trigger.json_trigger_value = json.dumps([{"event": name, "value": value}])
    app._run(states)  # AppTest has no public way to act on a component
    return message_of(app)
