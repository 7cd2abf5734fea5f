// Networks that are trained: what an answer says of them (api/networks/chosen.py), what they are called
// (api/networks/messages.py), and the facts of them (api/networks). A test compares these types with both.

import type { Packed, Values } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";
import type { NetResidual } from "./network_landscapes.d.ts";
import type {
  NetBatches,
  NetEdge,
  NetModes,
  NetRates,
  NetRegularization,
  NetScales,
  NetSearch,
  NetSpectrum,
} from "./network_labs.d.ts";
import type { BookWords, NetBook } from "./network_book.d.ts";
import type { NetLines, NetSaddles } from "./network_paths.d.ts";
import type { NetSlice, SliceWords } from "./network_slice.d.ts";
import type { Knob, Sentences } from "./words.d.ts";

export type LabName = "train" | "slice" | "init" | "activations" | "outputs" | "book" | TableLab;

/** Labs with settings of their own (scenes/net_labs). */
export type TableLab =
  "regularization" | "batch" | "normalization" | "search" | "residual" | "spectrum" | "edge" | "saddles" | "lines";

/** Classes of the lab on outputs. */
export type OutputClass = "a" | "b" | "c" | "d";
export type OutputLoss = "cross" | "binary" | "squared";

/** What the lab on outputs says and offers (api/networks/outputs.py). */
export interface OutputWords {
  /** In the order of the classes. */
  scores: Knob[];
  truth: Knob;
  /** MathML. */
  losses: Record<OutputLoss, string>;
  gradients: Record<OutputLoss, string>;
  texts: Sentences;
}

/** How many examples there are, how many numbers each is, and how many classes. */
export interface Examples {
  train: number;
  validation: number;
  inputs: number;
  classes: number;
}

export interface Net {
  /** By the id of its knob: data, depth, width, activation, init, sigma, norm, residual, dropout, decay, decoupled,
   * batch, netsteps, netseed. */
  values: Values;
  /** What they are on these data where a link says nothing. */
  usual: Values;
  /** The largest mini-batch: all examples for training. */
  batch: number;
  parameters: number;
  examples: Examples;
  /** Multiplications and additions of one run. */
  cost: number;
  /** The part of the spelling with which facts of it are asked for. */
  query: string;
}

export interface Trainer {
  /** The id of the method. */
  optimizer: string;
  knobs: Values & { learning_rate: number };
  /** schedule, its knobs, warmup. */
  extras: Values & { schedule: string; warmup: number };
  /** Whether its rate is the one suggested for it. */
  suggested: boolean;
}

/** The network that is trained; and, in lab "init", the one into which is looked: another, with values of its own. */
export interface Network extends Net {
  trainers: Trainer[];
  inside: Net;
  labs: Record<TableLab, LabTable>;
}

/** What is set in a lab that has settings of its own. */
export interface LabTable {
  /** By the id of its knob. */
  values: Values;
  /** The part of the spelling with which its fact is asked for. */
  query: string;
  /** How far knobs go on its data, where that is not as far as they go on all. */
  most: Record<string, number>;
  /** Knobs that have no say as the others are. */
  idle: string[];
  /** Where the playhead ends. */
  length: number;
  parameters: number;
  examples: Examples;
  /** How many runs it has. */
  runs: number;
  /** Multiplications and additions of its dearest run. */
  cost: number;
}

export interface NetKnob extends Knob {
  group: "data" | "network" | "training";
  /** In which labs its control stands. */
  labs: LabName[];
}

export interface LabKnob extends Omit<NetKnob, "group"> {
  /** "own": its lab has a place of its own for it. */
  group: NetKnob["group"] | "own";
}

/** What can be chosen: data, an activation, … */
export interface NetEntry {
  id: string;
  name: string;
  about: string;
  /** Where it comes from; empty where there is nothing to cite. */
  source: string;
}

/** One with a formula, as MathML. */
export interface NetFormula extends NetEntry {
  math: string;
}

export interface Lab {
  id: LabName;
  /** Under which heading it is offered: how networks train, or the loss as a function of all parameters. */
  group: "training" | "landscape";
  title: string;
  about: string;
  question: string;
  do: string;
}

