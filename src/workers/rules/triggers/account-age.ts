import { defineLook, whole } from '../look.ts';

const HOUR_MS = 3_600_000;

export default defineLook('account-age', {
  cost: 'nothing',
  look({ underHours }, { input: { author } }) {
    const hours = author.accountMs / HOUR_MS;
    return whole(hours < underHours, { hours: Math.max(0, Math.floor(hours)) });
  },
});
