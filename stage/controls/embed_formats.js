// How a scene is embedded, as values: what was chosen, the frame that comes of it, and the text by which each tool
// for pages and slides shows that frame. docs/embedding.md says what was tried with each.

/**
 * `size` is "640x360", "960x540", "wide" (all of the width, with the ratio of the numbers) or "own"; `plays` null is what is
 * usual in the format, `theme` and `lang` "" are the reader's own.
 * @typedef {{
 *   format: string,
 *   size: string,
 *   width: number,
 *   height: number,
 *   shown: "both" | "map" | "losses",
 *   hidden: string[],
 *   plays: boolean | null,
 *   theme: "" | "light" | "dark",
 *   lang: string,
 *   clear: boolean,
 *   print: boolean,
 * }} Choices
 */

/**
 * `source` is what the frame shows, `link` where its picture leads, `picture` the address of that for paper.
 * @typedef {{ source: string, link: string, picture: string, style: string, size: string, title: string, print: boolean }} Frame
 */

/**
 * `told`: its slides post "slide:start" to the frames that are shown; `plays`: what is usual there; `untested`: nobody has
 * opened the snippet in the tool itself.
 * @typedef {{
 *   id: string,
 *   name: string,
 *   told?: boolean,
 *   plays?: boolean,
 *   untested?: boolean,
 *   text: (frame: Frame) => string,
 * }} Format
 */

/** @type {Choices} */
export const USUAL = {
  format: "html",
  size: "640x360",
  width: 800,
  height: 450,
  shown: "both",
  hidden: [],
  plays: null,
  theme: "",
  lang: "",
  clear: false,
  print: true,
};
export const SIZES = ["640x360", "960x540", "wide", "own"];
export const SIDES = { low: 240, high: 4000 }; // px
const PICTURE = { low: 120, high: 2400 }; // px of a picture's sides
/** What of an address the choices decide. */
const DECIDED = ["hide", "hero", "measure", "lang", "theme", "embed", "autoplay", "background", "embed_options"];
const CURVES = ["losses", "data"];
const ON_PAPER =
  "<style>@media print { .optiscape-frame { display: none !important }" +
  " .optiscape-print { display: block !important } .optiscape-print img { max-width: 100%; height: auto } }</style>";

/** @type {Format[]} */
export const FORMATS = [
  { id: "html", name: "HTML", text: (frame) => lines(frame) },
  { id: "markdown", name: "Markdown", text: (frame) => lines(frame) },
  { id: "picture", name: "Markdown", text: linkedPicture },
  { id: "myst", name: "MyST (Sphinx)", text: (frame) => `\`\`\`{raw} html\n${lines(frame)}\n\`\`\`` },
  { id: "quarto", name: "Quarto", untested: true, text: (frame) => `\`\`\`{=html}\n${lines(frame)}\n\`\`\`` },
  { id: "slidev", name: "Slidev", plays: true, text: (frame) => lines(frame) },
  { id: "marp", name: "Marp", plays: true, text: (frame) => lines(frame) },
  { id: "reveal", name: "reveal.js", told: true, plays: true, text: slide },
  { id: "moodle", name: "Moodle", untested: true, text: withLink },
];

/** @param {Choices} choices */
export const formatOf = ({ format }) => FORMATS.find(({ id }) => id === format) ?? FORMATS[0];

/** @param {Choices} choices */
export const plays = (choices) => choices.plays ?? formatOf(choices).plays ?? false;

/**
 * Width and height in pixels; of a wide frame those whose ratio it has.
 * @param {Choices} choices
 * @returns {[number, number]}
 */
export function sidesOf({ size, width, height }) {
  const [wide, high] = size.split("x").map(Number);
  return high ? [wide, high] : [width, height];
}

/**
 * What a link shows and hides, as choices.
 * @param {string} link
 * @returns {Pick<Choices, "shown" | "hidden">}
 */
export function choicesIn(link) {
  const said = new URLSearchParams(link.slice(link.indexOf("?")));
  const hide = (said.get("hide") ?? "").split(",").filter(Boolean);
  const shown = hide.includes("losses") ? "map" : said.get("hero") === "losses" ? "losses" : "both";
  return { shown, hidden: hide.filter((part) => part !== "losses") };
}

/**
 * The frame of a scene: of its `link`, as it is copied, with the `title` of its page.
 * @param {Choices} choices
 * @param {string} link
 * @param {string} title
 * @returns {Frame}
 */
