// What a scene is carried away as: pictures, films, numbers, code, or one page. Each is a link to a file that the server
// makes of the scene as it is when the dialog opens.

import { el, outside } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { LabName } from "../types/networks.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Address } from "../session/address.js" */
/** @import { Answer } from "../types/answer.d.ts" */

/** @type {[row: string, files: [name: string, label: string][]][]} */
const ROWS = [
  [
    "picture",
    [
      ["picture.png", "PNG"],
      ["picture.svg", "SVG"],
    ],
  ],
  [
    "film",
    [
      ["race.webp", "WebP"],
      ["race.gif", "GIF"],
      ["race.mp4", "MP4"],
    ],
  ],
  [
    "numbers",
    [
      ["record.csv", "CSV"],
      ["record.json", "JSON"],
      ["record.npz", "NPZ"],
    ],
  ],
  [
    "training",
    [
      ["history.csv", "CSV"],
      ["history.json", "JSON"],
      ["history.npz", "NPZ"],
    ],
  ],
  [
    "code",
    [
      ["race_numpy.py", "NumPy"],
      ["race_torch.py", "PyTorch"],
      ["race_optax.py", "optax"],
    ],
  ],
  ["page", [["optiscape.html", "HTML"]]],
];
/** Pixels, and how large letters are drawn in them: on a slide they are read from the back row. */
const SIZES = /** @type {[size: string, letters: number][]} */ ([
  ["1280x720", 1],
  ["1920x1080", 1.5],
  ["960x540", 1],
  ["640x360", 1],
  ["1200x1200", 1.5],
  ["1080x1920", 1.5],
]);
const SCALES = ["1", "2", "3"];
const LARGEST_FILM = 1280 * 720;
const NAMED = 48; // letters of a file's name that say what is in it
const AWHILE = 60_000; // ms in which a browser has read what it saves

export class ExportDialog {
  /**
   * `look()` has what of the reader's own look the files take over: theme and language.
   * @param {Words} words
   * @param {Address} address
   * @param {() => Record<string, string>} look
   */
  constructor({ ui, network, usual }, address, look) {
    this.ui = ui;
    /** @type {Words["network"]["panes"]} the charts of each lab */
    this.charts = network.panes;
    this.usual = usual;
    this.address = address;
    this.look = look;
    this.said = el("span.os-said", { role: "status" });
    const changed = () => this.lead();
    /** @param {string} label @param {[string, string][]} options */
    const choice = (label, options) => {
      const select = el(
        "select.os-select",
        { onchange: changed, "aria-label": label },
        options.map(([value, text]) => el("option", { value }, text)),
      );
      return { select, node: el("div.os-exportchoice", {}, el("span", { "aria-hidden": "true" }, label), select) };
    };
    const pane = choice(ui.export_what, []);
    const size = choice(
      ui.export_size,
      SIZES.map(([each]) => [each, each.replace("x", " × ")]),
    );
    const scale = choice(
      ui.export_scale,
      SCALES.map((each) => [each, `${each}×`]),
    );
    this.pane = pane.select;
    this.size = size.select;
    this.scale = scale.select;
    this.clear = el("input", { type: "checkbox", onchange: changed });
    /** @type {{ name: string, link: HTMLAnchorElement }[]} */
    this.files = [];
    /** @type {Map<string, HTMLElement>} what is being made, and what is said of it */
    this.making = new Map();
    this.fitted = false; // whether the surface is made of data
    this.filmSize = el("span");
    const rows = ROWS.flatMap(([row, files]) => [
      el("dt", { "data-row": row }, ui[`export_${row}`]),
      el(
        "dd",
        { "data-row": row },
        files.map(([name, label]) => {
          /** @type {HTMLAnchorElement} */
          const link = el(
            "a.os-quiet.os-exportfile",
            {
              href: ".",
              role: "button",
              onclick: (/** @type {Event} */ event) => this.take(event, name, link),
              onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === " " && this.take(event, name, link),
            },
            label,
          );
          this.files.push({ name, link });
          return link;
        }),
        el("span.os-exportstory", {}, ui[`export_${row}_story`], row === "film" ? [" ", this.filmSize] : []),
      ),
    ]);
    /** @type {HTMLDialogElement} */
    this.dialog = el(
      "dialog.os-dialog.os-export",
      { "aria-labelledby": "os-export-title", onclick: outside },
      el("h2.os-head", { id: "os-export-title" }, ui.export_title),
      el(
        "div.os-exportlook",
        {},
        pane.node,
        size.node,
        scale.node,
        el("label.os-exportcheck", {}, this.clear, ui.export_clear),
      ),
      el("dl.os-exportlist", {}, rows),
      el("p.os-exportlink", {}, fill(ui.export_story, { name: "PNG" })),
      el(
        "div.os-headrow",
        {},
        el("button.os-quiet", { type: "button", onclick: () => this.dialog.close() }, ui.close),
        this.said,
      ),
    );
  }

