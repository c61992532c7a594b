import type { Attached } from '../client.ts';
import { fill, h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';
import { showSize } from '../times.ts';

const MOST = 10;
const LARGEST = 25 * 1024 * 1024;

/** The files that wait to be sent with the next message. */
export class Tray {
  readonly element = h('ul', { class: 'tray', 'aria-label': 'Files to send', hidden: true });
  readonly #page: Page;
  #files: Attached[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  get files(): readonly Attached[] {
    return this.#files;
  }

  add(...files: readonly Attached[]): void {
    for (const file of files) {
      if (this.#files.length >= MOST) this.#page.tell(`A message takes at most ${MOST} files`);
      else if (file instanceof File && file.size > LARGEST) this.#page.tell(`${file.name} is larger than 25 MB`);
      else this.#files.push(file);
    }
    this.#draw();
  }

  clear(): void {
    for (const image of this.element.querySelectorAll('img')) URL.revokeObjectURL(image.src);
    this.#files = [];
    this.#draw();
  }

  #draw(): void {
    this.element.hidden = this.#files.length === 0;
    fill(
      this.element,
      this.#files.map((file) => this.#drawFile(file)),
    );
  }

  #drawFile(file: Attached): HTMLElement {
    const own = file instanceof File;
    const name = own ? file.name : file.sample;
    const size = own ? file.size : this.#page.store.samples.find((one) => one.name === name)?.size;
    const picture =
      own && file.type.startsWith('image/')
        ? h('img', { src: URL.createObjectURL(file), alt: '' })
        : icon(ICONS.file, 40);
    const remove = (): void => {
      this.#files = this.#files.filter((one) => one !== file);
      this.#draw();
      this.#page.focusComposer();
    };
    return h(
      'li',
      { class: 'tray-file' },
      h('div', { class: 'tray-picture' }, picture),
      h('span', { class: 'tray-name' }, name),
      size !== undefined && h('span', { class: 'muted' }, showSize(size)),
      h(
        'button',
        { class: 'tray-remove', 'aria-label': `Remove ${name}`, on: { click: remove } },
        icon(ICONS.trash, 16),
      ),
    );
  }
}