export interface NetworkWords {
  labs: Lab[];
  /** In lab "init" the knob `inputs` stands in place of `data`, and its change says so: {do: "net", lab: "init", …}. */
  knobs: NetKnob[];
  inputs: Knob;
  /** What every trainer has besides its method: a schedule (whose knobs are those of words.schedules) and a warm-up. */
  trainer: Knob[];
  /** The ids of the methods that train networks. */
  methods: string[];
  datasets: NetEntry[];
  activations: NetFormula[];
  /** `sigma`: whether the knob has a part in them. */
  initializers: (NetFormula & { sigma: boolean })[];
  normalizations: NetFormula[];
  book: BookWords;
  outputs: OutputWords;
  slice: SliceWords;
  /** Whether trainers train with further seeds too. */
  band: Knob;
  limits: { trainers: number };
  /** The charts of each lab that can be carried away one by one. */
  panes: Record<LabName, { id: string; name: string }[]>;
  lab_knobs: Record<TableLab, LabKnob[]>;
  /** What each lab says. */
  lab_texts: Record<TableLab, Record<string, string>>;
}

export type NetEndingKind = "running" | "done" | "diverged" | "dead";

export interface NetEnding {
  kind: NetEndingKind;
  step: number;
}

/** What is known of one trainer's run. Rows are little-endian float32; K is how often it was measured. */
export interface NetLane {
  /** How many steps are done, and of how many. */
  steps: number;
  of: number;
  /** The loss of the batch of some steps, at most 500, and which steps these are. */
  losses: Packed;
  loss_steps: Packed;
  /** At which steps what follows was measured; K numbers each. */
  measured: Packed;
  train_loss: Packed;
  validation_loss: Packed;
  train_accuracy: Packed;
  validation_accuracy: Packed;
  /** The norm of all weights. */
  norms: Packed;
  /** Shares of the units. */
  dead: Packed;
  saturated: Packed;
  ending: NetEnding;
}

/** For the closing sentence; null as long as not all are done, and where all diverged. */
export interface NetFinding {
  /** The trainer with the best accuracy on validation data at the end, counted from 0. */
  lane: number;
  accuracy: number;
  /** The interval of 95 % (Wilson). */
  low: number;
  high: number;
  /** Of so many validation examples. */
  examples: number;
  /** The trainers, counted from 0, whose intervals overlap with the best one's: chance may have ranked them. */
  alike: number[];
  /** How much better it is on the training data. */
  gap: number;
  /** The trainers that diverged. */
  diverged: number[];
}

/** Said while it is trained, with how far it is, and when it is done, without. */
export interface NetTraining extends Partial<Progress> {
  lanes: NetLane[];
  finding: NetFinding | null;
  /** The file of the data was not made: nothing can be trained. */
  missing?: true;
}

/** Of one trainer with further seeds, at K steps: the 5th and the 95th percentile on validation data, NaN where not known. */
export interface NetBandLane {
  measured: Packed;
  loss_low: Packed;
  loss_high: Packed;
  accuracy_low: Packed;
  accuracy_high: Packed;
  /** With so many seeds it diverged. */
  diverged: number;
}

/** A mean, or a difference of means in pairs of equal seeds, with its interval of 95 % (Student). */
export interface SeedMean {
  value: number;
  low: number;
  high: number;
}

/** Who has the best mean accuracy on validation data at the end, and by how much. */
export interface NetBandFinding extends SeedMean {
  lane: number;
  others: ({ lane: number } & SeedMean)[];
  /** Trainers that diverged, with how many seeds: they are not compared. */
  diverged: { lane: number; seeds: number }[];
}

export interface NetBand extends Partial<Progress> {
  lanes: NetBandLane[];
  /** How many further seeds each trainer gets. */
  seeds: number;
  finding: NetBandFinding | null;
  /** Nothing is trained since it would cost too much; with so many steps it would not, 0 for no number. */
  dear?: { cost: number; most: number; steps: number };
  missing?: true;
}