  /**
   * There is something to choose of what `data` has.
   * @param {Pick<Answer, "ground">} data
   */
  about({ ground }) {
    this.fitted = Boolean(ground.examples);
  }

  open() {
    // What is still being made is still said.
    this.said.replaceChildren(...this.making.values());
    this.offer();
    this.lead();
    this.dialog.showModal();
  }

  /** Offer what can be drawn of the scene: of the race, or of the lab that is open. What was chosen stays, if it is there. */
  offer() {
    const { pane } = this;
    const before = pane.value;
    const options = this.panes().map(([value, text]) => el("option", { value }, text));
    pane.replaceChildren(...options);
    if (options.some(({ value }) => value === before)) pane.value = before;
  }

  /** @returns {[id: string, name: string][]} */
  panes() {
    const { ui } = this;
    const [, scene] = this.address.link().split("?");
    const said = new URLSearchParams(scene);
    if ((said.get("page") ?? this.usual.page) === "networks") {
      const lab = /** @type {LabName} */ (said.get("lab") ?? this.usual.lab);
      return [["stage", ui.export_lab], ...this.charts[lab].map(pair)];
    }
    return [
      ["stage", ui.export_stage],
      ["map", ui.hero_map],
      ["surface", ui.hero_surface],
      ["losses", ui.hero_losses],
      ["measures", ui.export_measures],
      .../** @type {[string, string][]} */ (this.fitted ? [["data", ui.data_title]] : []),
    ];
  }

  /**
   * Fetch a file, and say so meanwhile: of a film every frame is drawn first.
   * @param {Event} event
   * @param {string} name
   * @param {HTMLAnchorElement} link
   */
  async take(event, name, link) {
    event.preventDefault();
    const { ui } = this;
    if (this.making.has(link.href)) return; // pressed twice
    const file = this.fileName(name);
    const said = el("span", {}, fill(ui.export_making, { name: file }));
    const { href } = link;
    this.making.set(href, said);
    this.said.replaceChildren(...this.making.values());
    try {
      const response = await fetch(href);
      if (!response.ok) throw new Error(await response.text());
      const address = URL.createObjectURL(await response.blob());
      el("a", { href: address, download: file }).click();
      setTimeout(() => URL.revokeObjectURL(address), AWHILE);
      said.textContent = fill(ui.export_made, { name: file });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      said.className = "os-exportfailed";
      said.textContent = fill(ui.export_failed, { name: file, why: message });
    } finally {
      this.making.delete(href);
    }
  }

  /**
   * What a file is called among others: "picture-bowl-sgd-adam-30.png" of picture.png.
   * @param {string} name
   */
  fileName(name) {
    const [kind, end] = name.split(".");
    const said = new URLSearchParams(this.address.link().split("?")[1]);
    const lab = said.get("page") === "networks";
    const which = lab ? [said.get("lab") ?? "train"] : [said.get("f") ?? "formula", ...said.getAll("lane")];
    const parts = [...which.map((part) => part.split(":")[0]), ...(lab ? [] : [said.get("step") ?? ""])];
    const more = parts.filter((part) => /^[\w-]+$/.test(part)).join("-");
    return `${[kind, more.slice(0, NAMED)].filter(Boolean).join("-")}.${end}`;
  }

  /** Let every link lead to its file, of the scene and in the look that are chosen now. */
  lead() {
    const { eye, ...look } = this.look();
    const drawn = eye ? { ...look, eye } : look;
    const letters = new Map(SIZES).get(this.size.value) ?? 1;
    const sides = this.size.value.split("x").map(Number);
    const size = sides.map((side) => side / letters).join("x");
    // As wide for its height as what was chosen, and no larger than a film may be.
    const less = Math.min(1, Math.sqrt(LARGEST_FILM / (sides[0] * sides[1])));
    const film = sides.map((side) => 2 * Math.floor((side * less) / 2)).join("x");
    this.filmSize.textContent = fill(this.ui.film_size, { size: film.replace("x", " × ") });
    const picture = {
      ...drawn,
      pane: this.pane.value,
      size,
      scale: String(letters * Number(this.scale.value)),
      ...(this.clear.checked && { paper: "none" }),
    };
    for (const { name, link } of this.files) {
      const [kind] = name.split(".");
      const more =
        kind === "picture" ? picture : kind === "race" ? { ...drawn, pane: this.pane.value, size: film } : look;
      link.href = this.address.link(more, `optiscape/export/${name}`);
    }
  }
}

/**
 * A chart of a lab as an option.
 * @param {{ id: string, name: string }} chart
 * @returns {[id: string, name: string]}
 */
const pair = ({ id, name }) => [id, name];
