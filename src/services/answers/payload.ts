import type { RawFile } from 'discord.js';
import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SelectMenuDefaultValueType,
} from 'discord-api-types/v10';
import type { Answer, Attached, Button, LinkButton, Part, Select, SelectOption, Tone } from './answer.ts';
import { fitFields, fitLines } from './fit.ts';
import { clip, type Reader, render, renderPlain } from './words.ts';

/** What is sent to Discord: the body and the files beside it. */
export interface Payload {
  readonly body: {
    readonly flags: number;
    readonly components: APIMessageTopLevelComponent[];
    readonly allowed_mentions: { readonly parse: readonly never[] };
  };
  readonly files: readonly RawFile[];
  /** The answer proper is still to come. */
  readonly interim: boolean;
}

const COLOURS: Record<Tone, number> = { info: 0x3b82f6, good: 0x22a55b, warning: 0xe0a800, bad: 0xd83c3e };
/** Discord's limit on all text displays of one message together. */
const TEXT_BUDGET = 4_000;
/** What Discord takes in one message, however deep they stand. */
const MOST_COMPONENTS = 40;
const MOST_CARDS = 4;
/** What the longest part may take: there is room left for what comes after it. */
export const PART_BUDGET = 3_000;
/** What comes last: with all that a server may have members told about objections. */
const NEXT_BUDGET = 600;

/** The component id of a card that stands for an answer to come: what it is can still be seen when its maker is gone. */
const INTERIM_ID = 1_000_000;

/** Whether this message of ours, as Discord gives it back, is "thinking…" or a card that was to be replaced. */
export function isUnfinished(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { flags, components } = message as { readonly flags?: unknown; readonly components?: unknown };
  if (typeof flags === 'number' && (flags & MessageFlags.Loading) !== 0) return true;
  const [card] = Array.isArray(components) ? components : [];
  return typeof card === 'object' && card !== null && 'id' in card && card.id === INTERIM_ID;
}

/** Renders an answer in the reader's language as components v2. Nobody is pinged by it. */
export function toPayload(answer: Answer, reader: Reader): Payload {
  const cards = [answer, ...(answer.also ?? [])].slice(0, MOST_CARDS);
  const budget = new Budget(Math.floor(TEXT_BUDGET / cards.length));
  const attached = cards.flatMap((card, at) => named(card, at));
  return {
    body: {
      flags: MessageFlags.IsComponentsV2 | (answer.visible === 'private' ? MessageFlags.Ephemeral : 0),
      components: cards.map((card, at) =>
        container(card, { at, reader, budget: budget.share(), room: Math.floor(MOST_COMPONENTS / cards.length) }),
      ),
      allowed_mentions: { parse: [] },
    },
    files: attached.map(({ name, bytes }) => ({ name, data: Buffer.from(bytes) })),
    interim: answer.interim ?? false,
  };
}

interface Place {
  /** Which card of the message it is. */
  readonly at: number;
  readonly reader: Reader;
  readonly budget: Budget;
  /** Components it may have, itself included. */
  readonly room: number;
}

function container(answer: Answer, { at, reader, budget, room }: Place): APIContainerComponent {
  const heading = answer.title === undefined ? '' : budget.take(`### ${render(answer.title, reader)}`, 300);
  const next = answer.next === undefined ? '' : budget.take(`-# ${render(answer.next, reader)}`, NEXT_BUDGET);
  const components: APIComponentInContainer[] = [];
  if (heading !== '') components.push(headed(heading, answer.thumbnail));
  for (const part of fitting(answer, room)) {
    const component = toComponent(part, reader, budget);
    if (component) components.push(component);
  }
  const pictures = (answer.pictures ?? []).map(({ name, description, spoiler = false }) => ({
    media: { url: `attachment://${nameIn(at, name)}` },
    ...(description !== undefined && { description: described(description) }),
    ...(spoiler && { spoiler }),
  }));
  if (pictures.length > 0) components.push({ type: ComponentType.MediaGallery, items: pictures });
  for (const { name } of answer.files ?? []) {
    components.push({ type: ComponentType.File, file: { url: `attachment://${nameIn(at, name)}` } });
  }
  if (next !== '') components.push({ type: ComponentType.TextDisplay, content: next });
  const id = answer.interim ? { id: INTERIM_ID } : {};
  return { type: ComponentType.Container, ...id, accent_color: COLOURS[answer.tone], components };
}

/** The parts there is room for: what is shown of a file gives way first, then what stands last. */
function fitting({ title, next, thumbnail, parts, pictures = [], files = [] }: Answer, room: number): readonly Part[] {
  const around =
    1 +
    (title === undefined ? 0 : 1) +
    (thumbnail === undefined ? 0 : 2) +
    (next === undefined ? 0 : 1) +
    (pictures.length > 0 ? 1 : 0) +
    files.length;
  const kept = [...parts];
  const taken = () => kept.reduce((sum, part) => sum + componentsIn(part), around);
  while (kept.length > 0 && taken() > room) {
    const code = kept.findLastIndex(({ kind }) => kind === 'code');
    kept.splice(code === -1 ? kept.length - 1 : code, 1);
  }
  return kept;
}

function componentsIn(part: Part): number {
  if (part.kind === 'buttons') return 1 + Math.min(5, part.buttons.length);
  return part.kind === 'select' ? 2 : 1;
}

