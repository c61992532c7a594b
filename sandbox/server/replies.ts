import { type APIMessage, type APIMessageInteractionMetadata, MessageType } from 'discord-api-types/v10';
import type { MessageBody } from './messages/body.ts';
import { createMessage, type MessageContent } from './state/create-message.ts';
import { amendMessage, editMessage } from './state/edit-message.ts';
import type { Interaction } from './state/interactions.ts';
import type { State } from './state/state.ts';

/** The flag of a message that stands in for an answer to come: "Rockhopper is thinking...". */
export const LOADING = 128;

const COMMAND = 2;
const COMPONENT = 3;
const TYPES: Readonly<Record<string, MessageType>> = {
  slash: MessageType.ChatInputCommand,
  menu: MessageType.ContextMenuCommand,
};

/** What an interaction brings forth is a message of the bot that tells who asked for it. */
export function createReply(state: State, interaction: Interaction, content: MessageContent): APIMessage {
  const { source } = interaction;
  const channel = state.channel(interaction.channel);
  const replies = interaction.type === COMPONENT && source && !state.ephemerals.has(source.id);
  return createMessage(state, {
    ...content,
    channel,
    author: state.bot,
    type: interaction.type === COMMAND ? (TYPES[interaction.menu ? 'menu' : 'slash'] ?? 0) : MessageType.Default,
    ...(replies && { replyTo: state.messages.get(source.id) ?? source, type: MessageType.Reply }),
    extra: metadataOf(state, interaction),
    ...(interaction.ephemeral && { ephemeralFor: interaction.user }),
  });
}

function metadataOf(state: State, interaction: Interaction): Partial<APIMessage> {
  const user = state.user(interaction.user);
  const { id, type, name, source, guild } = interaction;
  const shared = { id, user, authorizing_integration_owners: guild === undefined ? { 1: user.id } : { 0: guild } };
  const command: APIMessageInteractionMetadata = { ...shared, type: COMMAND };
  const metadata: APIMessageInteractionMetadata =
    type === COMMAND
      ? command
      : type === COMPONENT
        ? { ...shared, type: COMPONENT, interacted_message_id: source?.id ?? '' }
        : { ...shared, type: 5, triggering_interaction_metadata: command };
  return {
    application_id: state.application.id,
    webhook_id: state.application.id,
    interaction_metadata: metadata,
    ...(type === COMMAND && { interaction: { id, type: COMMAND, name, user } }),
  };
}

/** An edit; the first one after a deferral is the answer itself and leaves no trace of an edit. */
export function editReply(state: State, message: APIMessage, body: MessageBody): APIMessage {
  const wasLoading = ((message.flags ?? 0) & LOADING) !== 0;
  if (!wasLoading) return editMessage(state, message, state.channel(message.channel_id), body);
  const ready = amendMessage(state, message, { flags: (message.flags ?? 0) & ~LOADING });
  return editMessage(state, ready, state.channel(message.channel_id), body);
}
