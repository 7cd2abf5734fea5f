// What the server says of networks, and what the stage makes of it.

import type { Packed, Values } from "./answer.d.ts";
import type { Knob } from "./words.d.ts";

export type LabName = "train" | "init" | "activations";
export type NetworkEndingKind = "running" | "done" | "diverged" | "dead";

/** Who trains, spelled like a lane. */
export interface Trainer {
  optimizer: string;
  knobs: Values;
  extras: Values;
}

/** Of an answer: what is trained, on what, and what that costs. */
export interface NetworkScene {
  values: Values;
  trainers: Trainer[];
  parameters: number;
  examples: { train: number; validation: number; inputs: number; classes: number };
  /** Multiply-adds. */
  cost: number;
  /** The network as the addresses of its facts spell it. */
  query: string;
}

export interface NetworkWords {
  labs: { id: LabName; title: string; question: string }[];
  knobs: Knob[];
  datasets: { id: string; name: string; about: string }[];
}

export interface SentTrained {
  steps: number;
  of: number;
  losses: Packed;
  loss_steps: Packed;
  measured: Packed;
  train_loss: Packed;
  validation_loss: Packed;
  train_accuracy: Packed;
  validation_accuracy: Packed;
  norms: Packed;
  dead: Packed;
  saturated: Packed;
  ending: { kind: NetworkEndingKind; step: number };
}

export interface Finding {
  lane: number;
  accuracy: number;
  low: number;
  high: number;
}

export interface SentTraining {
  done?: number;
  parts?: number;
  lanes: SentTrained[];
  finding: Finding | null;
}

export interface SentBoundary {
  kind: "boundary";
  box: [number, number, number, number];
  grid: number;
  classes: number;
  frames: string;
  measured: Packed;
  points: Packed;
  labels: string;
  validation: string;
}

export interface SentExamples {
  kind: "examples";
  size: [number, number];
  images: string;
  truth: string;
  predicted: string;
  measured: Packed;
}

interface SentHistogram {
  edges: Packed;
  counts: Packed;
}

export interface SentSignals {
  layers: {
    activations: SentHistogram;
    gradients: SentHistogram;
    std: number;
    gradient_std: number;
    theory: number | null;
    dead: number;
    saturated: number;
  }[];
  inputs: { n: number; d: number };
}

export interface SentActivation {
  id: string;
  x: Packed;
  value: Packed;
  derivative: Packed;
  math: string;
}

/** A lane as it is drawn. */
export interface Trained {
  steps: number;
  of: number;
  losses: Float32Array;
  loss_steps: Float32Array;
  measured: Float32Array;
  train_loss: Float32Array;
  validation_loss: Float32Array;
  train_accuracy: Float32Array;
  validation_accuracy: Float32Array;
  norms: Float32Array;
  dead: Float32Array;
  saturated: Float32Array;
  ending: { kind: NetworkEndingKind; step: number };
}

export interface Boundary {
  kind: "boundary";
  box: [number, number, number, number];
  grid: number;
  classes: number;
  /** Of each measured step, row by row from the least second coordinate up; 0 to 255. */
  frames: Uint8Array[];
  measured: Float32Array;
  points: Float32Array;
  labels: Uint8Array;
  validation: Uint8Array;
}

export interface ExampleGrid {
  kind: "examples";
  size: [number, number];
  images: Uint8Array[];
  truth: Uint8Array;
  predicted: Uint8Array[];
  measured: Float32Array;
}

export interface Histogram {
  edges: Float32Array;
  counts: Float32Array;
}

export interface SignalLayer {
  activations: Histogram;
  gradients: Histogram;
  std: number;
  gradient_std: number;
  theory: number | null;
  dead: number;
  saturated: number;
}

export interface ActivationCurve {
  id: string;
  x: Float32Array;
  value: Float32Array;
  derivative: Float32Array;
  math: string;
}
