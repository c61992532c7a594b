import { ICONS } from '../icons.ts';
import { openMenu } from '../menus/menu.ts';
import type { Page } from '../page.ts';
import { showSize } from '../times.ts';

export interface PlusActions {
  readonly upload: () => void;
  readonly command: () => void;
  readonly sample: (name: string) => void;
}

/** What the plus beside the composer offers: a file of one's own, a command, or a sample to try. */
export function openPlusMenu({ store }: Page, at: HTMLElement, { upload, command, sample }: PlusActions): void {
  const samples = store.samples.map(({ name, size }) => ({
    label: name,
    detail: showSize(size),
    path: ICONS.file,
    act: () => sample(name),
  }));
  const own = [
    { label: 'Upload a file', path: ICONS.plus, act: upload },
    { label: 'Use a command', path: ICONS.app, act: command },
  ];
  openMenu(at, [
    { title: '', items: own },
    { title: 'Sample files to try', items: samples },
  ]);
}
