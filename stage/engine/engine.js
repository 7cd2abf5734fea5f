// The modules and tables with which the lanes on the screen are raced here. An address answers the same for good.

import { Surface } from "./terrain.js";
import { unpackBytes } from "../lib/packing.js";

/** @import { Answer, EngineAddresses } from "../types/answer.d.ts" */
/** @import { HessianModule, Parts, StepModule, SurfaceModule } from "../types/engine.d.ts" */

const MOST = 60; // modules and tables that are kept

export class Engine {
  /**
   * `json(path)` brings a table, and `load(path)` a module.
   * @param {(path: string) => Promise<any>} json
   * @param {(path: string) => Promise<any>} load
   */
  constructor(json, load) {
    this.json = json;
    this.load = load;
    /** @type {Map<string, Promise<any>>} */
    this.known = new Map();
    /** For which addresses it was asked last. */
    this.wanted = "";
    /** @type {{ key: string, parts: Parts } | null} what is there, and for which addresses */
    this.ready = null;
  }

  /**
   * Fetch what the lanes of `answer` need; until it is there `partsOf` has none.
   * @param {Pick<Answer, "engine" | "ground">} answer
   */
  async prepare({ engine, ground }) {
    const key = JSON.stringify(engine);
    this.wanted = key;
    if (this.ready?.key === key) return;
    /** @type {Promise<SurfaceModule>} */
    const loading = this.kept(engine.surface, this.load);
    const [table, module, ...lanes] = await Promise.all([
      this.table(engine.columns),
      loading,
      ...engine.lanes.map((lane) => this.lane(lane, loading)),
    ]);
    if (this.wanted !== key) return;
    const columns = table ?? new Float64Array(0);
    const surface = new Surface(module, engine.grid, columns, engine.count);
    surface.measure(ground.knobs, ground.box);
    this.ready = { key, parts: { surface, columns, count: engine.count, lanes } };
  }

  /**
   * What the lanes of `answer` are raced with; null as long as it is not there.
   * @param {Pick<Answer, "engine">} answer
   * @returns {Parts | null}
   */
  partsOf({ engine }) {
    return this.ready?.key === JSON.stringify(engine) ? this.ready.parts : null;
  }

  /**
   * @param {EngineAddresses["lanes"][number]} addresses
   * @param {Promise<SurfaceModule>} loading
   */
  async lane({ step, hessian, shares, noise, weights }, loading) {
    /** @type {[Promise<StepModule>, Promise<HessianModule> | null]} */
    const modules = [this.kept(step, this.load), hessian === null ? null : this.kept(hessian, this.load)];
    const [surface, steps, hessians, ...tables] = await Promise.all([
      loading,
      ...modules,
      ...[shares, noise, weights].map((path) => this.table(path)),
    ]);
    return {
      modules: { surface, steps, hessian: hessians },
      shares: tables[0],
      noise: tables[1],
      weights: tables[2],
    };
  }

  /**
   * @param {string | null} path
   * @returns {Promise<Float64Array | null>}
   */
  async table(path) {
    return path === null ? null : this.kept(path, async (wanted) => doubles((await this.json(wanted)).values));
  }

  /**
   * @template T
   * @param {string} path
   * @param {(path: string) => Promise<T>} bring
   * @returns {Promise<T>}
   */
  kept(path, bring) {
    let made = this.known.get(path);
    if (!made) {
      made = bring(path);
      made.catch(() => this.known.delete(path)); // another time it may work
    }
    this.known.delete(path);
    this.known.set(path, made);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST) this.known.delete(oldest);
    return made;
  }
}

/**
 * Float64 numbers, packed in base64.
 * @param {string} text
 */
const doubles = (text) => new Float64Array(unpackBytes(text).buffer);
