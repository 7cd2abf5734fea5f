// One control per knob: a slider on the knob's own scale and a box for the exact number.

import { el, math } from "../lib/dom.js";

/** @import { Value } from "../types/answer.d.ts" */
/** @import { Knob } from "../types/words.d.ts" */
/** @import { Control, KnobRow } from "../types/stage.d.ts" */

/**
 * The number a slider position stands for, rounded to what a reader would type.
 * @param {Knob} knob
 * @param {number} position
 */
function fromPosition(knob, position) {
  const value =
    knob.scale === "log" ? Number((10 ** position).toPrecision(2)) : Math.round(position / knob.step) * knob.step;
  return clamp(knob, knob.kind === "whole" ? Math.round(value) : Number(value.toPrecision(10)));
}

/**
 * @param {Knob} knob
 * @param {number} value
 */
function toPosition(knob, value) {
  return knob.scale === "log" ? Math.log10(Math.max(value, knob.low || 1e-12)) : value;
}

/**
 * A coordinate of a point of the map. Any number may be typed: the start is kept inside the box by the server, other points
 * by the stage.
 * @type {Knob}
 */
export const COORDINATE = {
  id: "start",
  short: "at",
  label: "",
  math: "",
  kind: "number",
  scale: "linear",
  default: 0,
  low: -1e9,
  high: 1e9,
  step: 0.1,
  choices: [],
  options: [],
};

const ALONG = 8; // px that a finger goes along a slider before it turns it; one that goes across scrolls the page
const WIDEST = 1e6; // a range in which a slider can still be aimed; seeds and coordinates only have a box

/**
 * @param {Knob} knob
 * @param {number} value
 */
const clamp = (knob, value) => Math.max(knob.low, Math.min(knob.high, value));

/**
 * Shortest text of a number that is the number.
 * @param {Value} value
 */
function plain(value) {
  if (typeof value !== "number") return value;
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential().replace("e-0", "e-") : String(value);
}

/**
 * A control for `knob`; `onChange(value)` hears every turn. Returns { node, set(value) }:
 * `set` leaves alone what the reader's hand is on.
 * @param {Knob} knob
 * @param {string} name
 * @param {(value: Value) => void} onChange
 * @returns {Control}
 */
export function control(knob, name, onChange) {
  return knob.kind === "choice" ? choice(knob, name, onChange) : number(knob, name, onChange);
}

/**
 * @param {Knob} knob
 * @param {string} name
 * @param {(value: Value) => void} onChange
 * @returns {Control}
 */
function choice(knob, name, onChange) {
  /** @type {HTMLSelectElement} */
  const select = el(
    "select.os-select",
    { "aria-label": name, onchange: () => onChange(select.value) },
    knob.choices.map((value, index) => el("option", { value }, knob.options[index])),
  );
  return { node: select, set: (value) => (select.value = String(value)) };
}

/**
 * @param {Knob} knob
 * @param {string} name
 * @param {(value: Value) => void} onChange
 * @returns {Control}
 */
