"""What the stage does where addresses are refused, a connection breaks, or the server is slow or busy."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tools.browser import wait_for_session

Open = Callable[..., Page]
STREAM = "**/_stcore/stream"
TURN = """(value) => {
  const slider = document.querySelector(".os-lane .os-slider");
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def refuse_addresses(page: Page) -> None:
    """Let no turn of a knob be answered by address: the session has to take over."""
    page.route("**/answer.json?*", lambda route: route.fulfill(body="This address is too long."))


def carries_changes(message: str | bytes) -> bool:
    """Return whether the browser sends changes of the scene with this message."""
    back = BackMsg.FromString(message if isinstance(message, bytes) else message.encode())
    return any('"edits"' in state.json_trigger_value for state in back.rerun_script.widget_states.widgets)


def test_a_change_that_was_lost_with_the_connection_is_sent_again(visit: Open, site: str) -> None:
    page = visit()
    lost: list[WebSocketRoute] = []

    def connected(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def sent(message: str | bytes) -> None:
            if carries_changes(message) and not lost:
                lost.append(browser)
                server.close()
                browser.close(code=1001)
            else:
                server.send(message)

        browser.on_message(sent)

    page.route_web_socket(STREAM, connected)
    refuse_addresses(page)
    page.goto(f"{site}/?f=bowl&steps=60")
    wait_for_session(page)
    page.evaluate(TURN, -1)
    page.wait_for_url("**lane=sgd:lr=0.1&**", timeout=30_000)
    assert len(lost) == 1


def test_nothing_is_repeated_while_the_server_is_at_work(visit: Open, site: str) -> None:
    page = visit()
    sent: list[bytes | str] = []
    held: list[Callable[[], None]] = []

    def connected(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def from_page(message: str | bytes) -> None:
            if carries_changes(message):
                sent.append(message)
            server.send(message)

        def from_server(message: str | bytes) -> None:
            kind = ForwardMsg.FromString(message if isinstance(message, bytes) else message.encode())
            begun = kind.WhichOneof("type") in ("new_session", "session_status_changed")
            if sent and (held or not begun):
                held.append(lambda: browser.send(message))  # the server has begun, and seems to take long
            else:
                browser.send(message)

        browser.on_message(from_page)
        server.on_message(from_server)

    page.route_web_socket(STREAM, connected)
    refuse_addresses(page)
    page.goto(f"{site}/?f=bowl&steps=61")
    wait_for_session(page)
    page.evaluate(TURN, -1)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "running")
    page.wait_for_timeout(11_000)  # longer than the first pause with all its jitter
    assert len(sent) == 1
    messages, sent[:] = held[:], []
    for message in messages:
        message()
    page.wait_for_url("**lane=sgd:lr=0.1&**", timeout=10_000)
    assert sent == []


def test_a_busy_server_is_asked_again_and_the_reader_is_told(visit: Open) -> None:
    page = visit("?f=bowl&steps=62", refused=429)
    refused: list[str] = []

    def busy(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.fulfill(status=429, headers={"Retry-After": "1"}, body="Expected fewer questions.")
        else:
            route.continue_()

    page.route("**/minima.json?*", busy)
    page.get_by_role("button", name="Noise", exact=True).click()
    note = page.get_by_text("The server has many questions to answer at the moment.")
    expect(note).to_be_visible()
    expect(note).to_be_hidden(timeout=20_000)
    expect(page.locator("section[aria-labelledby=os-minima] tbody tr").first).to_be_visible()
    assert len(refused) == 2
