import type { Context } from '../../context.ts';

/** Whoever orders what nobody has asked for: the bot itself. */
export function botActor({ discord: { user } }: Pick<Context, 'discord'>): {
  readonly id: string | null;
  readonly name: string;
} {
  return { id: user?.id ?? null, name: user?.username ?? '' };
}
