// What the server says of a scene, on every turn of a knob: api/answer.py writes it, session/wire.js and
// figures/frames.js read it. A test compares answers with these types.

import type { Samples } from "./engine.d.ts";
import type { FigureName } from "./network_book.d.ts";
import type { SliceKind } from "./network_slice.d.ts";
import type { LabName, NetChangeName, Network, OutputClass } from "./networks.d.ts";

/** Base64 of little-endian float32, see lib/packing.js. */
export type Packed = string;
export type Point = [number, number];
/** Least and largest x, least and largest y. */
export type Box = [Point, Point];
export type Value = number | string;
export type Values = Record<string, Value>;

export type LossAxis = "linear" | "log";
export type PageName = "race" | "step" | "curvature" | "noise" | "fair" | "networks";
export type HeroName = "map" | "surface" | "both" | "losses";
export type LayerName = "height" | "lambda_min" | "lambda_max" | "condition" | "gradient";
/** What the terrain looks like. */
export type TintName = "terrain" | "paper" | "print";
export type MeasureName =
  "auto" | "none" | "rate" | "seen" | "gradient" | "lambda_max" | "lambda_min" | "condition" | "stability";
export type Switch = "on" | "off";

/** What is shown of a scene and has a usual value, which a link leaves out. */
export interface Choices {
  loss: LossAxis;
  page: PageName;
  hero: HeroName;
  layer: LayerName;
  tint: TintName;
  measure: MeasureName;
  band: Switch;
  cloud: Switch;
  crowd: "seeds" | "starts";
  shift: number;
  radius: number;
  /** Shown to a room full of people. */
  present: Switch;
  /** The id of the one that is open, or "none". */
  question: string;
  /** What is shown of networks. */
  lab: LabName;
  /** The trainer whose network is shown, counted from 1. */
  netlane: number;
  /** Of the book's experiments the one that is shown. */
  figure: FigureName;
  /** Whether its trainers train with further seeds too. */
  netband: Switch;
  /** The lab on outputs: scores, the class that is true, and the one whose score is raised. */
  scorea: number;
  scoreb: number;
  scorec: number;
  scored: number;
  truth: OutputClass;
  raised: OutputClass;
  /** The lab on slices: what spans the plane, how long its directions are, and how much of it is seen. */
  slice: SliceKind;
  slicenorm: "filter" | "length";
  sliceextent: number;
  slicepoints: number;
  sliceseed: number;
  /** Whether trainers train within the plane too. */
  slicerace: Switch;
}

export interface SentView extends Choices {
  /** null: the last one. */
  step: number | null;
  hide: string[];
  /** The point that the reader asked about. */
  probe: Point | null;
}

/** A view that the browser changes. */
export interface View extends Choices {
  step: number | null;
  hide: Set<string>;
  probe: Point | null;
}

export type Model = "line" | "curve" | "boundary";

/** A surface that is a slice through a network's loss: values of its knobs, and how true the picture is. */
export interface Slice {
  values: Values;
  usual: Values;
  /** How far knobs of whole numbers go on its data. */
  most: Record<string, number>;
  /** The knobs that have no say as the others are. */
  idle: string[];
  parameters: number;
  /** How many multiplications and additions training and sampling take. */
  cost: number;
  /** Where its samples are asked for, as long as they are not there: then there is nothing to be drawn. */
  sampling: string | null;
  /** By how much the surface was off at most where it was checked, and how high it is. */
  off: number | null;
  height: number | null;
  /** How many samples were too large for a number. */
  replaced: number | null;
  centre_loss: number | null;
  /** How much of a path its two directions explain. */
  shares: number[] | null;
  /** The link of the network's training. */
  training: string;
}

export interface Ground {
  /** A surface of the shelf, "slice" or "formula". */
  id: string;
  knobs: Values & { l2: number };
  start: Point;
  box: Box;
  axes: [string, string];
  /** The least loss; null where there is none, or where it is not known. */
  least: number | null;
  /** The minima are still searched for: the same question has a fuller answer soon. */
  searching: boolean;
  /** How far above the least loss a lane has got there. */
  tolerance: number | null;
  formula: { text: string; math: string } | null;
  slice: Slice | null;
  /** The surface as the addresses of its figures and facts spell it. */
  query: string;
  examples: { count: number; model: Model } | null;
  /** The largest mini-batch. */
  batch: number;
  /** Its losses where the browser has turned it, null before they are sampled; none where the server's picture is true. */
  terrain?: Samples | null;
}

/** Where what the browser races with is, by lane: a module, and tables for which there is need. */
export interface EngineAddresses {
  columns: string | null;
  /** How many examples there are. */
  count: number;
  /** The module of the surface. */
  surface: string;
  /** On how many columns and rows a picture samples it. */
  grid: Point;
  /** The modules of a method, and the tables of a lane. */
  lanes: {
    step: string;
    hessian: string | null;
    shares: string | null;
    noise: string | null;
    weights: string | null;
  }[];
}

export type RuleName = "own" | "same" | "best" | "defaults";

