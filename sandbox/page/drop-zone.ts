import { h } from './element.ts';

/** Files dropped anywhere on the page; a cover says where they will go while they hover. */
export function takeDrops(target: () => string, onFiles: (files: readonly File[]) => void): void {
  const words = h('strong');
  const cover = h(
    'div',
    { class: 'drop-cover', hidden: true, 'aria-hidden': true },
    h('div', {}, words, h('span', {}, 'Let go to add the files to your message.')),
  );
  document.body.append(cover);
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    words.textContent = `Upload to ${target()}`;
    cover.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) cover.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    cover.hidden = true;
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
