import type { APIMessage } from 'discord-api-types/v10';
import type { Client } from './client.ts';
import type { Names } from './people/names.ts';
import type { Anchor } from './popup.ts';
import type { Outcome } from './protocol.ts';
import type { Store } from './store.ts';

/** What the parts of the page may touch, and ask of each other. */
export interface Page {
  readonly store: Store;
  readonly names: Names;
  readonly client: Client;
  openChannel(id: string): void;
  openUserMenu(id: string, at: Anchor): void;
  openMessageMenu(message: APIMessage, at: Anchor): void;
  /** Puts `/name` into the composer, its options ready to be filled in. */
  startCommand(name: string): void;
  mention(id: string): void;
  reply(message: APIMessage): void;
  edit(message: APIMessage): void;
  remove(message: APIMessage): void;
  /** Takes an ephemeral message out of one's own sight. */
  dismiss(message: APIMessage): void;
  jumpTo(id: string): void;
  react(message: APIMessage, emoji: string, on: boolean): void;
  reactWithPicker(message: APIMessage, at: HTMLElement): void;
  /** Sends an interaction; shows the modal it is answered with, or that it failed. Never rejects. */
  interact(channel: string, run: () => Promise<Outcome>, label?: string): Promise<void>;
  /** Runs something that may be refused, and says so when it is. */
  attempt(run: () => Promise<void>): void;
  /** A short word to the person, that goes away by itself. */
  tell(text: string): void;
  actAs(id: string): void;
  focusComposer(): void;
}
