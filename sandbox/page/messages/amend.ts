/** What the library leaves to be wished: messages under one head out of line, faint greys, a link that is no link. */
const STYLE = `
  .discord-message-body-only-indent { flex: none; width: 53px; }
  .discord-message-timestamp, .discord-message-edited, .discord-message-ephemeral { color: var(--quiet) !important; }
  .discord-message-ephemeral-link:focus-visible { outline: 2px solid var(--focus); border-radius: 4px; }
`;

/** Corrects the inside of the library's message once it has been drawn. `dismiss` is what its link does. */
export function amend(frame: HTMLElementTagNameMap['discord-message'], dismiss: () => void): void {
  void frame.updateComplete.then(() => {
    const root = frame.shadowRoot;
    root?.adoptedStyleSheets.push(sheetFor(document));
    const link = root?.querySelector<HTMLElement>('.discord-message-ephemeral-link');
    if (!link) return;
    link.tabIndex = 0;
    link.addEventListener('keydown', ({ key }) => key === 'Enter' && dismiss());
  });
}

const sheets = new WeakMap<Document, CSSStyleSheet>();

/** One sheet, shared by all messages. */
function sheetFor(page: Document): CSSStyleSheet {
  const sheet = sheets.get(page) ?? new CSSStyleSheet();
  if (!sheets.has(page)) void sheet.replace(STYLE);
  sheets.set(page, sheet);
  return sheet;
}
