import { Type } from '@sinclair/typebox';
import type { BaseInteraction, GuildMember } from 'discord.js';
import type { Context } from '../context.ts';
import { ask, judgeAnswer } from '../db/verifications.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { renderPlain, t, timestamp } from '../services/answers/words.ts';
import { answerOf, someLetters, someSum } from '../services/verification/challenge.ts';
import { asksMore, fail, pass, type Verifying, verifyingOf } from '../services/verification/verify.ts';
import { type AnyComponent, type Asked, defineComponent, type Rules } from './define.ts';
import { fieldOf } from './find.ts';

/** Everybody's: what is needed is that they have not passed yet. */
const RULES = { visible: 'private', cooldown: { uses: 6, seconds: 60 } } as const satisfies Rules;
const MINUTE_MS = 60_000;
/** A question that nobody has answered by then is forgotten. */
const OPEN_MS = 10 * MINUTE_MS;
const LONGEST_ANSWER = 20;

const How = Type.Union([Type.Literal('picture'), Type.Literal('question')]);
const State = Type.Object({ challenge: Type.String({ pattern: '^[0-9a-f-]{36}$' }), how: How });

/** Stands under the message in the server's channel. */
export const beginButton = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'verify.begin',
  version: 1,
  state: Type.Object({}),
  updates: false,
  async run(asked, context) {
    const member = memberOf(asked.interaction);
    const verifying = await verifyingOf(member, context);
    if (await asksMore(member.guild.id, verifying, context)) return await askPicture(member, asked, context);
    await pass(member, 'button', context, asked.signal);
    return say('verification.done', {}, { tone: 'good' });
  },
});

const again = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'verify.again',
  version: 1,
  state: Type.Object({ how: How }),
  async run(asked, context) {
    const member = memberOf(asked.interaction);
    await verifyingOf(member, context);
    return asked.state.how === 'picture'
      ? await askPicture(member, asked, context)
      : await askQuestion(member, asked, context);
  },
});

const answerForm = defineComponent({
  ...RULES,
  kind: 'form',
  id: 'verify.form',
  version: 1,
  state: State,
  updates: false,
  async run({ interaction, state, signal }, context) {
    const member = memberOf(interaction);
    const verifying = await verifyingOf(member, context);
    const at = context.now();
    const barredUntil = new Date(at.getTime() + verifying.waitMinutes * MINUTE_MS);
    const judged = await judgeAnswer(
      context.db,
      { guild: member.guild.id, member: member.id },
      {
        ...{ challenge: state.challenge, answer: answerOf(fieldOf(interaction, 'answer')), at, barredUntil },
        ...{ since: new Date(at.getTime() - OPEN_MS), attempts: verifying.attempts },
      },
    );
    if (!judged) throw new UserError('verification.old');
    if (judged.right) {
      await pass(member, state.how, context, signal);
      return say('verification.done', {}, { tone: 'good' });
    }
    if (judged.barred) return await noneLeft(member, verifying, barredUntil, context);
    return {
      tone: 'warning',
      parts: [
        { kind: 'text', text: t('verification.wrong', { count: verifying.attempts - judged.failures }) },
        { kind: 'buttons', buttons: otherButtons() },
      ],
    };
  },
});

const answerButton = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'verify.answer',
  version: 1,
  state: State,
  updates: false,
  opensForm: true,
  async run({ state, openForm }) {
    await openForm({
      customId: answerForm.customId(state),
      title: t('verification.form.title'),
      fields: [{ id: 'answer', label: t(`verification.form.${state.how}`), min: 1, max: LONGEST_ANSWER }],
    });
    return undefined;
  },
});

/** What whoever wants to pass presses and fills in. */
export const verificationComponents: readonly AnyComponent[] = [beginButton, again, answerButton, answerForm];

type Asking = Pick<Asked<BaseInteraction>, 'reader' | 'signal'>;

/** A picture of letters. Its description does not tell them; whoever cannot see it has a question instead. */
async function askPicture(member: GuildMember, { reader, signal }: Asking, context: Context): Promise<Answer> {
  const letters = someLetters();
  const challenge = await askFor(member, letters, context);
  const { png } = await context.workers.offload('drawCaptcha', { letters }, { signal });
  return {
    tone: 'info',
    title: t('verification.title'),
    pictures: [{ name: 'letters.png', bytes: png, description: renderPlain(t('verification.alt'), reader) }],
    parts: [
      { kind: 'text', text: t('verification.read') },
      { kind: 'buttons', buttons: [enterButton({ challenge, how: 'picture' }), ...otherButtons()] },
    ],
  };
}

async function askQuestion(member: GuildMember, _: Asking, context: Context): Promise<Answer> {
  const { left, right, solution } = someSum();
  const challenge = await askFor(member, solution, context);
  const numbers = { left: t(`verification.numbers.${left}`), right: t(`verification.numbers.${right}`) };
  return {
    tone: 'info',
    title: t('verification.title'),
    parts: [
      { kind: 'text', text: t('verification.sum', numbers) },
      { kind: 'buttons', buttons: [enterButton({ challenge, how: 'question' }), ...otherButtons()] },
    ],
  };
}

async function askFor(member: GuildMember, solution: string, { db, now }: Context): Promise<string> {
  const id = crypto.randomUUID();
  const barred = await ask(db, { guild: member.guild.id, member: member.id }, { id, solution, at: now() });
  if (barred) throw new UserError('verification.wait', { until: timestamp(barred) });
  return id;
}

async function noneLeft(member: GuildMember, verifying: Verifying, until: Date, context: Context): Promise<Answer> {
  const kicked = await fail(member, verifying, context);
  if (kicked) return say('verification.kicked', {}, { tone: 'bad' });
  return say('verification.noneLeft', { until: timestamp(until) }, { tone: 'bad' });
}

function enterButton(state: { readonly challenge: string; readonly how: 'picture' | 'question' }) {
  return { label: t('verification.enter'), style: 'primary', customId: answerButton.customId(state) } as const;
}

function otherButtons() {
  return [
    { label: t('verification.another'), customId: again.customId({ how: 'picture' }) },
    { label: t('verification.inWords'), customId: again.customId({ how: 'question' }) },
  ];
}

function memberOf(interaction: BaseInteraction): GuildMember {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  return interaction.member;
}
