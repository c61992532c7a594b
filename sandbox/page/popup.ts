/** A point, or an element beside which something opens. */
export type Anchor = HTMLElement | { readonly x: number; readonly y: number };

const GAP = 6;

/**
 * Shows `content` in the top layer beside its anchor, within the window, until it loses the focus, Escape is pressed or
 * something else is. Returns what closes it; the focus goes back to where it was.
 */
export function popUp(content: HTMLElement, anchor: Anchor, onClose?: () => void): () => void {
  const before = document.activeElement;
  content.popover = 'auto';
  content.classList.add('popup');
  const host = anchor instanceof HTMLElement ? (anchor.closest('dialog') ?? document.body) : document.body;
  host.append(content);
  content.showPopover();
  place(content, anchor);
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    const inside = content.contains(document.activeElement) || document.activeElement === document.body;
    if (content.matches(':popover-open')) content.hidePopover();
    content.remove();
    if (inside && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    onClose?.();
  };
  content.addEventListener('toggle', (event) => {
    if (event instanceof ToggleEvent && event.newState === 'closed') close();
  });
  return close;
}

/** Opens once the button that asked is up again: what opens while it is down is dismissed by its release. */
export function onceReleased({ buttons }: MouseEvent, open: () => void): void {
  if (buttons === 0) open();
  else addEventListener('pointerup', () => setTimeout(open), { once: true, capture: true });
}

/** Puts an open popup under its anchor, or above where there is more room. */
export function place(content: HTMLElement, anchor: Anchor): void {
  const at = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { width, height } = content.getBoundingClientRect();
  const below = at.bottom + GAP;
  const above = at.top - GAP - height;
  const top = below + height <= innerHeight || above < 0 ? below : above;
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  content.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  content.style.left = `${left}px`;
}