/** The settings that every lane gets alike; those that the stage itself asks about are named. */
export interface Budget {
  steps: number;
  noise: number;
  seed: number;
  batch: number;
  sampling: "epochs" | "replacement";
  rule: RuleName;
  [setting: string]: Value;
}

export type EndingKind =
  | "converged"
  | "at_a_saddle"
  | "at_a_maximum"
  | "at_a_critical_point"
  | "rate_decayed"
  | "stalled"
  | "growing"
  | "cycling"
  | "below_the_map"
  | "left_the_box"
  | "diverged"
  | "spent";

export interface Ending {
  kind: EndingKind;
  step: number;
}

/** What of a lane is the same packed and unpacked. */
interface LaneFacts {
  /** The method. */
  id: string;
  knobs: Values & { learning_rate: number };
  extras: Values & {
    schedule: string;
    warmup: number;
    clip: "none" | "value" | "norm";
    clip_at: number;
    penalty: "coupled" | "decoupled";
  };
  /** ε in the unified form of the method. */
  epsilon: number;
  /** Whether a step has a part beside M/(√G + ε). */
  decoupled: boolean;
  suggested: boolean;
  /** null as long as the server has not said. */
  ending: Ending | null;
  /** From the last point to the nearest minimum; null where none is known. */
  distance: number | null;
  /** Steps until it got there and stayed; null where it did not. */
  within: number | null;
}

export interface SentLane extends LaneFacts {
  /** x and y by turns, steps 0 … T. */
  path: Packed;
  losses: Packed;
  /** null: the same at every step. */
  rates: Packed | null;
  /** The last loss; null in a draft. */
  final: number | null;
}

interface DetailFacts {
  /** Which lane this is of. */
  lane: number;
}

export interface SentDetail extends DetailFacts {
  points: Packed;
  gradients: Packed;
  estimates: Packed;
  seen: Packed;
  rates: Packed;
  M: Packed;
  G: Packed;
  updates: Packed;
}

export interface Repair {
  why: string;
  parameter: string;
  value: string;
  used: string;
}

export interface SentAnswer {
  /** The server has not raced it yet, since it compiles what it needs: there are no courses and no minima. */
  draft: boolean;
  /** The scene in a link, without what of the view belongs to the browser. */
  spelling: string;
  view: SentView;
  ground: Ground;
  budget: Budget;
  engine: EngineAddresses;
  lanes: SentLane[];
  detail: SentDetail;
  network: Network;
  repairs: Repair[];
}

/** What a page brings. */
export interface PageData {
  /** The folder of this version of the stage. */
  assets: string;
  /** The answer to the scene of the address; null where that would have taken too long. */
  answer: SentAnswer | null;
  /** What would be asked for next, by path. */
  carried: Record<string, unknown>;
  /** Of a page that was saved: where it came from, and the reader's own parameters then. Nobody can be asked. */
  saved?: { home: string; reader: string };
}

declare global {
  /** Of a page that was saved: what modules export, by their address. */
  var optiscapeModules: Record<string, unknown> | undefined;
}

/** An answer as a session sends it. */
export interface Message extends SentAnswer {
  /** The session. */
  token: string;
  /** The last of our changes that are in the picture. */
  applied: number;
  /** The last of our visits that are. */
  visit: number;
}

/** A curve as Plotly takes it; null interrupts it. */
export interface Curve {
  x: (number | null)[];
  y: (number | null)[];
}

/** A lane as the figures take it. */
export interface Lane extends LaneFacts {
  x: Float32Array;
  y: Float32Array;
  losses: Float32Array;
  rates: Float32Array | null;
  /** The last step. */
  last: number;
  /** The last loss. */
  final: number;
  /** Its losses on the present axis. */
  curve: Curve;
  /** Whether it leaves the box, ever. */
  leaves: boolean;
  /** Heights on the surface; null before that is drawn. */
  z: Float32Array | null;
}

export interface Detail extends DetailFacts {
  points: Float32Array;
  gradients: Float32Array;
  estimates: Float32Array;
  seen: Float32Array;
  rates: Float32Array;
  M: Float32Array;
  G: Float32Array;
  updates: Float32Array;
}

/** An answer with its rows unpacked: what is on the screen. */
export interface Answer extends Omit<Message, "lanes" | "detail"> {
  lanes: Lane[];
  detail: Detail;
}

export type ChangeName =
  | "slice"
  | "surface"
  | "formula"
  | "data"
  | "surface_knob"
  | "start"
  | "lane_method"
  | "lane_knob"
  | "lane_add"
  | "lane_copy"
  | "lane_remove"
  | "lane_suggest"
  | "setting"
  | "rule"
  | "pick"
  | "reset"
  | NetChangeName;

/** What the reader asks the server to change, see scenes/changes. */
export interface Change {
  do: ChangeName;
  to?: unknown;
  lane?: number;
  knob?: string;
  box?: number[];
  model?: string;
  bytes?: string;
  rates?: number[];
  /** Of a change of a network: in which lab. */
  lab?: LabName;
}
