// What the parts of the stage hand to each other.

import type { Answer, Change, Choices, Point, Value, View } from "./answer.d.ts";
import type { Sheets, Style } from "./figures.d.ts";

export type Push = (change: Change) => void;
export type Look = (change: Partial<Choices>) => void;
/** To other scenes: `go` there without a reload, or by the address that `href` gives. Both take a query. */
export interface Travel {
  go: (query: string) => void;
  href: (query: string) => string;
}
export type Fail = (error: Error) => void;
/** Where the playhead stands, in steps. */
export type At = () => number;

/** How a point of the map was pointed at, see controls/map_pointer.js. */
export interface Pointing {
  /** It began on the start. */
  grip: boolean;
  /** It is a drag, not a click. */
  moved: boolean;
  /** So many pixels around a mark it is meant for that. */
  reach: number;
  /** The size of one, along x and y. */
  pixel: Point;
}

/** A control of a knob: it shows a value with `set`, unless the reader's hand is on it. */
export interface Control {
  node: HTMLElement;
  set: (value: Value) => void;
}

/** A control with its label, and a hint behind that. */
export interface KnobRow extends Control {
  control: HTMLElement;
  hint: (text: string) => void;
}

/** What a card of the experiments is shown. */
export interface Shown {
  data: Answer;
  view: View;
  sheets: Sheets;
  styles: Style[];
  /** The scene, whichever lane is picked. */
  spelling: string;
}

export interface CardEvents {
  push: Push;
  look: Look;
  fail: Fail;
  /** The map is to show other lines. */
  shifted: () => void;
}

/** A card of the experiments. */
export interface Card {
  node: HTMLElement;
  show(shown: Shown): void;
  /** Nothing is asked for any more. */
  stop(): void;
  close?(): void;
}

/** Asks for a path and gives its JSON, until `signal` ends it. */
export type FetchJSON = (path: string, signal?: AbortSignal) => Promise<unknown>;
