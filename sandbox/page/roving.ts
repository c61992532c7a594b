/** Arrow keys, Home and End move the focus among the elements that fit; one of them at a time can be reached with Tab. */
export function roveIn(container: HTMLElement, selector: string): void {
  const all = (): HTMLElement[] => [...container.querySelectorAll<HTMLElement>(selector)];
  container.addEventListener('keydown', (event) => {
    const items = all();
    const at = focusedIn(items);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const to = places[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    items[Math.max(0, Math.min(to, items.length - 1))]?.focus();
  });
  container.addEventListener('focusin', ({ target }) => {
    for (const item of all()) item.tabIndex = item === target ? 0 : -1;
  });
}

/** Which of these has the focus; -1 when none has. */
export function focusedIn(items: readonly HTMLElement[]): number {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? items.indexOf(activeElement) : -1;
}
