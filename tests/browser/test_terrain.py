"""The terrain and what stands on it: tints, names, colours of methods, the surface in three dimensions."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from charts.method_colours import method_colours
from charts.palette import LIGHT, THEMES
from tests.browser.choosing import choose_surface
from tests.browser.test_race import parameters, wait_for_url

Open = Callable[..., Page]

STANDS = "() => document.querySelector('.os-surface3d .js-plotly-plot')?._fullLayout?.scene?._scene?.glplot"
EYE = """() => JSON.stringify(
  document.querySelector(".os-surface3d .js-plotly-plot")._fullLayout.scene._scene.getCamera().eye
)"""
NAMES = """() => [...document.querySelectorAll(".os-names text")]
  .map((node) => [node.textContent, node.getAttribute("fill")])"""
ON_SURFACE = """(lane) => {
  const { data } = document.querySelector(".os-surface3d .os-upper");
  const path = data.find(({ meta }) => meta.role === "path" && meta.lane === lane);
  const marks = data.find(({ meta }) => meta.role === "marks");
  return { x: Array.from(path.x), mark: [marks.x[lane + 1], marks.y[lane + 1], marks.z[lane + 1]] };
}"""
FILLED = """() => {
  const node = document.querySelector(".os-surface3d");
  const { data, _fullLayout } = node.querySelector(".js-plotly-plot");
  const { glplot, dataScale } = _fullLayout.scene._scene;
  const { model, view, projection } = glplot.cameraParams;
  const times = (m, v) =>
    [0, 1, 2, 3].map((row) => v.reduce((sum, part, k) => sum + m[4 * k + row] * part, 0));
  const { xaxis, yaxis } = _fullLayout.scene;
  const seen = [];
  for (const x of xaxis.range) for (const y of yaxis.range) for (const z of [0, 1]) {
    const point = [x * dataScale[0], y * dataScale[1], z * dataScale[2], 1];
    const [u, v, , w] = times(projection, times(view, times(model, point)));
    seen.push([u / w, v / w]);
  }
  const spans = [0, 1].map((axis) => {
    const at = seen.map((point) => point[axis]);
    return (Math.max(...at) - Math.min(...at)) / 2;
  });
  return spans;
}"""


def test_a_tint_is_in_the_link_and_in_the_address_of_the_picture(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl")
    with page.expect_request(re.compile(r"terrain-light-print\.json")):
        page.get_by_label("Ground", exact=True).select_option("print")
    wait_for_url(page, "tint=print")
    page.wait_for_function("() => document.querySelector('.os-map .js-plotly-plot')")
    ramp = "() => document.querySelector('.os-map .js-plotly-plot')?.layout.meta.relief.ramp"
    page.wait_for_function(f"() => ({ramp})()?.[0] === '{THEMES['light-print'].ramp[0]}'")
    page.get_by_label("Ground", exact=True).select_option("terrain")
    page.wait_for_function("() => !location.search.includes('tint')")
    assert "tint" not in parameters(page)


def test_an_embedded_page_has_the_tint_of_its_link(visit: Open) -> None:
    page = visit("?embed=true&tint=paper&f=bowl", width=640, height=360)
    carried = page.evaluate("() => document.querySelector('.os-plain').parentNode.layout.meta.relief.ramp")
    assert carried == list(THEMES["light-paper"].ramp)


def test_a_method_keeps_its_colour_whatever_the_order_of_the_lanes(visit: Open) -> None:
    own = method_colours(LIGHT)
    page = visit("?hide=surface&f=bowl&lane=adam:lr=0.3&lane=sgd:lr=0.9&lane=adam:lr=0.1&steps=30")
    swatches = page.locator(".os-lane .os-swatch path[stroke-dasharray]")
    wanted = [own["adam"][0], own["sgd"][0], own["adam"][1]]
    assert [each.get_attribute("stroke") for each in swatches.all()] == wanted
    named = dict.fromkeys(map(tuple, page.evaluate(NAMES)))
    assert named and {colour for _, colour in named} <= set(wanted)
    assert {("SGD", own["sgd"][0])} <= set(named)


def test_a_lane_that_comes_back_goes_on_inside_in_three_dimensions(visit: Open) -> None:
    page = visit("?v=1&f=bowl&at=-7,2&lane=adagrad:lr=14.678&lane=adam:lr=0.3&steps=50", surface=True)
    page.wait_for_function(STANDS, timeout=60_000)
    page.wait_for_function("() => document.querySelector('.os-surface3d .os-upper').data.length")
    seen = page.evaluate(ON_SURFACE, 0)
    assert seen["x"][0] == -7 and abs(seen["x"][-1]) < 0.01
    assert any(x != x for x in seen["x"]) or None in seen["x"]  # it was outside in between
    assert abs(seen["mark"][0]) < 0.01 and abs(seen["mark"][1]) < 0.01 and 0 < seen["mark"][2] < 0.1
    # Another lane is picked: that is no other surface, and nobody waits for it to be drawn.
    page.wait_for_timeout(500)
    page.evaluate(
        """() => {
          const { react } = window.Plotly;
          window.drawn = [];
          window.Plotly.react = (node, ...all) => (window.drawn.push(node), react(node, ...all));
        }"""
    )
    page.locator(".os-pagetab").nth(1).click()
    page.locator(".os-inspector .os-tab").nth(1).click()
    wait_for_url(page, "pick=2")
    page.wait_for_timeout(800)
    assert not page.evaluate("() => window.drawn.some((node) => node.closest('.os-surface3d'))")
    assert seen["x"][0] == page.evaluate(ON_SURFACE, 0)["x"][0]
    # On paper it is a picture: WebGL keeps nothing for a printer.
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    drawn = """() => {
      const { width, height } = document.querySelector("canvas.os-onpaper");
      const context = document.querySelector("canvas.os-onpaper").getContext("2d");
      const { data } = context.getImageData(0, 0, width, height);
      return data.filter((_, place) => place % 4 === 3).some(Boolean);
    }"""
    assert page.evaluate(drawn)


def test_the_surface_fills_its_frame_and_lets_the_page_scroll(visit: Open) -> None:
    page = visit("?f=himmelblau", surface=True, width=1920, height=1080)
    page.wait_for_function(STANDS, timeout=60_000)
    page.wait_for_timeout(500)
    across, up = page.evaluate(FILLED)
    assert max(across, up) >= 0.7 and min(across, up) >= 0.4
    page.set_viewport_size({"width": 880, "height": 700})  # where the page scrolls
    page.wait_for_timeout(500)
    first = page.evaluate(EYE)
    page.locator(".os-surface3d").hover()
    page.mouse.wheel(0, 240)
    page.wait_for_function("() => document.scrollingElement.scrollTop > 100")
    assert page.evaluate(EYE) == first
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => document.scrollingElement.scrollTop === 0")
    page.keyboard.down("Control")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Control")
    page.wait_for_function(f"(first) => ({EYE})() !== first", arg=first)
    x, y, z = (page.evaluate(f"() => JSON.parse(({EYE})())")[axis] for axis in "xyz")
    page.get_by_role("button", name="Reset view").click()
    page.wait_for_function(f"([x, y, z]) => Math.abs(JSON.parse(({EYE})()).x - x) > 0.05", arg=[x, y, z])


def test_of_many_minima_the_global_one_alone_is_marked_until_the_reader_zooms_in(visit: Open) -> None:
    page = visit("?hide=surface&f=rastrigin&page=curvature")
    expect(page.locator(".os-critical tbody tr").first).to_contain_text("minimum", timeout=60_000)
    kinds = "() => document.querySelector('.os-map .os-between').data.map(({ meta }) => meta.role)"
    assert not {"minimum", "saddle", "maximum"} & set(page.evaluate(kinds))
    page.wait_for_function("() => document.querySelector('.os-map .js-plotly-plot')")
    page.evaluate(
        """() => Plotly.relayout(document.querySelector(".os-map .js-plotly-plot"),
          { "xaxis.range": [-1.5, 1.5], "yaxis.range": [-1.5, 1.5] })"""
    )
    page.wait_for_function(f"() => ({kinds})().includes('minimum') && ({kinds})().includes('saddle')")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tools_of_the_map_fit_on_a_phone(visit: Open, language: str) -> None:
    page = visit(f"?hide=surface&lang={language}", width=390, height=844)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 390


def test_a_saved_picture_has_the_names_at_the_ends_of_the_paths(visit: Open) -> None:
    page = visit("?f=rosenbrock&lang=zh")
    page.locator(".os-map .modebar").wait_for(state="attached")
    drawn = page.evaluate(
        """() => {
          let saved;
          window.Plotly.downloadImage = ({ layout }) => (saved = layout);
          const figure = document.querySelector(".os-map .js-plotly-plot");
          figure.querySelector(".modebar-btn:last-of-type").dispatchEvent(new Event("click"));
          const area = figure.querySelector(".nsewdrag").getBoundingClientRect();
          const place = (axis, value) => (value - axis.range[0]) / (axis.range[1] - axis.range[0]);
          const written = saved.annotations.map(({ text, x, y }) => [text, [
            area.left + place(saved.xaxis, x) * area.width,
            area.bottom - place(saved.yaxis, y) * area.height,
          ]]);
          const onScreen = [...document.querySelectorAll(".os-names text")].map((node) => {
            const { left, right, top, bottom } = node.getBoundingClientRect();
            return [node.textContent, [(left + right) / 2, (top + bottom) / 2]];
          });
          return [Object.fromEntries(written), onScreen];
        }"""
    )
    written, on_screen = drawn
    assert "动量法" in dict(on_screen)
    for name, place in on_screen:
        assert written[name] == pytest.approx(place, abs=4)


def test_arrow_keys_turn_the_surface_and_a_double_click_looks_at_it_as_at_first(visit: Open) -> None:
    page = visit("?f=bowl&lane=sgd&steps=30", surface=True)
    page.wait_for_function(STANDS)
    page.wait_for_timeout(300)
    first = page.evaluate(EYE)
    page.locator(".os-surface3d").focus()
    count = page.locator(".os-count").text_content()
    for key in ("ArrowLeft", "ArrowUp"):
        before = page.evaluate(EYE)
        page.keyboard.press(key)
        page.wait_for_function(f"(before) => ({EYE})() !== before", arg=before)
    expect(page.locator(".os-count")).to_have_text(str(count))  # elsewhere an arrow is a step
    box = page.locator(".os-surface3d").bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    again = """(first) => Object.entries(JSON.parse(first)).every(
      ([axis, value]) => Math.abs(JSON.parse((EYE)())[axis] - value) < 1e-9)""".replace("EYE", EYE)
    page.wait_for_function(again, arg=first)  # but for the rounding of a turn there and back


def test_reset_axes_shows_the_surface_that_is_there_now(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&lane=sgd&steps=30")
    page.wait_for_function("() => document.querySelector('.os-map .js-plotly-plot')")
    choose_surface(page, "rosenbrock")
    wait_for_url(page, "f=rosenbrock")
    ranges = """() => {
      const { xaxis, yaxis } = document.querySelector(".os-map .js-plotly-plot")._fullLayout;
      return [xaxis.range, yaxis.range];
    }"""
    page.wait_for_function(f"() => ({ranges})()[0][0] === -2")
    whole = page.evaluate(ranges)
    for name in ("Zoom in", "Reset axes"):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
        assert (page.evaluate(ranges) == whole) == (name == "Reset axes")
