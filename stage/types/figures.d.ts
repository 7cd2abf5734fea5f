// Figures as charts/ makes them for Plotly, and what we use of plotly.js: only what the stage itself touches.

import type { LossAxis, Point } from "./answer.d.ts";

/** An array as plotly.py sends it: packed, or plain. */
export type Numbers = number[] | { dtype: "f4" | "f8"; bdata: string };

export interface Line {
  color: string;
  width: number;
  dash?: string;
}

/** Parts what is drawn from the ground. */
export interface Halo {
  color: string;
  /** By how much it is wider than its line. */
  width: number;
}

/** The shades of each method, by its id. */
export type MethodColors = Record<string, string[]>;

export interface Marker {
  symbol: string | string[];
  size: number | number[];
  color: string | string[];
  /** None where it has no edge. */
  line?: { color: string | string[]; width: number | number[] };
  opacity?: number;
  /** Of an arrow. */
  angleref?: string;
  maxdisplayed?: number;
}

export interface Trace {
  type?: string;
  mode: "lines" | "markers" | "lines+markers";
  /** What the trace shows, of which lane; `still` ones are drawn even without changes. */
  /** And of which lanes, from the mark at `first` on; a halo lies below a line, or inside a hollow mark. */
  meta: { role: string; lane?: number; still?: boolean; symbol?: string; first?: number; halo?: Halo };
  line: Line;
  marker?: Marker;
  fill?: string;
  fillcolor?: string;
  opacity?: number;
  x: Numbers;
  y: Numbers;
  z?: Numbers;
}

export interface Font {
  size?: number;
  color?: string;
  shadow?: string;
  weight?: number;
}

export interface Axis {
  range?: Point;
  type?: LossAxis;
  tickfont?: Font;
  tickcolor?: string;
  ticklen?: number;
  nticks?: number;
  gridcolor?: string;
  showgrid?: boolean;
  /** Of a map: both axes have the same scale. */
  scaleanchor?: string;
  title?: { text: string; standoff?: number; font?: Font };
  dtick?: number;
  tickvals?: number[];
  ticktext?: string[];
  exponentformat?: string;
  showticklabels?: boolean;
}

/** The axis of a figure that says which part it shows. */
export interface RangedAxis extends Axis {
  range: Point;
}

export interface Vector {
  x: number;
  y: number;
  z: number;
}

export interface Scene {
  xaxis: Axis;
  yaxis: Axis;
  zaxis: RangedAxis;
  aspectratio: Vector;
  camera: { eye: Vector; center?: Vector };
}

/** From where Plotly sees a scene. */
export interface Camera {
  eye: Vector;
  center: Vector;
}

/** How heights on the surface are made of losses. */
export interface HeightScale {
  view: LossAxis;
  floor: number;
  span: number;
  unit: number;
}

/** An image between coordinates: its left upper corner, and how far it goes. */
export interface LayoutImage {
  source: string;
  x: number;
  y: number;
  sizex: number;
  sizey: number;
}

/** A text on a figure. */
export interface FigureText {
  x: number;
  y: number;
  text: string;
  textangle?: number;
  showarrow?: boolean;
  font?: Font;
}

export interface Layout {
  font?: Font & { family: string };
  annotations?: FigureText[];
  margin?: { l: number; r: number; t: number; b: number };
  xaxis?: Axis;
  yaxis?: Axis;
  yaxis2?: Axis;
  images?: LayoutImage[];
  dragmode?: string | false;
  uirevision?: string;
  scene?: Scene;
}

export interface Figure {
  data: Trace[];
  layout: Layout;
}

/** A map: its axes have ranges, and an image lies below. */
export interface MapLayout extends Layout {
  margin: { l: number; r: number; t: number; b: number };
  xaxis: RangedAxis;
  yaxis: RangedAxis;
  images: LayoutImage[];
  meta: DrawingRules;
}

/** All numbers by which a map is drawn, see charts/drawing_rules.py. */
export interface DrawingRules {
  view: LossAxis;
  extent: {
    largest: number;
    tail: number;
    far: number;
    jump: number;
    margin: number;
    rounding: number;
    smallest: number;
  };
  heights: {
    nice: number[];
    pieces: number;
    fine: number[];
    apart: number;
    hair: number;
    deeper: number;
    decades: number;
    most_decades: number;
    finest: number;
    deepest: number;
  };
  relief: { ramp: string[]; shade: number; sun: Point; steep: number };
  paper: string;
  methods: MethodColors;
}

export interface MapFigure extends Figure {
  layout: MapLayout;
}

/** The figures of a ground, and the address that they came from. */
export interface Terrain {
  path: string;
  /** The methods of the lanes in whose colours they are. */
  methods: string;
  map: MapFigure;
  annotations: Figure;
  movers: Figure;
  losses: Figure;
  playhead: Figure;
  /** Only of a surface that is made of data. */
  examples?: Figure;
  fits?: Figure;
}

export interface Relief {
  path: string;
  data: Trace[];
  layout: Layout & { scene: Scene; meta: HeightScale };
}

/** The empty charts of the experiments. */
export interface Sheets {
  sweep: Figure;
  shares: Figure;
  slice: Figure;
  variance: Figure;
  scaling: Figure;
  map: Figure;
}

export type Coordinates = ArrayLike<number | null>;

/** New coordinates of a trace. */
export interface TraceChange {
  x: Coordinates;
  y: Coordinates;
  z?: Coordinates | ArrayLike<Coordinates>;
}

/** By the role of the trace, followed by its lane if it has one. */
export type Changes = Record<string, TraceChange>;

export interface Filled {
  figure: { data: Trace[]; layout?: Layout };
  changes: Changes;
}

/** How a lane is drawn. */
export interface Style {
  color: string;
  dash: string;
  symbol: string;
}

export type Pixels = [number, number];
export type Project = (change: TraceChange) => Pixels[];

/** An element that plotly.js has drawn into, or one that says as much of itself. */
export interface PlotElement extends Element {
  layout: Layout;
  data?: Trace[];
  on?: (event: string, listener: () => void) => void;
  /** Not public: the traces as they were drawn. */
  _fullData?: { uid: string }[];
  /** Not public: the matrices with which the scene was last drawn, and the ranges that axes are reset to. */
  _fullLayout?: { scene?: { _scene?: PlotScene }; xaxis?: PlotAxis; yaxis?: PlotAxis };
}

export interface PlotScene {
  glplot?: { redraw?: () => void; cameraParams?: { model: Matrix; view: Matrix; projection: Matrix } };
  dataScale: [number, number, number];
  getCamera: () => Camera;
}

export interface PlotAxis {
  _rangeInitial0?: number;
  _rangeInitial1?: number;
}

export type Matrix = ArrayLike<number>;

export interface ModeBarButton {
  name: string;
  title: string;
  icon: { width: number; height: number; path: string };
  click: () => void;
}

export interface Library {
  react(node: Element, data: object[], layout: object, config: object): Promise<void>;
  restyle(node: Element, attributes: Record<string, unknown[]>, traces: number[]): Promise<void>;
  relayout(node: Element, layout: object): Promise<void>;
  purge(node: Element): void;
  downloadImage(figure: object, options: object): Promise<string>;
  Plots: { resize(node: Element): void };
}

declare global {
  interface Window {
    Plotly: Library;
  }
}
