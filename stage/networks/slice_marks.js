// Paths on a slice in the colours and symbols of their trainers: what was gone until the playhead strongly, the rest faintly, and
// at each mark a bar that says how far from the plane the trainer is.

import { held } from "./slice_paths.js";
import { rowAt } from "./unpacked.js";
import { outline } from "../figures/marks.js";

/** @import { Looks } from "./networks.js" */
/** @import { Drawn, Frame } from "./slice_picture.js" */

const FAINT = 0.45;
const DASHES = [5, 4];
const GAUGE = { width: 6, height: 24, away: 10 };

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Drawn} drawn
 * @param {Frame} frame
 * @param {Looks} looks
 * @param {number} t
 */
export function drawPaths(pen, { paths, races }, frame, { styles, paper }, t) {
  for (const path of paths) trail(pen, path, frame, { color: styles[path.lane].color, paper, dashed: false }, t);
  for (const race of races) trail(pen, race, frame, { color: styles[race.lane].color, paper, dashed: true }, t);
  for (const race of races) {
    const { color, symbol } = styles[race.lane];
    const row = rowAt(race.steps, t);
    if (race.steps.length)
      drawMark(pen, held(frame, race.a[row], race.b[row]), symbol ?? "circle", { fill: paper, line: color });
  }
  for (const path of paths) {
    const { color, symbol } = styles[path.lane];
    const row = rowAt(path.steps, t);
    const place = held(frame, path.a[row], path.b[row]);
    drawMark(pen, place, symbol ?? "circle", { fill: color, line: paper });
    gauge(pen, place, frame, path.relative[row], { color, paper });
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{ steps: Float32Array, a: Float32Array, b: Float32Array }} path
 * @param {Frame} frame
 * @param {{ color: string, paper: string, dashed: boolean }} how
 * @param {number} t
 */
function trail(pen, { steps, a, b }, frame, { color, paper, dashed }, t) {
  const now = rowAt(steps, t);
  pen.save();
  pen.lineJoin = "round";
  for (const [from, to, alpha] of [
    [now, steps.length - 1, FAINT],
    [0, now, 1],
  ]) {
    pen.beginPath();
    for (let row = from; row <= to; row++) pen.lineTo(frame.x(a[row]), frame.y(b[row]));
    pen.globalAlpha = alpha;
    pen.setLineDash([]);
    pen.strokeStyle = paper;
    pen.lineWidth = 4.4;
    pen.stroke();
    pen.setLineDash(dashed ? DASHES : []);
    pen.strokeStyle = color;
    pen.lineWidth = dashed ? 2 : 2.4;
    pen.stroke();
  }
  pen.restore();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {[number, number]} place
 * @param {string} symbol
 * @param {{ fill: string, line: string }} colors
 * @param {string} [label]
 */
export function drawMark(pen, [x, y], symbol, { fill, line }, label) {
  pen.save();
  pen.translate(x, y);
  const path = new Path2D(outline(symbol));
  pen.lineWidth = 2;
  pen.strokeStyle = line;
  pen.fillStyle = fill;
  pen.stroke(path);
  pen.fill(path);
  if (label) {
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    // Letters stand out from any colour below by an edge in the other ink.
    const [letters, edge] = symbol === "cross" ? [fill, line] : [line, fill];
    pen.lineWidth = 3;
    pen.strokeStyle = edge;
    pen.fillStyle = letters;
    pen.strokeText(label, 7, -4);
    pen.fillText(label, 7, -4);
  }
  pen.restore();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {[number, number]} place
 * @param {Frame} frame
 * @param {number} share
 * @param {{ color: string, paper: string }} colors
 */
function gauge(pen, [x, y], frame, share, { color, paper }) {
  const { width, height, away } = GAUGE;
  const right = x + away + width < frame.left + frame.width;
  const left = right ? x + away : x - away - width;
  const top = Math.min(Math.max(y - height / 2, frame.top + 2), frame.top + frame.height - height - 2);
  const filled = height * (Number.isFinite(share) ? share : 0);
  pen.fillStyle = paper;
  pen.fillRect(left - 1, top - 1, width + 2, height + 2);
  pen.fillStyle = color;
  pen.fillRect(left, top + height - filled, width, filled);
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
}
