// The stage: figures, transport and panels around one playhead. The server says what is true (paths, losses,
// endings, the spelling of the scene); everything that only moves or hides happens here.

import { Actions } from "./actions.js";
import { unpackAnswer } from "./figures/frames.js";
import { Engine } from "./engine/engine.js";
import { Live } from "./engine/live.js";
import { el } from "./lib/dom.js";
import { fill } from "./lib/format.js";
import { Page } from "./page.js";
import { Pointers } from "./pointers.js";
import { Screen } from "./screen.js";
import { Address } from "./session/address.js";
import { Conversation } from "./session/conversation.js";
import { Facts } from "./session/facts.js";
import { Fetching } from "./session/fetching.js";
import { isFirst, playAtFirst } from "./session/first_visit.js";
import { listen } from "./session/keys.js";
import { Player } from "./session/player.js";
import { Reader } from "./session/reader.js";
import { addressParts, lastStep, usualStep, viewOf } from "./session/view.js";

/** @import { Answer, Message, PageData, View } from "./types/answer.d.ts" */

export class Stage {
  /**
   * @param {HTMLElement} parent
   * @param {PageData} page
   */
  constructor(parent, { assets: folder, carried, saved }) {
    /** @type {Answer | undefined} what is on the screen */
    this.data = undefined;
    /** @type {Message | undefined} what came last */
    this.incoming = undefined;
    /** @type {Promise<void> | undefined} */
    this.building = undefined;
    /** @type {Page | undefined} once the words are there */
    this.page = undefined;
    /** @type {Pointers | undefined} once the first picture stands */
    this.pointers = undefined;
    const assets = new URL(folder, document.baseURI);
    this.address = new Address((search) => this.visit(search), saved ? `?${saved.reader}` : null);
    this.home = saved?.home;
    this.first = isFirst(this.address);
    this.reader = new Reader(this.address, () => this.themeChanged());
    this.player = new Player((at, playing) => this.moved(at, playing));
    const { embedded } = this.address;
    const plain = embedded || Boolean(saved);
    this.root = el("div.os-root");
    Object.assign(this.root.dataset, { embed: embedded, saved: Boolean(saved), plain });
    parent.append(this.root);
    /** @type {View} of an answer */
    this.view = /** @type {any} */ (undefined);
    this.actions = new Actions(this);
    listen(this.actions);
    this.fetching = new Fetching(assets, carried, (count) => this.page?.notes.postponed(count));
    this.conversation = new Conversation((path, signal) => this.fetching.json(path, signal), {
      answered: (message) => this.receive(message),
      failed: (error) => this.fail(error),
      sampling: (told, answer) => this.building?.then(() => this.page?.waits(told, answer, Boolean(this.data))),
      sent: () => this.data && (this.data.visit = this.conversation.visits),
    });
    this.facts = new Facts((path, signal) => this.fetching.json(path, signal));
    const reader = { at: () => this.player.at, theme: () => this.reader.theme, plain };
    const engine = new Engine(
      (path) => this.fetching.json(path),
      async (path) => globalThis.optiscapeModules?.[path] ?? import(new URL(path, assets).href),
    );
    this.live = new Live(engine, {
      show: (answer) => this.follow(answer),
      push: (change) => (saved ? this.address.turn(change) : this.conversation.push(change)),
    });
    this.screen = new Screen(this.fetching, this.facts, new URL("plotly.js", assets).href, reader, this.actions, {
      progress: (done, all) => this.page?.losses.progress(done, all),
      fail: (error) => this.fail(error),
    });
  }

  /** Build everything that has words in it, in the reader's language. */
  async build() {
    const words = await this.fetching.json(`messages-${this.reader.language}.json`);
    document.documentElement.lang = words.tag;
    this.address.kept = words.reader;
    this.page = new Page(words, this, this.actions);
    this.page.notes.postponed(this.fetching.count);
    this.page.fill(this.root);
    this.applyView();
  }

  /** @param {Message} data */
  async receive(data) {
    this.incoming = data;
    await this.take(data).catch((error) => this.fail(error));
  }

