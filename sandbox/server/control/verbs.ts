import { SandboxError } from '../api-error.ts';
import type { NumberedFile } from '../http/define-route.ts';
import { type Form, isRecord, present } from '../http/form.ts';
import type { Sandbox } from '../sandbox.ts';
import type { ModalShown } from '../state/interactions.ts';
import type { OptionValue, OptionValues } from '../verbs/option-values.ts';
import { findInteraction, LiveReply } from '../verbs/reply.ts';
import type { InteractOptions } from '../verbs/send-interaction.ts';
import type { ControlFiles } from './files.ts';
import { viewOf } from './reply-view.ts';

/** What a verb is given: the sandbox, the request's fields and the parts of its form. */
export interface VerbCall {
  readonly sandbox: Sandbox;
  readonly form: Form;
  readonly files: ControlFiles;
  readonly parts: readonly NumberedFile[];
}

type Verb = (call: VerbCall) => unknown;

const LONG = 1_000_000;
const STATUSES = ['online', 'idle', 'dnd', 'offline'] as const;

function who(form: Form): InteractOptions {
  const settle = form.text('settle');
  return present({
    as: form.text('as'),
    channel: form.text('channel'),
    locale: form.text('locale'),
    unchecked: form.flag('unchecked'),
    deadlineMs: form.number('deadlineMs', { min: 0 }),
    settle: settle === 'ack' || settle === 'answer' ? settle : undefined,
  });
}

function optionsOf({ form, files, parts }: VerbCall): OptionValues {
  const given = form.raw('options') ?? {};
  if (!isRecord(given)) throw new SandboxError('options is an object of values by name');
  const entries = Object.entries(given).map(([name, value]): [string, OptionValue | undefined] => {
    if (value === null || value === undefined) return [name, undefined];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [name, value];
    return [name, files.read(value, parts)];
  });
  return Object.fromEntries(entries);
}

function modalOf(form: Form): ModalShown {
  const modal = form.needChild('modal');
  return {
    custom_id: modal.needText('custom_id', { max: LONG }),
    title: modal.text('title') ?? '',
    components: modal.items('components') ?? [],
    interactionId: modal.needText('interactionId'),
  };
}

