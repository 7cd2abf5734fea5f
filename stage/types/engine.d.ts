// The race in the browser: what a module of descent/javascript exports, and what it is asked.

import type { Surface } from "../engine/terrain.js";

/** A surface, see `surface_module` in descent/javascript/surface.py. */
export interface SurfaceModule {
  /** The names of its numbers, in the order in which `k` has them. */
  ground: string[];
  loss: (k: Float64Array, x: number, y: number, d: Float64Array, n: number) => number;
  slopes: (
    k: Float64Array,
    x: number,
    y: number,
    w: Float64Array,
    w0: number,
    d: Float64Array,
    n: number,
    t: Float64Array,
  ) => void;
}

/** Its Hessians, see `hessian_module` there. */
export interface HessianModule {
  hessian: (k: Float64Array, x: number, y: number, d: Float64Array, n: number, t: Float64Array) => void;
}

/** A method, see `step_module` in descent/javascript/step.py. */
export interface StepModule {
  /** The names of its numbers, in the order in which `k` has them. */
  ground: string[];
  method: string[];
  /** How many numbers the method remembers. */
  size: number;
  begin: (k: Float64Array, x: number, y: number, s: Float64Array) => void;
  step: (
    k: Float64Array,
    x: number,
    y: number,
    s: Float64Array,
    t: Float64Array,
    z: Float64Array,
    z0: number,
    w: Float64Array,
    w0: number,
    d: Float64Array,
    n: number,
    o: Float64Array,
    o0: number,
  ) => void;
}

/** What a race is made of. */
export interface Modules {
  surface: SurfaceModule;
  /** For methods that read it. */
  hessian: HessianModule | null;
  steps: StepModule;
}

/** Losses on a grid over the box, row by row, the first of them at the bottom. */
export interface Samples {
  columns: number;
  rows: number;
  losses: Float64Array;
}

/** One run, with all that chance brings. */
export interface Question {
  ground: Record<string, number>;
  method: Record<string, number>;
  treatment: { decoupled: number; clip_value: number; clip_norm: number; noise_scale: number };
  start: [number, number];
  steps: number;
  /** α_t, one for each step and one more. */
  rates: Float64Array;
  /** Two standard normal numbers for each step, or two zeros for all. */
  noise: Float64Array;
  /** The weights of the examples for each step, or one row for all; nothing where there are none. */
  weights: Float64Array;
  /** The data, column by column, and how many examples there are. */
  data: Float64Array;
  count: number;
}

/** The rows of a run; at most the last has a number that is not finite. */
export interface Descent {
  rows: Float64Array;
  count: number;
}

/** What the lanes of an answer are raced with; null where there is no need. */
export interface Parts {
  surface: Surface;
  columns: Float64Array;
  count: number;
  lanes: {
    modules: Modules;
    shares: Float64Array | null;
    noise: Float64Array | null;
    weights: Float64Array | null;
  }[];
}