  /** @param {Message} answer */
  async take(answer) {
    const visited = answer.visit !== this.data?.visit;
    if (visited) this.view = { ...viewOf(answer.view), ...this.actions.lookedAt(answer.visit) };
    this.applyTheme();
    this.building ??= this.build();
    if (answer.ground.slice?.sampling) return; // there is nothing of it to be seen yet
    const drawable = this.live.drawable(unpackAnswer(answer), this.data?.ground);
    const [pictures, unpacked] = await Promise.all([this.screen.pictures(answer, this.view), drawable, this.building]);
    if (this.incoming !== answer || !unpacked) return; // a newer one came meanwhile, or it is a draft and cannot be raced
    const before = this.data?.ground ?? answer.ground;
    const moved = before.query !== answer.ground.query;
    const elsewhere = moved && before.id !== answer.ground.id;
    const data = (this.data = this.live.over(unpacked, this.conversation.unanswered));
    this.applyView();
    if (!visited && (elsewhere || (moved && data.ground.formula))) this.view.probe = null;
    this.player.setLast(lastStep(data, this.view));
    if (visited || elsewhere) this.player.standAt((visited ? data.view.step : null) ?? usualStep(data, this.view));
    if (this.conversation.isHere(data)) {
      this.address.view = this.viewParts();
      this.address.setScene(data.spelling);
    }
    await this.draw(data, pictures);
    this.tell();
    this.live.partings(data).then((steps) => this.data === data && this.page?.panel.sayRounding(steps));
    if (!this.pointers && this.incoming === answer) await this.opened(data);
  }

  /**
   * What follows the first picture.
   * @param {Answer} first
   */
  async opened(first) {
    this.pointers = new Pointers(this);
    await this.screen.open(() => {
      this.root.dataset.ready = String(Math.round(performance.now())); // ms after the page was asked for
      return [this.data ?? first, this.view];
    });
    playAtFirst(this.player, this.address, this.first, this.actions.slide);
  }

  /**
   * Draw what a hand makes of the scene, before the server knows of it.
   * @param {Answer} data
   */
  follow(data) {
    this.data = data;
    this.root.dataset.unconfirmed = "true"; // how runs end is the server's to say
    this.screen.figures.follow(data);
    this.page?.follow(data, this.screen.figures);
  }

  /** Whether a change of ours is not in the picture that the server has sent. */
  get busy() {
    return this.conversation.busy || this.live.busy;
  }

  /** Whether the server has said all that is shown. */
  get confirmed() {
    return !this.busy && !this.data?.draft;
  }

  /** @param {Error} error */
  fail(error) {
    console.warn(error);
    const sentence = this.page?.words.ui.loading_failed ?? "The picture could not be loaded ({what}).";
    this.root.prepend(el("p.os-note", { role: "alert" }, fill(sentence, { what: error.message })));
  }

  /**
   * @param {Answer} data
   * @param {Awaited<ReturnType<Screen["pictures"]>>} pictures
   */
  async draw(data, pictures) {
    if (this.confirmed) {
      this.screen.figures.start = null; // the hand has let go, and this is the answer
      delete this.root.dataset.unconfirmed;
    } else if (data.draft) this.root.dataset.unconfirmed = "true";
    await this.screen.draw(data, this.view, pictures, {
      stepAxis: this.page?.stepAxis(data, this.view) ?? "",
      embedded: this.address.embedded,
      words: () => this.present(),
    });
  }

  /** Draw what is on the screen again, for another view, theme or language. */
  async redraw() {
    if (!this.data) return;
    const pictures = await this.screen.pictures(this.data, this.view);
    await this.draw(this.data, pictures);
  }

  applyTheme() {
    this.root.dataset.theme = document.documentElement.dataset.optiscape = this.reader.theme;
  }

  async themeChanged() {
    this.applyTheme();
    await this.redraw();
  }

  /** The language has changed: the words around the figures, and those in them. */
  async languageChanged() {
    await this.build();
    await this.redraw();
  }

  /** Everything that is words and numbers. */
  present() {
    if (this.data) this.page?.present(this.data, this.view, this.screen.figures, this.confirmed);
  }

  applyView() {
    this.page?.apply(this.root, this.view, this.data);
  }

  /**
   * @param {number} at
   * @param {boolean} playing
   */
  moved(at, playing) {
    if (!this.pointers) return; // the first picture is still being drawn
    this.page?.move(at, playing);
    this.screen.move(at);
    if (!playing) this.writeView();
    this.tell();
  }

  /** Say that something else is on the screen, or the playhead elsewhere. */
  tell() {
    this.root.dispatchEvent(new Event("optiscape"));
  }

  viewParts() {
    const { data, page, player, view } = this;
    return page && data ? addressParts(view, page.words.usual, Math.round(player.at), usualStep(data, view)) : {};
  }

  /** Write the view into the address, as a step of its own or into the present one. */
  writeView(step = false) {
    this.address.setView(this.viewParts(), step);
  }

  /**
   * The browser went back or forward: the URL has changed from outside.
   * @param {string} search
   */
  visit(search) {
    this.conversation.visit(search);
    this.themeChanged();
    if (this.page && this.page.words.lang !== this.reader.language) this.languageChanged();
  }
}
