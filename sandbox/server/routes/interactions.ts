import { ApiError, unknown } from '../api-error.ts';
import { type Call, openRoute } from '../http/define-route.ts';
import { readMessage, refuseEmpty } from '../messages/body.ts';
import { readModal } from '../messages/modals.ts';
import { createReply, editReply, LOADING } from '../replies.ts';
import { timeOf } from '../snowflake.ts';
import type { Answer, Interaction } from '../state/interactions.ts';
import type { State } from '../state/state.ts';

type Callback = Call<'interaction_id' | 'interaction_token'>;

const PONG = 1;
const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const AUTOCOMPLETE = 8;
const MODAL = 9;

/** How long Discord waits for the first answer. */
const ACK_WINDOW = 3_000;
const AUTOCOMPLETE_TYPE = 4;
const MODAL_SUBMIT_TYPE = 5;

function find({ state, params }: Callback): Interaction {
  const interaction = state.interactions.get(params.interaction_id);
  if (!interaction || interaction.token !== params.interaction_token) throw unknown('interaction');
  if (interaction.answer) throw new ApiError(400, 40060, 'Interaction has already been acknowledged.');
  if (state.now() - timeOf(interaction.id) > ACK_WINDOW) throw unknown('interaction');
  return interaction;
}

function answer(call: Callback): unknown {
  const { state, body, receivedAt } = call;
  const interaction = find(call);
  const type = body.oneOf('type', [PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL]);
  if (type === undefined) body.required('type');
  refuseMismatch(call, interaction, type ?? MESSAGE);
  const given = carryOut(call, interaction, type ?? MESSAGE);
  interaction.answer = given;
  interaction.ackMs = receivedAt - interaction.writtenAt;
  state.emit({
    t: 'SANDBOX_INTERACTION_ACK',
    d: {
      id: interaction.id,
      kind: given.kind,
      ack_ms: interaction.ackMs,
      name: interaction.name,
      user_id: interaction.user,
      channel_id: interaction.channel,
    },
    reader: interaction.user,
  });
  interaction.changed();
  return call.query.get('with_response') === 'true' ? responseView(state, interaction, type ?? MESSAGE) : undefined;
}

function refuseMismatch({ body }: Callback, interaction: Interaction, type: number): void {
  const isAutocomplete = interaction.type === AUTOCOMPLETE_TYPE;
  const updates = type === DEFERRED_UPDATE || type === UPDATE;
  const wrong =
    isAutocomplete !== (type === AUTOCOMPLETE) ||
    (updates && !interaction.source) ||
    (type === MODAL && interaction.type === MODAL_SUBMIT_TYPE);
  if (wrong)
    body.fail(
      'type',
      'INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE',
      'This callback type does not fit this interaction',
    );
}

const EPHEMERAL = 64;

function carryOut(call: Callback, interaction: Interaction, type: number): Answer {
  const { state, body, files } = call;
  const data = body.child('data');
  switch (type) {
    case MESSAGE: {
      const message = readMessage(body.needChild('data'), { files, ephemeral: true });
      refuseEmpty(message);
      interaction.ephemeral = (message.flags & EPHEMERAL) !== 0;
      interaction.original = createReply(state, interaction, message).id;
      return { kind: 'message' };
    }
    case DEFERRED_MESSAGE:
      interaction.ephemeral = ((data?.int('flags') ?? 0) & EPHEMERAL) !== 0;
      interaction.original = createReply(state, interaction, { flags: LOADING }).id;
      interaction.owed = true;
      return { kind: 'deferred' };
    case UPDATE: {
      const source = sourceOf(state, interaction);
      interaction.original = source.id;
      if (data) editReply(state, source, readMessage(data, { files, flags: source.flags ?? 0 }));
      return { kind: 'update' };
    }
    case DEFERRED_UPDATE:
      interaction.original = sourceOf(state, interaction).id;
      interaction.owed = true;
      return { kind: 'deferred-update' };
    case AUTOCOMPLETE:
      return { kind: 'autocomplete', choices: readChoices(call) };
    case MODAL:
      return { kind: 'modal', modal: { ...readModal(body.needChild('data')), interactionId: interaction.id } };
    default:
      return { kind: 'pong' };
  }
}

function sourceOf(state: State, interaction: Interaction) {
  const source = state.messages.get(interaction.source?.id ?? '');
  if (!source) throw unknown('message');
  return source;
}

function readChoices({ body }: Callback) {
  const data = body.needChild('data');
  const read = data.list(
    'choices',
    (choice) => {
      const name = choice.needText('name', { min: 1, max: 100 });
      choice.required('value');
      const raw = choice.raw('value');
      const value = typeof raw === 'number' ? raw : choice.needText('value', { max: 100 });
      return { name, value };
    },
    { max: 25 },
  );
  return read ?? [];
}

function responseView(state: State, interaction: Interaction, type: number): object {
  const message = interaction.original === undefined ? undefined : state.messages.get(interaction.original);
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && { response_message_id: message.id }),
      response_message_loading: type === DEFERRED_MESSAGE,
      response_message_ephemeral: interaction.ephemeral,
      channel_id: interaction.channel,
      ...(interaction.guild !== undefined && { guild_id: interaction.guild }),
    },
    ...(message && type !== DEFERRED_UPDATE && { resource: { type, message } }),
  };
}

export const interactionRoutes = [
  openRoute('POST', '/interactions/{interaction_id}/{interaction_token}/callback', answer),
];
