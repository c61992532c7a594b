import type { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Key } from '../../lib/i18n.ts';
import { mention, t } from '../answers/words.ts';
import { Recent } from '../inspector/recent.ts';
import { tellServerLog } from '../logs/server-log.ts';

type PermissionName = keyof typeof PermissionFlagsBits;

/** What Discord did not let automod do. */
export interface Refusal {
  readonly guild: string;
  readonly channel: string;
  /** What the bot lacks there. */
  readonly permission: PermissionName;
  /** What could not be done, in words. */
  readonly what: Key;
}

const DAY_MS = 86_400_000;

/** Tells servers what Discord does not let automod do, and what to fix: of each permission once a day, however often it is met. */
export class Refusals {
  readonly #told = new Recent();
  readonly #context: Pick<Context, 'discord' | 'settings' | 'i18n' | 'log' | 'now'>;

  constructor(context: Pick<Context, 'discord' | 'settings' | 'i18n' | 'log' | 'now'>) {
    this.#context = context;
  }

  /** That the log cannot be told either keeps nobody from anything. */
  async report({ guild, channel, permission, what }: Refusal): Promise<void> {
    const { log, now } = this.#context;
    if (!this.#told.add(`${guild} ${permission} ${what} ${Math.floor(now().getTime() / DAY_MS)}`)) return;
    log.warn({ guild, channel, permission }, 'automod lacks a permission');
    const where = mention('channel', channel);
    const params = { what: t(what, { channel: where }), permission: t(`permissions.${permission}`) };
    try {
      await tellServerLog(this.#context, guild, {
        tone: 'warning',
        title: t('automod.refused.title'),
        parts: [{ kind: 'text', text: t('automod.refused.text', params) }],
        next: t('automod.refused.next'),
      });
    } catch (error) {
      log.warn({ guild, error }, 'a server could not be told what automod lacks');
    }
  }
}