export function frameOf(choices, link, title) {
  const at = link.indexOf("?");
  const home = link.slice(0, at);
  const scene = [...kept(link.slice(at + 1)), ...shownParts(choices, link)];
  const reader = Object.entries({ lang: choices.lang, theme: choices.theme }).filter(([, value]) => value);
  const readers = reader.map(([name, value]) => `${name}=${value}`);
  const autoplay = plays(choices) ? (formatOf(choices).told ? "slide" : "1") : formatOf(choices).told ? "0" : "";
  const more = ["embed=true", ...(autoplay && [`autoplay=${autoplay}`]), ...(choices.clear ? ["background=none"] : [])];
  const [width, height] = sidesOf(choices);
  const wide = choices.size === "wide";
  const styles = ["border:0", "max-width:100%"];
  if (wide) styles.push("width:100%", `aspect-ratio:${width}/${height}`);
  // Between different schemes browsers paint a ground behind the frame.
  if (choices.clear) styles.push(`color-scheme:${choices.theme || "light dark"}`);
  return {
    source: address(home, [...scene, ...readers, ...more]),
    link: address(home, [...scene, ...readers]),
    picture: address(`${home}optiscape/export/picture.png`, [...onPaperParts(choices, scene), ...readers]),
    style: styles.join(";"),
    size: wide ? "" : ` width="${width}" height="${height}"`,
    title: title.replaceAll("`", "'").replaceAll(/\s+/g, " "),
    print: choices.print,
  };
}

/**
 * What the picture for paper shows: what the frame does, and as large as far as pictures may be.
 * @param {Choices} choices
 * @param {string[]} scene
 */
function onPaperParts(choices, scene) {
  const [width, height] = sidesOf(choices).map((side) => Math.min(PICTURE.high, Math.max(PICTURE.low, side)));
  // No frame has the surface in three dimensions.
  const hidden =
    scene
      .find((part) => part.startsWith("hide="))
      ?.slice(5)
      .split(",") ?? [];
  const hide = [...new Set([...hidden, "surface"])].sort();
  const pane = choices.shown === "losses" ? ["pane=losses"] : [];
  const others = scene.filter((part) => !part.startsWith("hide="));
  return [...others, `hide=${hide.join(",")}`, ...pane, `size=${width}x${height}`];
}

/** @param {string} query */
const kept = (query) => query.split("&").filter((part) => part && !DECIDED.includes(part.split("=")[0]));

/**
 * What the scene shows, but for what the choices leave out.
 * @param {Choices} choices
 * @param {string} link
 */
function shownParts({ shown, hidden }, link) {
  const hide = [...new Set([...hidden, ...(shown === "map" ? CURVES : [])])].sort();
  const said = new URLSearchParams(link.slice(link.indexOf("?")));
  const measure = shown === "map" ? "none" : said.get("measure");
  const hero = shown === "losses" ? "losses" : said.get("hero");
  return [
    ...(hide.length ? [`hide=${hide.join(",")}`] : []),
    ...(hero && (hero !== "losses" || shown === "losses") ? [`hero=${hero}`] : []),
    ...(measure ? [`measure=${measure}`] : []),
  ];
}

/**
 * An address in which nothing is left that HTML, Markdown or a template reads as its own.
 * @param {string} home
 * @param {string[]} parts
 */
const address = (home, parts) =>
  `${home}?${parts.join("&")}`.replaceAll(/["'(){}[\]\\`<>|\s]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * The frame as an element; `src` is the attribute that names what it shows, `styles` are further ones.
 * @param {Frame} frame
 */
function iframe({ source, style, size, title }, src = "src", styles = "") {
  const later = src === "src" ? ' loading="lazy"' : "";
  const looks = `style="${style}${styles}" title="${escaped(title)}"`;
  return `<iframe class="optiscape-frame" ${src}="${escaped(source)}"${size} ${looks} allow="fullscreen"${later}></iframe>`;
}

/**
 * What stands in the place of the frame on paper, where frames are often blank: a picture that leads to the scene. As it is
 * lazy and not shown before, it is asked for by whoever prints, and by nobody else.
 * @param {Frame} frame
 */
function onPaper({ link, picture, title }) {
  const image = `<img src="${escaped(picture)}" alt="${escaped(title)}" loading="lazy">`;
  return [`<a class="optiscape-print" href="${escaped(link)}" style="display:none">${image}</a>`, ON_PAPER];
}

/**
 * One block without an empty line, as Markdown wants it.
 * @param {Frame} frame
 */
function lines(frame) {
  return frame.print ? ["<div>", iframe(frame), ...onPaper(frame), "</div>"].join("\n") : iframe(frame);
}

/**
 * A picture where no frame may stand, as in a forum.
 * @param {Frame} frame
 */
function linkedPicture({ title, picture, link }) {
  return `[![${title.replaceAll(/[[\]\\<>]/g, "")}](${picture})](${link})`;
}

/**
 * A slide whose frame loads when it is shown. The theme of a deck would make them smaller.
 * @param {Frame} frame
 */
function slide(frame) {
  const shown = iframe(frame, "data-src", ";max-width:none;max-height:none");
  return ["<section>", shown, ...(frame.print ? onPaper(frame) : []), "</section>"].join("\n");
}

/**
 * Where styles are taken away from what is pasted: instead of a picture on paper, a link below the frame.
 * @param {Frame} frame
 */
function withLink(frame) {
  const below = `<p><a href="${escaped(frame.link)}">${escaped(frame.title)}</a></p>`;
  return [`<p>${iframe(frame)}</p>`, ...(frame.print ? [below] : [])].join("\n");
}