function valuesOf(form: Form): Record<string, string | readonly string[]> {
  const values = form.raw('values') ?? {};
  if (!isRecord(values)) throw new SandboxError('values is an object by custom id');
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

async function laterReply({ sandbox, form }: VerbCall) {
  const reply = findInteraction(sandbox.state, form.needText('interaction'));
  const after = form.int('after') ?? -1;
  await reply.until(
    (now) => now instanceof LiveReply && now.version > after,
    present({ deadlineMs: form.number('deadlineMs') }),
  );
  return viewOf(reply);
}

function statusOf(form: Form) {
  const status = STATUSES.find((one) => one === form.needText('status'));
  return status ?? form.fail('status', 'BASE_TYPE_CHOICES', `one of ${STATUSES.join(', ')}`);
}

function whoJoins(form: Form): number | string {
  const raw = form.raw('who');
  return typeof raw === 'number' ? raw : form.needText('who');
}

function restOptions({ form, files, parts }: VerbCall) {
  const shared = present({ as: form.text('as'), reason: form.text('reason'), body: form.raw('body') });
  return { ...shared, files: files.readAll(form.raw('files'), parts) };
}

function says(call: VerbCall) {
  const { form, files, parts } = call;
  return {
    ...present({
      as: form.text('as'),
      channel: form.text('channel'),
      content: form.text('content', { max: LONG }),
      replyTo: form.text('replyTo'),
      unchecked: form.flag('unchecked'),
    }),
    files: files.readAll(form.raw('files'), parts),
  };
}

const as = (form: Form) => present({ as: form.text('as') });
const target = (form: Form): string => form.needText('message');

/** What people can do over HTTP, by the verb's name. `docs/engineers/sandbox.md` lists the fields. */
export const VERBS: Readonly<Record<string, Verb>> = {
  slash: async (call) => viewOf(await call.sandbox.slash(call.form.needText('name'), optionsOf(call), who(call.form))),
  userMenu: async ({ sandbox, form }) =>
    viewOf(await sandbox.userMenu(form.needText('name'), form.needText('target'), who(form))),
  messageMenu: async ({ sandbox, form }) =>
    viewOf(await sandbox.messageMenu(form.needText('name'), target(form), who(form))),
  autocomplete: (call) =>
    call.sandbox.autocomplete(
      call.form.needText('name'),
      optionsOf(call),
      call.form.needText('focused'),
      who(call.form),
    ),
  click: async ({ sandbox, form }) => viewOf(await sandbox.click(target(form), form.needText('customId'), who(form))),
  select: async ({ sandbox, form }) =>
    viewOf(
      await sandbox.select(
        target(form),
        form.needText('customId'),
        (form.items('values') ?? []).map(String),
        who(form),
      ),
    ),
  submitModal: async ({ sandbox, form }) => viewOf(await sandbox.submitModal(modalOf(form), valuesOf(form), who(form))),
  reply: laterReply,
  message: (call) => call.sandbox.message(says(call)),
  edit: ({ sandbox, form }) => sandbox.edit(target(form), form.text('content', { max: LONG }) ?? ''),
  delete: ({ sandbox, form }) => sandbox.delete(target(form), as(form)),
  react: ({ sandbox, form }) => sandbox.react(target(form), form.needText('emoji'), as(form)),
  unreact: ({ sandbox, form }) => sandbox.unreact(target(form), form.needText('emoji'), as(form)),
  typing: ({ sandbox, form }) => sandbox.typing(present({ as: form.text('as'), channel: form.text('channel') })),
  join: ({ sandbox, form }) =>
    sandbox.join(
      whoJoins(form),
      present({
        accountAgeDays: form.number('accountAgeDays'),
        invite: form.text('invite'),
        names: form.items('names', { max: 10_000 })?.map(String),
      }),
    ),
  leave: ({ sandbox, form }) => sandbox.leave(form.needText('who')),
  autoModTimeout: ({ sandbox, form }) =>
    sandbox.autoModTimeout(form.needText('who'), {
      rule: form.needText('rule'),
      channel: form.needText('channel'),
      seconds: form.number('seconds', { min: 1, max: 2_419_200 }) ?? 60,
    }),
  presence: ({ sandbox, form }) => sandbox.presence(form.needText('who'), statusOf(form)),
  voice: ({ sandbox, form }) => sandbox.voice(form.needText('who'), form.text('channel') ?? null),
  directMessages: ({ sandbox, form }) => sandbox.directMessages(form.needText('who'), form.flag('open') ?? true),
  post: ({ sandbox, form, files, parts }) =>
    sandbox.posting.start({
      perSecond: form.number('perSecond', { min: 0, max: 100_000 }) ?? 0,
      files: files.readAll(form.raw('files'), parts),
      ...present({
        seconds: form.number('seconds', { min: 0 }),
        channel: form.text('channel'),
        contents: form.items('contents', { max: 10_000 })?.map(String),
      }),
    }),
  posted: ({ sandbox }) => sandbox.posting.progress,
  addGuild: ({ sandbox, form }) => sandbox.addGuild(form.needText('name')),
  addBot: ({ sandbox, form }) =>
    sandbox.addBot(present({ name: form.text('name'), id: form.text('id'), by: form.text('by') })),
  removeBot: ({ sandbox, form }) => sandbox.removeBot(form.needText('id')),
  removeGuild: ({ sandbox, form }) => sandbox.removeGuild(form.needText('id')),
  outage: ({ sandbox, form }) => sandbox.outage(form.needText('id'), form.flag('unavailable') ?? true),
  rest: (call) =>
    call.sandbox.rest(call.form.needText('method'), call.form.needText('path', { max: LONG }), restOptions(call)),
  raw: ({ sandbox, form }) => sandbox.raw(form.needText('event'), form.raw('data')),
  rawInteraction: ({ sandbox, form }) => sandbox.rawInteraction(payloadOf(form)),
  upload: ({ form, files, parts }) => ({ upload: files.keep(files.read(form.raw('file'), parts)) }),
  journal: ({ sandbox, form }) =>
    sandbox.journal.after(form.int('since') ?? 0, form.number('deadlineMs', { min: 0, max: 60_000 }) ?? 0),
};

function payloadOf(form: Form): object {
  const payload = form.raw('payload');
  if (!isRecord(payload)) throw new SandboxError('payload is an object');
  return payload;
}
