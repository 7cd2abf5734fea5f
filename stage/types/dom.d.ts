// What lib/dom.js makes elements of.

type Tag<Spec extends string> = Spec extends `${infer Name}.${string}` ? Name : Spec;

/** The element that `el("button.os-icon")` makes. */
export type ElementOf<Spec extends string> =
  Tag<Spec> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag<Spec>] : HTMLElement;

type Handler<Happening> = (event: Happening) => unknown;

export interface Attributes {
  [name: string]: string | number | boolean | null | undefined | Handler<never>;
  onclick?: Handler<MouseEvent>;
  onkeydown?: Handler<KeyboardEvent>;
  onchange?: Handler<Event>;
  oninput?: Handler<Event>;
  onpointerdown?: Handler<PointerEvent>;
  onpointerup?: Handler<PointerEvent>;
  onpointercancel?: Handler<PointerEvent>;
}

export type Child = Node | string | null | undefined;
export type Children = Child | Children[];
