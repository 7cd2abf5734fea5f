// The lab on the book: its words and its fact (api/networks/book.py). A test compares these types with both.

import type { Packed } from "./answer.d.ts";
import type { Knob, Sentences } from "./words.d.ts";

export type FigureName =
  "optimizers" | "activations" | "starting_weights" | "batch_norm" | "weight_decay" | "dropout" | "search";

export type BookAxis = "layer" | "step" | "epoch" | "scale" | "number";

export interface BookWords {
  /** Of its choices those that were computed. */
  figure: Knob;
  texts: Sentences;
  figures: Record<FigureName, string>;
  about: Record<FigureName, string>;
  lanes: Record<string, string>;
  curves: Record<string, string>;
  axes: Record<string, string>;
  why: Record<string, string>;
  outcomes: Record<string, string>;
  at: Record<string, string>;
}

/** A number for each x: the median of the seeds, and the ends of the band; the largest float where nothing is known. */
export interface BookCurve {
  id: string;
  median: Packed;
  low: Packed;
  high: Packed;
}

/** A number that the book prints, beside ours. */
export interface BookRow {
  lane: string;
  curve: string;
  /** Of the search: which of its numbers it is. */
  outcome: string | null;
  x: number;
  printed: number;
  median: number | null;
  low: number | null;
  high: number | null;
  agree: boolean;
  /** The sentence that says why not. */
  why: string | null;
  /** How often each image was seen at that step, of ours and of the book's, where there are more of these. */
  seen: { ours: number; book: number } | null;
}

export interface BookExperiment {
  id: FigureName;
  section: string;
  axis: BookAxis;
  x: Packed;
  seeds: number;
  settings: Record<string, string | number>;
  /** The chance that one more run lies between the least and the largest. */
  within: number;
  /** How many percent of the seeds the band holds. */
  band: number;
  lanes: { id: string; curves: BookCurve[] }[];
  rows: BookRow[];
  /** Of the search, for one seed: λ, rate, and the share that is right, of each trial. */
  trials: { decays: Packed; rates: Packed; found: Packed } | null;
  /** The numbers of the question beside the figure, by name. */
  answer: Record<string, number> | null;
}

/** Whether so few test points rank what a course ranks by them. */
export interface BookRanking {
  count: number;
  /** The standard error of one share. */
  error: number;
  best: string;
  worst: string;
  difference: number;
  /** The difference over its standard error. */
  z: number;
  needed: number;
  lanes: { id: string; share: number; low: number; high: number }[];
}

export interface NetBook {
  experiments: BookExperiment[];
  ranking: BookRanking;
}
