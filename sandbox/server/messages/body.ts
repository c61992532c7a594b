import { MessageFlags } from 'discord-api-types/v10';
import { ApiError } from '../api-error.ts';
import type { NumberedFile } from '../http/define-route.ts';
import { type Form, present } from '../http/form.ts';
import type { Id } from '../snowflake.ts';
import type { AllowedMentions, MessageContent } from '../state/create-message.ts';
import type { UploadedFile } from '../state/file-store.ts';
import { readComponents } from './components.ts';
import { readEmbeds } from './embeds.ts';

const SETTABLE = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export interface ReadOptions {
  readonly files: readonly NumberedFile[];
  /** The flags the message has already: an edit cannot take components v2 back. */
  readonly flags?: number;
  readonly ephemeral?: boolean;
  readonly maxContent?: number;
}

export interface MessageBody extends MessageContent {
  readonly files: readonly UploadedFile[];
  readonly flags: number;
  /** Which of the attachments a message has already are kept, in an edit. */
  readonly kept: readonly Id[] | undefined;
}

/** Reads what a message says: text, embeds, components, files, flags, whom it may ping. */
export function readMessage(body: Form, o: ReadOptions): MessageBody {
  const asked = body.int('flags') ?? 0;
  const settable = SETTABLE | (o.ephemeral ? MessageFlags.Ephemeral : 0);
  const flags = (asked & settable) | ((o.flags ?? 0) & MessageFlags.IsComponentsV2);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if (v2) for (const key of ['content', 'embeds', 'stickers', 'poll']) refuseWithV2(body, key);
  const nonce = body.raw('nonce');
  if (typeof nonce === 'string') body.text('nonce', { max: 25 });
  const attachments = body.list('attachments', readAttachment, { max: 10 });
  return {
    ...present({
      content: body.isNull('content') ? '' : body.text('content', { max: o.maxContent ?? 2_000 }),
      embeds: body.isNull('embeds') ? [] : readEmbeds(body),
      components: body.isNull('components') ? [] : readComponents(body, v2),
      tts: body.flag('tts'),
      nonce: typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined,
      allowed: readAllowed(body.child('allowed_mentions')),
      stickers: body.ids('sticker_ids', { max: 3 }),
    }),
    flags,
    files: o.files.map((file) => {
      const described = attachments?.find(({ id }) => id === file.index);
      return { ...file, ...present({ name: described?.filename, description: described?.description }) };
    }),
    kept: attachments?.map(({ id }) => id),
  };
}

function refuseWithV2(body: Form, key: string): void {
  const value = body.raw(key);
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  body.fail(
    key,
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  );
}

function readAttachment(form: Form) {
  return {
    id: String(form.raw('id') ?? ''),
    filename: form.text('filename', { min: 1, max: 1_024 }),
    description: form.text('description', { max: 1_024 }),
  };
}

const KINDS: readonly string[] = ['users', 'roles', 'everyone'];

function readAllowed(form: Form | undefined): AllowedMentions | undefined {
  if (!form) return undefined;
  const parse = form.items('parse')?.map(String);
  for (const [at, kind] of (parse ?? []).entries()) {
    if (!KINDS.includes(kind)) {
      form.fail(`parse.${at}`, 'BASE_TYPE_CHOICES', `Value must be one of ('${KINDS.join("', '")}').`);
    }
  }
  const users = form.ids('users', { max: 100 });
  const roles = form.ids('roles', { max: 100 });
  for (const [kind, list] of [['users', users] as const, ['roles', roles] as const]) {
    if (list && list.length > 0 && parse?.includes(kind)) {
      form.fail(
        kind,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
  // An allowed_mentions object without `parse` parses nothing.
  return { parse: parse ?? [], ...present({ users, roles, repliedUser: form.flag('replied_user') ?? false }) };
}

/** 50006: a message needs text, an embed, a component, a file or a sticker. */
export function refuseEmpty(o: MessageContent & { readonly attachments?: readonly unknown[] }): void {
  const parts = [o.embeds, o.components, o.files, o.stickers, o.attachments];
  if (!o.content?.trim() && parts.every((part) => !part || part.length === 0)) {
    throw new ApiError(400, 50006, 'Cannot send an empty message');
  }
}
