import { Events } from 'discord.js';
import { lastingCase } from '../../db/cases.ts';
import { defineEvent } from '../define.ts';

/** Has whoever left while they were in jail, and comes back, put into it again. */
export default defineEvent({
  on: Events.GuildMemberAdd,
  async run({ db, now, timers }, { id: target, guild: { id: guild } }) {
    const jailed = await lastingCase(db, { guild, target, type: 'jail' }, now());
    if (!jailed) return;
    const payload = { case: jailed.number };
    await timers.add({ kind: 'jail-again', owner: target, guild, payload, due: now(), zone: 'UTC' });
  },
});
