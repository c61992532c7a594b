import type { APIMessage } from 'discord-api-types/v10';
import type { Attached, OptionValue } from '../client.ts';
import { fill, h, icon } from '../element.ts';
import { openEmojiPicker } from '../emoji-picker.ts';
import { ICONS } from '../icons.ts';
import { type Choosable, Listbox } from '../listbox.ts';
import type { Page } from '../page.ts';
import { CommandForm } from './command-form.ts';
import { leavesFor } from './commands.ts';
import { openPlusMenu } from './plus-menu.ts';
import { type Suggestions, suggest } from './suggestions.ts';
import { Tray } from './tray.ts';

const LONGEST = 4_000;
const TYPING_EVERY_MS = 8_000;

/** Where a person writes: text with suggestions, files, a reply, or a slash command with its options. */
export class Composer {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #text: HTMLTextAreaElement;
  readonly #panel = h('div', { class: 'panel', hidden: true });
  readonly #replying = h('div', { class: 'replying', hidden: true });
  readonly #line = h('div', { class: 'composer-line' });
  readonly #files = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': 'Choose files' });
  readonly #tray: Tray;
  readonly #list: Listbox;
  #suggested: Suggestions | undefined;
  #command: CommandForm | undefined;
  #replyTo: APIMessage | undefined;
  #toldTyping = 0;
  #useFile: ((file: File) => void) | undefined;

  constructor(page: Page) {
    this.#page = page;
    this.#tray = new Tray(page);
    this.#list = new Listbox({ label: 'Suggestions', onPick: (item) => this.#pick(item) });
    this.#text = h('textarea', { rows: 1, maxlength: LONGEST, 'aria-label': 'Message' });
    this.#text.addEventListener('input', () => this.#typed());
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#text.addEventListener('click', () => this.#suggest());
    this.#text.addEventListener('blur', () => this.#hidePanel());
    this.#text.addEventListener('paste', (event) => this.#pasted(event));
    this.#files.addEventListener('change', () => this.#chosen());
    this.element = h(
      'form',
      { class: 'composer', 'aria-label': 'Write' },
      this.#panel,
      this.#replying,
      this.#tray.element,
      this.#line,
      this.#files,
    );
    this.element.addEventListener('submit', (event) => event.preventDefault());
    // A press on a list or hint above the line leaves the focus in it.
    this.#panel.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#showLine(this.#text);
  }

  focus(): void {
    if (this.#command) this.#command.focus();
    else this.#text.focus();
  }

  /** Where one writes, or why one cannot. */
  setPlace(label: string, whyNot: string | undefined): void {
    this.#text.placeholder = whyNot ?? label;
    this.#text.disabled = whyNot !== undefined;
    this.#text.setAttribute('aria-label', label);
  }

  /** Leaves whatever was begun, as on going to another channel. */
  reset(): void {
    this.#endCommand();
    this.setReply(undefined);
  }

  setReply(message: APIMessage | undefined): void {
    this.#replyTo = message;
    this.#replying.hidden = message === undefined;
    if (!message) return;
    const cancel = h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': 'Stop replying',
        on: { click: () => this.setReply(undefined) },
      },
      icon(ICONS.close, 16),
    );
    fill(
      this.#replying,
      h('span', {}, 'Replying to ', h('strong', {}, this.#page.names.user(message.author.id))),
      cancel,
    );
    this.focus();
  }

  insert(text: string): void {
    this.#text.setRangeText(text, this.#text.selectionStart, this.#text.selectionEnd, 'end');
    this.#typed();
    this.focus();
  }

  startCommand(name: string): void {
    const leaf = leavesFor(this.#page).find((one) => one.name === name);
    if (!leaf) return void this.#page.tell(`/${name} is not available to you here`);
    this.#hidePanel();
    this.#text.value = '';
    this.#command = new CommandForm(this.#page, {
      leaf,
      panel: this.#panel,
      onSubmit: (values) => this.#runCommand(leaf.name, values),
      onCancel: () => {
        this.#endCommand();
        this.#text.focus();
      },
      chooseFile: (use) => this.#chooseFile(use),
    });
    this.#showLine(this.#command.element);
    this.#command.focus();
  }