/** Data of two numbers: what the network says everywhere in the plane. */
export interface NetBoundary extends Partial<Progress> {
  kind: "boundary";
  lane: number;
  /** x0, x1, y0, y1 */
  box: [number, number, number, number];
  grid: number;
  classes: number;
  /** Bytes, K pictures of grid × grid, rows from y0 upwards: 0 to 255 is the probability of class 1; with more classes
   * the class, times 255/(classes − 1). */
  frames: Packed;
  measured: Packed;
  /** x and y by turns. */
  points: Packed;
  /** Bytes: their classes, and 1 where they are for validation. */
  labels: Packed;
  validation: Packed;
}

/** Other data: some of the examples for validation, and what the network takes them for. */
export interface NetExamples extends Partial<Progress> {
  kind: "examples";
  lane: number;
  /** Rows and columns of an example; one row where it is no picture. */
  size: [number, number];
  count: number;
  classes: number;
  /** Bytes: the examples, one after the other. */
  images: Packed;
  /** Bytes: their classes; and K times what they were taken for. */
  truth: Packed;
  predicted: Packed;
  measured: Packed;
}

/** The file of the data was not made. */
export interface NetMissing {
  kind: "missing";
  lane: number;
  missing: true;
}

export interface NetHistogram {
  /** Float32: 31 edges and 30 counts. */
  edges: Packed;
  counts: Packed;
  /** How many numbers are in no bin, since they are too large for any: signals exploded. */
  lost: number;
}

export interface NetLayer {
  activations: NetHistogram;
  gradients: NetHistogram;
  /** Standard deviations; `theory` is what the variance recursion predicts of the activations. */
  std: number | null;
  gradient_std: number | null;
  theory: number | null;
  /** Shares of its units, and of units and inputs; null where numbers were too large. */
  dead: number | null;
  saturated: number | null;
}

/** What goes through a network: forwards and backwards. */
export interface NetSignals extends Partial<Progress> {
  layers: NetLayer[];
  /** After so many steps of training. */
  step: number;
  inputs: { n: number; d: number };
  /** All units of a layer are equal. */
  equal: boolean;
  /** The file of the data was not made. */
  missing?: true;
}

export interface NetActivation {
  id: string;
  x: Packed;
  value: Packed;
  derivative: Packed;
  /** MathML of both. */
  math: string;
  derivative_math: string;
  source: string;
}

export interface NetActivations {
  activations: NetActivation[];
}

/** A table of one's own, as it was read: how a link spells it, and its rows, of which some are for validation. */
export interface NetTable {
  ok: true;
  table: string;
  rows: number;
  inputs: number;
  classes: number;
  train: number;
  validation: number;
}

/** Why a table cannot be learned from, see locales/en/tables.toml; `line` is 0 where none can be named. */
export interface UnreadableTable {
  ok: false;
  why: string;
  line: number;
  value: string;
}

export interface NetworkFacts {
  "net_table.json": NetTable | UnreadableTable;
  "net_batches.json": NetBatches;
  "net_regularization.json": NetRegularization;
  "net_scales.json": NetScales;
  "net_rates.json": NetRates;
  "net_modes.json": NetModes;
  "net_search.json": NetSearch;
  "net_spectrum.json": NetSpectrum;
  "net_edge.json": NetEdge;
  "net_saddles.json": NetSaddles;
  "net_lines.json": NetLines;
  "net_residual.json": NetResidual;
  "net_book.json": NetBook;
  "net_train.json": NetTraining;
  "net_slice.json": NetSlice;
  "net_band.json": NetBand;
  "net_boundary.json": NetBoundary | NetExamples | NetMissing;
  "net_signals.json": NetSignals | Progress;
  "net_activations.json": NetActivations;
}

/** What of an answer the reader may change, see scenes/changes/network.py; `lane` counts trainers from 0. */
export type NetChangeName =
  | "net"
  | "net_table"
  | "net_inside"
  | "net_reset"
  | "net_lab"
  | "trainer_method"
  | "trainer_knob"
  | "trainer_add"
  | "trainer_copy"
  | "trainer_remove"
  | "trainer_suggest";
