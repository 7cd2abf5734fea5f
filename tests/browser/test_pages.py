"""Pages that bring their picture, embedded ones that need no session, and pages that show one in a frame."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from descent import Run, descend
from tools.browser import wait_for_picture, wait_for_session

Open = Callable[..., Page]
SMALL = {"width": 640, "height": 360}
EMBED = "?embed=true&f=saddle&lane=sgd:lr=0.05&lane=adam:lr=0.1&steps=40"
PATHS = "() => window.optiscape.paths()"
START = [-2.5, 0.01]


def expected(start: list[float], rate: float = 0.05) -> list[list[float]]:
    path = descend(Run("saddle", "sgd", (start[0], start[1]), 40, {"learning_rate": rate}))
    return path.points.tolist()


def close(path: list[list[float]], wanted: list[list[float]]) -> bool:
    return path == [pytest.approx(point, rel=1e-5, abs=1e-5) for point in wanted]


def test_the_first_picture_waits_for_nothing_of_streamlit_s(visit: Open, site: str) -> None:
    page = visit()
    page.route("**/optiscape/streamlit/**", lambda route: None)  # as if they never came
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{site}/?f=saddle&steps=41", wait_until="commit")
    wait_for_picture(page)
    page.evaluate("() => window.optiscape.go('f=saddle&steps=17')")
    expect(page.locator(".os-count")).to_have_text("17 / 17")
    assert sockets == []


def test_turns_need_no_session(visit: Open, site: str) -> None:
    page = visit()
    sent: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{site}/?f=saddle&lane=sgd:lr=0.05&steps=42")
    wait_for_session(page)
    sent.clear()
    turn_steps(page, 21)
    page.go_back()
    expect(page.locator(".os-count")).to_have_text("42 / 42")
    # Streamlit itself runs the script when the browser goes back; the stage says nothing.
    assert [frame for frame in map(str, sent) if '"edits"' in frame or '"visit"' in frame] == []


def test_a_session_takes_over_where_the_reader_is(visit: Open, site: str) -> None:
    page = visit("?f=saddle&lane=sgd:lr=0.05&steps=42")
    turn_steps(page, 21)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="This address is too long.")

    page.route("**/answer.json?*", refuse)
    page.wait_for_timeout(1000)  # keys pressed in a row are one step of the history
    turn_steps(page, 22)
    wait_for_session(page)
    assert len(asked) == 1
    page.wait_for_timeout(1000)
    turn_steps(page, 23)
    for steps in (22, 21, 42):
        page.go_back()
        expect(page.locator(".os-count")).to_have_text(f"{steps} / {steps}")
    assert len(asked) == 1  # the session answers now


def turn_steps(page: Page, steps: int) -> None:
    """Type another number of steps, and wait for the answer."""
    field = page.get_by_role("textbox", name="Steps")
    field.fill(str(steps))
    field.press("Enter")
    page.wait_for_url(f"**steps={steps}**")
    expect(page.locator(".os-count")).to_have_text(f"{steps} / {steps}")


def test_whatever_a_page_loads_of_streamlit_s_is_named_in_it(visit: Open, site: str) -> None:
    page = visit()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(f"{site}/")))
    page.goto(f"{site}/?f=saddle&steps=43")
    wait_for_session(page)
    named = page.evaluate("() => fetch('/?f=saddle&steps=43').then((page) => page.text())")
    scripts = [each for each in loaded if "streamlit/" in each and each.endswith((".js", ".css"))]
    assert len(scripts) > 20 and [each for each in scripts if f'"./{each}"' not in named] == []
    assert not [each for each in loaded if each.startswith("static/") and each.endswith(".js")]


def test_an_embedded_page_has_no_session_and_answers_the_hand(visit: Open, site: str) -> None:
    page = visit(**SMALL)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{site}/{EMBED}")
    wait_for_picture(page)
    assert close(page.evaluate(PATHS)[0], expected(START))
    area = page.locator(".os-map .nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.25)
    page.wait_for_url("**at=1.5,1.5**", timeout=10_000)
    assert "embed=true" in page.url
    assert close(page.evaluate(PATHS)[0], expected([1.5, 1.5]))
    whole = page.get_by_role("link", name="Optiscape")
    whole.hover()
    link = str(whole.get_attribute("href"))
    assert link.startswith(f"{site}/?v=1&f=saddle&at=1.5,1.5&") and "embed" not in link
    page.reload()
    wait_for_picture(page)
    assert close(page.evaluate(PATHS)[0], expected([1.5, 1.5]))
    assert sockets == []


def test_text_cannot_become_a_script_in_an_embedded_page(browser: Browser, site: str) -> None:
    # Not `visit`: Chromium notes what a policy refuses as an error of the page, and so it should.
    page = browser.new_page()
    page.goto(f"{site}/{EMBED}")
    wait_for_picture(page)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.text = "window.ran = true";
          document.body.append(script);
          setTimeout("window.ran = true");
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.ran") is None
    assert len([text for text in refused if "Content Security Policy" in text]) == 2
    page.close()


def test_a_page_drives_the_scene_in_its_frame_by_messages(visit: Open, site: str) -> None:
    page = visit()
    page.goto(f"{site}/_stcore/health")
    page.set_content(
        f"<script>window.heard = []; onmessage = ({{ data }}) => heard.push(data)</script>"
        f'<iframe src="{site}/{EMBED}" width="640" height="360"></iframe>'
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator(".os-root[data-ready]")).to_be_visible(timeout=30_000)
    say = "(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')"
    state = """([part, at]) => heard.some(
      ({ optiscape, query, step }) => optiscape === "state" && query.includes(part) && step === at
    )"""
    page.wait_for_function(state, arg=["f=saddle", 40])
    page.evaluate(say, {"optiscape": "at", "step": 7})
    page.wait_for_function(state, arg=["step=7", 7])
    page.evaluate(say, {"optiscape": "go", "query": "f=bowl&steps=9"})
    page.wait_for_function(state, arg=["f=bowl", 9])
    expect(frame.locator(".os-count")).to_have_text("9 / 9")
    page.evaluate(say, {"optiscape": "at", "step": 0})
    page.evaluate(say, {"optiscape": "play"})
    expect(frame.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.evaluate(say, {"optiscape": "pause"})
    expect(frame.get_by_role("button", name="Play", exact=True)).to_be_visible()
    # What follows a “go” is done where that leads; and nothing is told on the way.
    page.evaluate("() => (heard.length = 0)")
    page.evaluate(say, {"optiscape": "go", "query": "f=saddle&at=-2,0.1&lane=adam&steps=30"})
    page.evaluate(say, {"optiscape": "at", "step": 12})
    page.wait_for_function(state, arg=["f=saddle", 12])
    assert all("f=" in said["query"] for said in page.evaluate("() => heard") if said["optiscape"] == "state")
    for nonsense in (
        None,
        1,
        "go",
        {"optiscape": "go"},
        {"optiscape": "go", "query": 1},
        [],
        {"optiscape": "at", "step": "x"},
    ):
        page.evaluate(say, nonsense)
    page.evaluate(say, {"optiscape": "go", "query": "x" * 17000})
    page.wait_for_function("() => heard.at(-1).message?.includes('at most 16000 characters, got 17000')")
    page.evaluate(say, {"optiscape": "go", "query": "f=nope&lane=nobody"})
    page.wait_for_function("() => heard.at(-1).query?.includes('f=bowl&')")
    expect(frame.locator(".os-note").first).to_be_visible()


def test_scripts_drive_the_stage_of_their_page(visit: Open) -> None:
    page = visit("?f=saddle&steps=44")
    assert page.evaluate("() => optiscape.query").startswith("v=1&f=saddle&")
    page.evaluate("() => optiscape.go('?f=saddle&at=1,1&lane=sgd:lr=0.05&steps=40')")
    assert close(page.evaluate(PATHS)[0], expected([1, 1]))
    page.evaluate("() => optiscape.at(3)")
    expect(page.locator(".os-count")).to_have_text("3 / 40")
    page.evaluate("() => optiscape.at(1e9)")
    expect(page.locator(".os-count")).to_have_text("40 / 40")
    assert json.dumps(page.evaluate(PATHS)[0][0]) == "[1, 1]"
    page.evaluate("(link) => optiscape.go(link)", page.url.replace("f=saddle", "f=bowl"))
    assert page.evaluate("() => optiscape.query").startswith("v=1&f=bowl")
    for nonsense in ("optiscape.at()", "optiscape.at('x')", "optiscape.go()", "optiscape.go(5)"):
        said = page.evaluate(f"async () => {{ try {{ await {nonsense} }} catch (e) {{ return e.message }} }}")
        assert said.startswith("Expected "), nonsense
    expect(page.locator(".os-count")).to_have_text("40 / 40")
