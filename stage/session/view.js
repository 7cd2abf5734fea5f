// What is shown of a scene: the browser's own part of the URL.

/** @import { Answer, Choices, LossAxis, MeasureName, SentView, View } from "../types/answer.d.ts" */

/** @typedef {Record<string, string | number | null>} ViewParts what the address says of the view, null where it says nothing */

/**
 * The server's view, as ours to change.
 * @param {SentView} view
 * @returns {View}
 */
export const viewOf = (view) => ({ ...view, hide: new Set(view.hide) });

/**
 * The view as the URL has it, in that order: null where it is as usual.
 * @param {View} view
 * @param {Choices} usual
 * @param {number} at
 * @param {number} last
 * @returns {ViewParts}
 */
export function addressParts({ hide, probe, ...view }, usual, at, last) {
  const names = /** @type {(keyof Choices)[]} */ (Object.keys(usual));
  return {
    step: at >= last ? null : at,
    hide: [...hide].sort().join(","),
    probe: probe?.join() ?? null,
    ...Object.fromEntries(names.map((name) => [name, view[name] === usual[name] ? null : view[name]])),
  };
}

/**
 * What is drawn under the losses: "auto" is the rates, where one of them moves.
 * @param {View} view
 * @param {Pick<Answer, "lanes"> | undefined} data
 * @returns {MeasureName}
 */
export function measureOf(view, data) {
  if (view.measure !== "auto") return view.measure;
  return data?.lanes.some(({ rates }) => rates) ? "rate" : "none";
}

/**
 * How many steps there are on the page that is looked at: of the race, or of networks that train.
 * @param {Pick<Answer, "budget" | "network">} data
 * @param {Pick<View, "page">} view
 */
export const lastStep = ({ budget, network }, { page }) =>
  page === "networks" ? Number(network.values.netsteps) : budget.steps;

/**
 * Whether another seed makes another race: gradients are noisy, or a mini-batch is not all data.
 * @param {Pick<Answer, "ground" | "budget">} data
 */
export function isStochastic({ ground, budget }) {
  const { examples } = ground;
  return (
    budget.noise > 0 || (examples !== null && (budget.batch < examples.count || budget.sampling === "replacement"))
  );
}

/**
 * By which name the server has pictures in the reader's theme and the tint that is looked at (charts/palette.py).
 * @param {"light" | "dark"} scheme
 * @param {Pick<View, "tint">} view
 */
export const themeOf = (scheme, { tint }) => (tint === "terrain" ? scheme : `${scheme}-${tint}`);

/**
 * The kind of the axis of the losses; without a least loss nothing can be told to be above it.
 * @param {View} view
 * @param {Pick<Answer, "ground">} data
 * @returns {LossAxis}
 */
export const lossAxisOf = (view, { ground }) => (ground.least === null ? "linear" : view.loss);
