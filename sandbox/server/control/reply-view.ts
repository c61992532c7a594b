import type { APIMessage } from 'discord-api-types/v10';
import type { Choice, ModalShown, ReplyKind } from '../state/interactions.ts';
import { LiveReply, type Reply } from '../verbs/reply.ts';

/** A reply as it stood at one moment, for the wire. A higher version is a later state of the same interaction. */
export interface ReplyView {
  readonly interactionId: string;
  readonly version: number;
  readonly ackMs: number;
  readonly kind: ReplyKind;
  readonly ephemeral: boolean;
  readonly content: string;
  readonly message?: APIMessage;
  readonly modal?: ModalShown;
  readonly choices?: readonly Choice[];
  readonly followUps: readonly APIMessage[];
}

export function viewOf(reply: Reply): ReplyView {
  const { interactionId, ackMs, kind, ephemeral, content, message, modal, choices, followUps } = reply;
  const version = reply instanceof LiveReply ? reply.version : 0;
  return {
    interactionId,
    version,
    ackMs,
    kind,
    ephemeral,
    content,
    followUps,
    ...(message && { message }),
    ...(modal && { modal }),
    ...(choices && { choices }),
  };
}
