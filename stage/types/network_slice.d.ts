// The lab on slices through a network's loss (api/networks/slice.py, studies/slice_warnings.py). A test compares these
// types with what is sent.

import type { Packed } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";
import type { Knob, Sentences } from "./words.d.ts";

export type SliceKind = "path" | "random" | "hessian" | "trainers" | "seeds";

/** What the lab says and offers. */
export interface SliceWords {
  knobs: Knob[];
  race: Knob;
  texts: Sentences;
}

/** How the plane shows the path of one trainer, at K steps. */
export interface SlicePath {
  lane: number;
  steps: Packed;
  a: Packed;
  b: Packed;
  /** ‖θ − Pθ‖ / ‖θ − θ*‖; NaN at θ* itself. */
  relative: Packed;
  /** The loss of the plane at Pθ, and that at θ. */
  shown: Packed;
  true: Packed;
}

/** One trainer within the plane, as far as it has come. */
export interface SliceRace {
  lane: number;
  steps: Packed;
  a: Packed;
  b: Packed;
  losses: Packed;
  /** At which step its loss was too large; -1 where it was not. */
  diverged: number;
}

/** Another solution that spans the plane. */
export interface SliceEnd {
  a: number;
  b: number;
  /** Its seed; null where it is a trainer of the scene. */
  seed: number | null;
}

export type SliceWarningId = "symmetry" | "far" | "axes" | "steps" | "outside" | "clipped";

/** Why the picture would mislead; what a warning has no use for is 0, and `lane` -1. */
export interface SliceWarning {
  id: SliceWarningId;
  lane: number;
  share: number;
  ratio: number;
  factor: number;
  here: number;
  there: number;
}

export interface SliceFinding {
  /** The median of the relative distances over the steps: of the own path, and of all others together. */
  own: number | null;
  others: number | null;
  warnings: SliceWarning[];
}

export interface NetSlice extends Partial<Progress> {
  /** The trainer at whose end θ* is, counted from 0. */
  lane: number;
  kind: SliceKind;
  /** How many places a side has, where fewer are drawn than were asked for. */
  points: number;
  asked: number;
  a: Packed;
  b: Packed;
  /** Row by row, from b[0] upwards; NaN where a loss is not known yet, the largest number where it is too large. */
  losses: Packed;
  centre: number | null;
  /** Of the sum of squares of the path that both axes explain. */
  shares: [number, number] | null;
  paths: SlicePath[];
  race: SliceRace[];
  ends: SliceEnd[];
  finding: SliceFinding | null;
  /** At this step the run of the trainer diverged: it has no end. */
  diverged: number | null;
  /** There is nothing to span the plane with: all other trainers diverged, or the path is too short. */
  flat: boolean;
  missing: boolean;
}
