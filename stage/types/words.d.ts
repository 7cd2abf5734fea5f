// All that the stage says in one language: api/messages.py writes messages-*.json. A test compares them with
// these types.

import type { ChangeName, Choices, Value } from "./answer.d.ts";
import type { NetworkWords } from "./networks.d.ts";

export interface Knob {
  id: string;
  /** How a link names it. */
  short: string;
  label: string;
  /** MathML, empty where the knob has no symbol. */
  math: string;
  default: Value;
  low: number;
  high: number;
  scale: "linear" | "log";
  step: number;
  kind: "number" | "whole" | "choice";
  choices: string[];
  /** What the choices are called. */
  options: string[];
}

/** What all lanes get alike. */
export interface Setting extends Knob {
  group: "race" | "randomness";
  shown: "always" | "by_chance" | "with_examples";
  /** The change that turns it. */
  change: ChangeName;
}

/** What can be chosen to stand on: a surface of the shelf, or what a reader brings. */
export interface Place {
  id: string;
  family: string;
  name: string;
  /** By what it is found: id, name and family in every language, in small letters. */
  keywords: string;
}

export interface Surface extends Place {
  story: string;
  math: string;
  source: string;
  takes_data: boolean;
  knobs: Knob[];
}

/** What a method makes its direction of, besides the gradient. */
export type Direction = "memory" | "hessian" | "elsewhere";

export interface Method {
  id: string;
  name: string;
  /** What it does, in six words. */
  gist: string;
  story: string;
  /** MathML, line by line. */
  rules: string[];
  /** What of the rules has a value at each step: as MathML, and what it is called. */
  symbols: { math: string; name: string }[];
  direction: Direction;
  source: string;
  differs: string | null;
  knobs: Knob[];
}

export interface Schedule {
  id: string;
  name: string;
  story: string;
  math: string;
  source: string;
  knobs: Knob[];
}

/** A scene to look at with a question in mind. */
export interface Question {
  id: string;
  query: string;
  title: string;
  /** What there is to see, what to do, and why that is so. */
  notice: string;
  do: string;
  answer: string;
}

/** Sentences by their key, with {names} to fill in. */
export type Sentences = Record<string, string>;

/** A slice through a network's loss. */
export interface SliceWords {
  knobs: (Knob & { group: "plane" | "network" })[];
  texts: Sentences;
  /** At how many points the loss is computed, and at how many others the surface is checked. */
  samples: number;
  checked: number;
}

export interface Words {
  lang: "en" | "zh";
  tag: string;
  ui: Sentences;
  repairs: Sentences;
  /** Why a step went where it went, by the rule that says so (cards/reason.js). */
  reasons: Sentences;
  formulas: Sentences;
  tables: Sentences;
  families: Sentences;
  /** The reader's own: a formula, data. */
  own: Place[];
  surfaces: Surface[];
  slice: SliceWords;
  methods: Method[];
  schedules: Schedule[];
  /** What every lane has besides its method. */
  lane: Knob[];
  budget: Setting[];
  hair: Knob;
  experiments: {
    knobs: Knob[];
    /** How many times as large the batch is made. */
    multiples: number[];
  };
  network: NetworkWords;
  /** In the order of a course. */
  questions: Question[];
  /** What of an address belongs to the reader: language, theme, … */
  reader: string[];
  /** What is shown where a link says nothing. */
  usual: Choices;
  /** What may be shown, by the names that a link has for it. */
  choices: { [Name in keyof Choices as Choices[Name] extends number ? never : Name]: Choices[Name][] };
  limits: {
    lanes: number;
    /** The longest table of one's own. */
    table_bytes: number;
  };
}
