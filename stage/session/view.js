// What is shown of a scene: the browser's own part of the URL.

/** @import { LabName, Net, TableLab } from "../types/networks.d.ts" */
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
 * @param {number} usually where the playhead stands if nobody says where
 * @returns {ViewParts}
 */
export function addressParts({ hide, probe, ...view }, usual, at, usually) {
  const names = /** @type {(keyof Choices)[]} */ (Object.keys(usual));
  return {
    step: at === usually ? null : at,
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
 * Whether a lab has settings of its own.
 * @param {LabName} lab
 * @returns {lab is TableLab}
 */
export const isTable = (lab) =>
  [
    ...["regularization", "batch", "normalization", "search"],
    ...["residual", "spectrum", "edge", "saddles", "lines"],
  ].includes(lab);

/**
 * How many steps there are in what is looked at: of the race, or of networks that train.
 * @param {Pick<Answer, "budget" | "network">} data
 * @param {Pick<View, "page" | "lab">} view
 */
export function lastStep({ budget, network }, { page, lab }) {
  if (page !== "networks") return budget.steps;
  if (isTable(lab)) return network.labs[lab].length;
  return Number((lab === "init" ? network.inside : network).values.netsteps);
}

/**
 * Where the playhead stands if nobody says where: at the end, but for starting weights, which are there before all steps.
 * @param {Pick<Answer, "budget" | "network">} data
 * @param {Pick<View, "page" | "lab">} view
 */
export const usualStep = (data, view) => (view.page === "networks" && view.lab === "init" ? 0 : lastStep(data, view));

/**
 * Whether there is something to be learned from a network's data.
 * @param {Pick<Net, "values">} net
 */
export const learns = ({ values }) => values.data !== "normal_inputs";

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
