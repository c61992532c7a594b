import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { StoppingError } from '../../lib/errors.ts';
import type { Edit } from '../../services/automod/edits.ts';
import { wholeOf } from '../../services/automod/whole.ts';
import { definePacket } from '../define.ts';

const DEADLINE_MS = 30_000;

/** What people make of their messages later is judged like what they write. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageUpdate,
  run(context, edit) {
    if (context.pipeline.edited(edit)) return;
    context.inFlight
      .track('reading an edited message', (signal) => readWhole(edit, context, signal), { deadlineMs: DEADLINE_MS })
      .catch((error: unknown) => {
        if (error instanceof StoppingError) return;
        context.log.warn({ error, message: edit.id }, 'an edited message could not be read, and is not judged');
      });
  },
});

/** Discord has told of a change alone: who wrote the message, and what is in it, is asked for. */
async function readWhole(edit: Edit, context: Context, signal: AbortSignal): Promise<void> {
  try {
    const whole = await wholeOf(edit, context, signal);
    if (whole) context.pipeline.edited(whole);
  } catch (error) {
    const gone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
    if (!gone) throw error;
  }
}
