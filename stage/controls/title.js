// What the page is called, in the tab of a browser and among bookmarks: by its surface and its methods, or by its lab and the
// data of that.

import { fill } from "../lib/format.js";
import { isTable } from "../session/view.js";

/** @import { Answer, View } from "../types/answer.d.ts" */
/** @import { LabName, Network } from "../types/networks.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const LONG = 60; // letters of a formula

let said = "";
let named = false;

/**
 * Name the page after what of `data` is on view; its lanes are called `names`.
 * @param {Words} words
 * @param {Pick<Answer, "ground" | "network">} data
 * @param {string[]} names
 * @param {Pick<View, "page" | "lab">} view
 */
export function nameDocument(words, data, names, { page, lab }) {
  said = page === "networks" ? ofNetworks(words, data.network, lab) : ofRace(words, data, names);
  if (!named)
    new MutationObserver(keep).observe(document.head, { subtree: true, childList: true, characterData: true });
  named = true;
  keep();
}

/**
 * @param {Words} words
 * @param {Pick<Answer, "ground">} data
 * @param {string[]} names
 */
function ofRace({ ui, own, surfaces, tag }, { ground }, names) {
  const surface = ground.formula?.text.slice(0, LONG) ?? [...own, ...surfaces].find(({ id }) => id === ground.id)?.name;
  const all = new Intl.ListFormat(tag, { style: "narrow" });
  return fill(ui.document_title, { surface, methods: all.format(names) });
}

/**
 * @param {Words} words
 * @param {Network} networks
 * @param {LabName} id
 */
function ofNetworks({ ui, network: { labs, datasets } }, networks, id) {
  const lab = labs.find((each) => each.id === id)?.title;
  const name = datasets.find((each) => each.id === dataOf(networks, id))?.name;
  if (name === undefined) return fill(ui.document_title_lab, { lab });
  return fill(ui.document_title_network, { lab, data: name });
}

/**
 * The data of a lab; some have none.
 * @param {Network} networks
 * @param {LabName} lab
 */
function dataOf(networks, lab) {
  if (isTable(lab)) return networks.labs[lab].values.data;
  if (lab === "train") return networks.values.data;
  return lab === "init" ? networks.inside.values.data : undefined;
}

/** Streamlit, which starts later, names the page too. */
function keep() {
  if (document.title !== said) document.title = said;
}