  /** Files that were dropped on the page or pasted. */
  addFiles(files: readonly File[]): void {
    for (const file of files) if (!this.#command?.attach(file)) this.#tray.add(file);
    if (!this.#command) this.#text.focus();
  }

  #showLine(middle: HTMLElement): void {
    const tool = (path: string, label: string, act: (at: HTMLElement) => void): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': label,
          title: label,
          on: { click: ({ currentTarget }) => act(currentTarget) },
        },
        icon(path, 24),
      );
    fill(
      this.#line,
      tool(ICONS.plus, 'Add a file or use a command', (at) =>
        openPlusMenu(this.#page, at, {
          upload: () => this.#chooseFile(undefined),
          command: () => this.#beginSlash(),
          sample: (name) => this.#addSample(name),
        }),
      ),
      middle,
      tool(ICONS.smile, 'Choose an emoji', (at) => openEmojiPicker(this.#page, at, ({ text }) => this.insert(text))),
      tool(ICONS.send, 'Send', () => this.#send()),
    );
  }

  #addSample(sample: string): void {
    this.#tray.add({ sample });
    this.focus();
  }

  #beginSlash(): void {
    this.#endCommand();
    this.#text.value = '/';
    this.#text.focus();
    this.#typed();
  }

  #chooseFile(use: ((file: File) => void) | undefined): void {
    this.#useFile = use;
    this.#files.multiple = use === undefined;
    this.#files.value = '';
    this.#files.click();
  }

  #chosen(): void {
    const files = [...(this.#files.files ?? [])];
    const [first] = files;
    if (this.#useFile && first) this.#useFile(first);
    else this.addFiles(files);
    this.#useFile = undefined;
  }

  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.addFiles(files);
  }

  #typed(): void {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${Math.min(this.#text.scrollHeight, innerHeight / 2)}px`;
    this.#suggest();
    const now = Date.now();
    const { current } = this.#page.store;
    if (
      this.#text.value === '' ||
      this.#text.value.startsWith('/') ||
      now - this.#toldTyping < TYPING_EVERY_MS ||
      !current
    )
      return;
    this.#toldTyping = now;
    this.#page.client.typing(current).catch(() => undefined); // nobody misses it
  }

  #suggest(): void {
    const found = suggest(this.#page, this.#text.value, this.#text.selectionStart);
    this.#suggested = found;
    if (!found) return void this.#hidePanel();
    this.#list.show(found.items, found.kind === 'command' ? 'No command has this name' : 'Nothing fits');
    if (this.#panel.hidden) this.#list.first();
    fill(this.#panel, h('div', { class: 'panel-title' }, h('strong', {}, found.title)), this.#list.element);
    this.#panel.hidden = false;
    this.#list.serve(this.#text);
  }

  #hidePanel(): void {
    this.#suggested = undefined;
    this.#list.release();
    this.#panel.hidden = true;
  }

  #pick({ value }: Choosable): void {
    const { kind, from } = this.#suggested ?? { kind: 'text', from: 0 };
    if (kind === 'command') return void this.startCommand(value);
    this.#text.setRangeText(value, from, this.#text.selectionStart, 'end');
    this.#typed();
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing) return;
    if (this.#suggested && this.#list.key(event)) return void event.preventDefault();
    if (key === 'Escape') {
      if (!this.#panel.hidden) this.#hidePanel();
      else if (this.#replyTo) this.setReply(undefined);
      else return;
      event.stopPropagation();
    } else if (key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (key === 'ArrowUp' && this.#text.value === '') {
      event.preventDefault();
      this.#editLast();
    }
  }

  #editLast(): void {
    const { store } = this.#page;
    const last = store.history(store.current ?? '').findLast(({ author }) => author.id === store.me?.id);
    if (last) this.#page.edit(last);
  }

  #send(): void {
    if (this.#command) return void this.#command.submit();
    const { current } = this.#page.store;
    const content = this.#text.value.trim();
    const files: readonly Attached[] = this.#tray.files;
    if (!current || (content === '' && files.length === 0)) return void this.#text.focus();
    const replyTo = this.#replyTo?.id;
    this.#text.value = '';
    this.#tray.clear();
    this.setReply(undefined);
    this.#typed();
    this.#toldTyping = 0;
    this.#page.client.say(current, content, files, replyTo).catch((error: unknown) => {
      // What was written is not lost to a refusal.
      if (this.#text.value === '') this.#text.value = content;
      this.#tray.add(...files);
      this.#page.tell(error instanceof Error ? error.message : String(error));
    });
  }

  #runCommand(name: string, values: Readonly<Record<string, OptionValue>>): void {
    const { current } = this.#page.store;
    this.#endCommand();
    this.#text.focus();
    if (!current) return;
    void this.#page.interact(current, () => this.#page.client.slash(current, name, values), `/${name}`);
  }

  #endCommand(): void {
    if (!this.#command) return;
    this.#command = undefined;
    this.#panel.hidden = true;
    this.#showLine(this.#text);
  }
}