function number(knob, name, onChange) {
  const log = knob.scale === "log";
  const low = toPosition(knob, log ? Math.max(knob.low, knob.high * 1e-12) : knob.low);
  let held = false; // the reader's hand is on the slider
  /** @type {{ x: number, before: string } | null} a finger on the slider that may be about to scroll the page */
  let finger = null;
  const slid = () => turned(fromPosition(knob, Number(slider.value)), slider);
  /** @param {string} [position] where the finger found it, if it has scrolled the page */
  const released = (position) => {
    held = false;
    if (position !== undefined) slider.value = position;
    else if (finger) slid();
    finger = null;
  };
  /** @type {HTMLInputElement} */
  const slider = el("input.os-slider", {
    type: "range",
    min: low,
    max: toPosition(knob, knob.high),
    step: knob.step,
    "aria-label": name,
    oninput: () => finger ?? slid(),
    onpointerdown: ({ pointerType, clientX }) => {
      held = true;
      if (pointerType === "touch") finger = { x: clientX, before: slider.value };
    },
    onpointermove: ({ clientX }) => {
      if (!finger || Math.abs(clientX - finger.x) < ALONG) return;
      finger = null;
      slid();
    },
    onpointerup: () => released(),
    onpointercancel: () => released(finger?.before),
  });
  const box = el("input.os-number", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": name,
    onchange: () => typed(),
    onkeydown: (event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        event.preventDefault();
        const by = event.key === "ArrowUp" ? 1 : -1;
        const value = Number(box.value);
        const next = log
          ? fromPosition(knob, toPosition(knob, value) + by * Math.max(knob.step, 0.05))
          : clamp(knob, Number((value + by * knob.step).toPrecision(10)));
        turned(next, null);
      }
      if (event.key === "Enter") typed();
    },
  });
  /** @type {Value} */
  let value = knob.default;
  let said = ""; // what stands in the box but has not been said is the reader's
  /** @param {Value} next */
  const show = (next) => {
    value = next;
    slider.value = String(toPosition(knob, Number(next)));
    slider.setAttribute("aria-valuetext", plain(next));
    slider.style.setProperty(
      "--filled",
      `${(100 * (Number(slider.value) - Number(slider.min))) / (Number(slider.max) - Number(slider.min))}%`,
    );
    said = box.value = plain(next);
    box.removeAttribute("aria-invalid");
  };
  /**
   * @param {number} next
   * @param {HTMLInputElement | null} from
   */
  const turned = (next, from) => {
    if (next === value) return;
    const position = slider.value;
    show(next);
    if (from) slider.value = position;
    onChange(next);
  };
  // The text goes to the server as it stands: it alone decides what a number is, and says so.
  const typed = () => {
    const text = box.value.trim().replace("−", "-").replace(",", ".");
    if (text === plain(value)) return;
    said = box.value;
    // On a page that was saved nobody answers, and what is too much has to be known here.
    const alone = box.closest('[data-saved="true"]') !== null;
    const next = alone ? clamp(knob, Number(text)) : Number(text);
    const usable = text !== "" && Number.isFinite(next);
    if (alone && usable) show(next);
    if (usable) value = next;
    else box.setAttribute("aria-invalid", "true");
    onChange(usable ? next : text.slice(0, 60));
  };
  return {
    node: el("div.os-knob", {}, knob.high - knob.low > WIDEST ? null : slider, box),
    set: (next) => {
      if (!held && (document.activeElement !== box || box.value === said)) show(next);
    },
  };
}

/**
 * A labelled row: symbol, name, a hint that `hint(text)` writes behind the name, control (for readers of screens: `name`).
 * @param {Knob} knob
 * @param {(value: Value) => void} onChange
 * @returns {KnobRow}
 */
export function row(knob, onChange, name = knob.label) {
  const made = control(knob, name, onChange);
  const hint = el("span.os-muted");
  const label = el(
    "span.os-label",
    {},
    ...(knob.math ? [math(knob.math), " "] : []),
    el("span", {}, knob.label),
    " ",
    hint,
  );
  return {
    node: el("div.os-row", {}, label, made.node),
    control: made.node,
    set: made.set,
    hint: (text) => (hint.textContent = text),
  };
}

/**
 * A choice of which all are in sight: a labelled row of buttons. `set(value)` presses one of them.
 * @param {Knob} knob
 * @param {(value: string) => void} onChange
 * @returns {Control}
 */
export function segments(knob, onChange) {
  const buttons = knob.choices.map((value, index) =>
    el("button.os-segment", { type: "button", onclick: () => onChange(value) }, knob.options[index]),
  );
  return {
    node: el(
      "div.os-segrow",
      {},
      el("span.os-label", {}, knob.label),
      el("div.os-segments", { role: "group", "aria-label": knob.label }, buttons),
    ),
    set: (value) =>
      buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(knob.choices[index] === value))),
  };
}