/** Files of several cards must not share a name. */
function nameIn(card: number, name: string): string {
  return card === 0 ? name : `${card + 1}-${name}`;
}

function named({ files = [], pictures = [] }: Answer, card: number): readonly Attached[] {
  return [...pictures, ...files].map((one) => ({ ...one, name: nameIn(card, one.name) }));
}

/** Hands out what is left of Discord's text limit, so that a long answer is cut and never refused. */
class Budget {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  /** Another card's part of the message, of the same size. */
  share(): Budget {
    return new Budget(this.#left);
  }

  /** What the next part may take. */
  get room(): number {
    return Math.min(PART_BUDGET, this.#left);
  }

  get half(): number {
    return Math.ceil(this.#left / 2);
  }

  take(text: string, max = PART_BUDGET): string {
    const room = Math.min(max, this.#left);
    const taken = room < 2 ? '' : clip(text, room);
    this.#left -= taken.length;
    return taken;
  }
}

function headed(content: string, thumbnail: string | undefined): APIComponentInContainer {
  if (thumbnail === undefined) return { type: ComponentType.TextDisplay, content };
  return {
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content }],
    accessory: { type: ComponentType.Thumbnail, media: { url: thumbnail } },
  };
}

function toComponent(part: Part, reader: Reader, budget: Budget): APIComponentInContainer | undefined {
  switch (part.kind) {
    case 'text':
      return display(budget.take(render(part.text, reader)));
    case 'small':
      return display(budget.take(`-# ${render(part.text, reader)}`));
    case 'fields':
      return display(budget.take(fitFields(part.fields, budget.room, reader)));
    case 'lines': {
      const title = part.title === undefined ? [] : [`**${render(part.title, reader)}**`];
      const lines = [...title, ...part.lines.map((line) => render(line, reader))];
      return display(budget.take(fitLines(lines, budget.room, reader)));
    }
    case 'points': {
      // However much there is to say against a file, there is room left for what it is.
      const points = part.points.map((point) => `- ${render(point, reader)}`);
      return display(budget.take(fitLines(points, budget.half, reader)));
    }
    case 'code':
      return display(fenced(part.text, part.language, budget));
    case 'picture': {
      const { url, description } = part;
      return { type: ComponentType.MediaGallery, items: [{ media: { url }, description: described(description) }] };
    }
    case 'line':
      return { type: ComponentType.Separator };
    case 'buttons':
      return row(part.buttons.slice(0, 5).map((button) => toButton(button, reader)));
    case 'select':
      return row([toSelect(part.select, reader)]);
    default: {
      const never: never = part;
      return never;
    }
  }
}

function described(description: string): string {
  return clip(description.toWellFormed(), 1_000);
}

function display(content: string): APIComponentInContainer | undefined {
  return content === '' ? undefined : { type: ComponentType.TextDisplay, content };
}

function fenced(text: string, language: string | undefined, budget: Budget): string {
  const open = `\`\`\`${language ?? ''}\n`;
  const close = '\n```';
  const room = PART_BUDGET - open.length - close.length;
  const safe = clip(text.toWellFormed().replaceAll('```', 'ˋˋˋ'), room);
  const taken = budget.take(`${open}${safe}${close}`);
  return taken === '' || taken.endsWith(close) ? taken : `${taken.slice(0, -close.length)}${close}`;
}

function row(components: APIComponentInMessageActionRow[]): APIActionRowComponent<APIComponentInMessageActionRow> {
  return { type: ComponentType.ActionRow, components };
}

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

function toButton(button: Button | LinkButton, reader: Reader): APIComponentInMessageActionRow {
  const label = clip(renderPlain(button.label, reader), 80);
  if ('url' in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url };
  return {
    type: ComponentType.Button,
    style: STYLES[button.style ?? 'secondary'],
    label,
    custom_id: button.customId,
    disabled: button.disabled ?? false,
  };
}

function toSelect(select: Select, reader: Reader): APIComponentInMessageActionRow {
  const shared = {
    custom_id: select.customId,
    ...(select.placeholder !== undefined && { placeholder: clip(renderPlain(select.placeholder, reader), 150) }),
  };
  if (select.of === 'text') {
    return {
      type: ComponentType.StringSelect,
      ...shared,
      options: select.options.slice(0, 25).map((o) => toOption(o, reader)),
    };
  }
  const range = { min_values: select.min ?? 1, max_values: select.max ?? 1 };
  const chosen = (select.chosen ?? []).slice(0, range.max_values);
  switch (select.of) {
    case 'user':
      return {
        type: ComponentType.UserSelect,
        ...shared,
        ...range,
        default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.User })),
      };
    case 'role':
      return {
        type: ComponentType.RoleSelect,
        ...shared,
        ...range,
        default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
      };
    case 'mentionable':
      return { type: ComponentType.MentionableSelect, ...shared, ...range };
    case 'channel':
      return {
        type: ComponentType.ChannelSelect,
        ...shared,
        ...range,
        default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
        ...(select.channelTypes && { channel_types: [...select.channelTypes] }),
      };
    default: {
      const never: never = select;
      return never;
    }
  }
}

/** An option of a select menu, in a message or in a form. */
export function toOption(option: SelectOption, reader: Reader) {
  return {
    value: option.value,
    label: clip(renderPlain(option.label, reader), 100),
    ...(option.description !== undefined && { description: clip(renderPlain(option.description, reader), 100) }),
    default: option.selected ?? false,
  };
}
