/** What can stand inside an element. Texts become text nodes: nothing that strangers wrote is ever parsed as markup. */
export type Child = Node | string | number | false | null | undefined | readonly Child[];

type Listeners = {
  readonly [E in keyof HTMLElementEventMap]?: (
    event: HTMLElementEventMap[E] & { readonly currentTarget: HTMLElement },
  ) => void;
};

export interface Props {
  readonly on?: Listeners;
  readonly [attribute: string]: string | number | boolean | null | undefined | Listeners;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element. Attributes that are `false`, `null` or `undefined` are left out; `aria-*` say true and false in words. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') listen(element, value);
    else setAttribute(element, name, value);
  }
  append(element, children);
  return element;
}

/** A drawing on a 24 by 24 grid, from one path. Screen readers skip it. */
export function icon(path: string, size = 20): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', String(size));
  svg.setAttribute('height', String(size));
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('fill', 'currentColor');
  shape.setAttribute('fill-rule', 'evenodd');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** The whole content of an element, replaced. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    if (typeof child === 'string' || typeof child === 'number') element.append(String(child));
    else if (child instanceof Node) element.append(child);
    else append(element, child);
  }
}

function listen(element: HTMLElement, listeners: Props[string]): void {
  if (typeof listeners !== 'object' || !listeners) return;
  for (const [name, listener] of Object.entries(listeners)) {
    Reflect.apply(element.addEventListener, element, [name, listener]);
  }
}

function setAttribute(element: HTMLElement, name: string, value: Props[string]): void {
  if (value === null || value === undefined || typeof value === 'object') return;
  if (typeof value === 'boolean' && !name.startsWith('aria-')) element.toggleAttribute(name, value);
  else element.setAttribute(name, String(value));
}
