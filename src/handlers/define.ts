import type { Static, TObject } from '@sinclair/typebox';
import type {
  AnySelectMenuInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ClientEvents,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
  UserContextMenuCommandInteraction,
} from 'discord.js';
import type {
  GatewayDispatchEvents,
  GatewayGuildAuditLogEntryCreateDispatchData,
  GatewayGuildMemberAddDispatchData,
  GatewayGuildMemberRemoveDispatchData,
  GatewayGuildMemberUpdateDispatchData,
  GatewayMessageCreateDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageUpdateDispatchData,
  GatewayThreadDeleteDispatchData,
} from 'discord-api-types/v10';
import type { Context } from '../context.ts';
import type { Answer, Visible } from '../services/answers/answer.ts';
import { encodeCustomId } from '../services/answers/custom-id.ts';
import type { Reader, Said } from '../services/answers/words.ts';
import type { Form } from './form.ts';
import type { OptionSet, Values } from './options.ts';
import type { Registry } from './registry.ts';

/** What every handler of an interaction gets beside its own input. */
export interface Asked<I> {
  readonly interaction: I;
  /** Aborted when the deadline passes or the bot stops. */
  readonly signal: AbortSignal;
  /** Language and catalogue of the person who asked. */
  readonly reader: Reader;
  /** Sends the answer now, or edits it when there is one already. What a handler returns goes the same way. */
  readonly answer: (answer: Answer) => Promise<void>;
  /** Sends something beside the answer, for the person alone; only when there is an answer, if only of how far it is. */
  readonly beside: (answer: Answer) => Promise<void>;
  /** What is asked for may be done from now on, whatever becomes of the answer: what is said if this fails, in place of "try again". */
  readonly ifCutOff: (said: Said) => void;
  /** Everything the bot can be asked, for those who explain it. */
  readonly registry: Registry;
  /** Opens a form; only as the first answer. */
  readonly openForm: (form: Form) => Promise<void>;
}

/** What a handler gives back: an answer to send, or nothing when all has been said. */
export type Given = Answer | undefined;

/** Who may, how often, how long. Deny by default is the dispatcher's: what is not allowed here is refused. */
export interface Rules {
  /** Discord permissions the member needs, all of them, in the whole server. */
  readonly needs?: bigint;
  /** Whether `needs` counts as the channel has it where it is used, for what concerns that channel alone [false]. */
  readonly inChannel?: boolean;
  /** Discord permissions the bot needs in the channel. */
  readonly botNeeds?: bigint;
  /** Only the operators: `OWNER_IDS`, or the application's owner or team. */
  readonly ownersOnly?: boolean;
  /** Where it can be used; in a server unless said. */
  readonly where?: 'server' | 'anywhere';
  /** Uses per person; 5 in 10 seconds unless said. */
  readonly cooldown?: { readonly uses: number; readonly seconds: number };
  /** Milliseconds until the work is given up; 30,000 unless said. */
  readonly deadlineMs?: number;
  /** Who sees the answer, also when the ack guard has to defer; everybody unless said. */
  readonly visible?: Visible;
  /** Defers at once, for what may take over two seconds. */
  readonly defer?: Visible;
  /** Opens a form, always or when it is asked for like this, which cannot follow a deferral: the ack guard leaves it alone. */
  readonly opensForm?: boolean | ((interaction: Interaction) => boolean);
}

export interface Command<O extends OptionSet = OptionSet> extends Rules {
  readonly kind: 'command';
  readonly options: O;
  readonly components: readonly AnyComponent[];
  readonly menus: readonly AnyMenu[];
  readonly run: (
    asked: Asked<ChatInputCommandInteraction> & { readonly options: Values<O> },
    context: Context,
  ) => Promise<Given>;
}

type CommandSpec<O extends OptionSet> = Rules & {
  readonly options?: O;
  readonly components?: readonly AnyComponent[];
  readonly menus?: readonly AnyMenu[];
  readonly run: (
    asked: Asked<ChatInputCommandInteraction> & { readonly options: Values<O> },
    context: Context,
  ) => Promise<Given> | Given;
};

/** A slash command or one subcommand. Its name is its file's; its texts are catalogue keys under `commands.<name>`. */
// biome-ignore lint/complexity/noBannedTypes: `{}` is what "no options" infers to.
export function defineCommand<const O extends OptionSet = {}>(spec: CommandSpec<O>): Command {
  const { options, components = [], menus = [], run, ...rules } = spec;
  const made = {
    kind: 'command',
    options: options ?? {},
    components,
    menus,
    run: async (a: never, c: Context) => run(a, c),
    ...rules,
  };
  return made as unknown as Command; // the options' types are the definition's own business
}

interface MenuParts extends Rules {
  /** Its texts are catalogue keys under `menus.<id>`. */
  readonly id: string;
  /** The command to which it is but another way, by whose rank it goes [a rank of its own]. */
  readonly sameAs?: string;
}

export interface UserMenu extends MenuParts {
  readonly kind: 'user-menu';
  readonly run: (asked: Asked<UserContextMenuCommandInteraction>, context: Context) => Promise<Given>;
}

export interface MessageMenu extends MenuParts {
  readonly kind: 'message-menu';
  readonly run: (asked: Asked<MessageContextMenuCommandInteraction>, context: Context) => Promise<Given>;
}

export type AnyMenu = UserMenu | MessageMenu;

export function defineUserMenu(spec: Omit<UserMenu, 'kind'>): UserMenu {
  return { kind: 'user-menu', ...spec };
}

export function defineMessageMenu(spec: Omit<MessageMenu, 'kind'>): MessageMenu {
  return { kind: 'message-menu', ...spec };
}

interface Interactions {
  readonly button: ButtonInteraction;
  readonly 'text-select': StringSelectMenuInteraction;
  readonly select: AnySelectMenuInteraction;
  readonly form: ModalSubmitInteraction;
}
export type ComponentKind = keyof Interactions;

interface ComponentSpec<K extends ComponentKind, S extends TObject> extends Rules {
  readonly kind: K;
  /** Unique among all components; part of every custom id. */
  readonly id: string;
  /** Raise it when the state changes shape: older buttons are then answered with "run it again". */
  readonly version: number;
  /** What the component remembers; flat. It lives in the custom id and so survives a restart. */
  readonly state: S;
  /** Whether the answer replaces the message the component stands in (so for buttons and selects unless said). */
  readonly updates?: boolean;
  readonly run: (
    asked: Asked<Interactions[K]> & { readonly state: Static<S>; readonly values: readonly string[] },
    context: Context,
  ) => Promise<Given> | Given;
}

export interface AnyComponent extends Rules {
  readonly kind: ComponentKind;
  readonly id: string;
  readonly version: number;
  readonly state: TObject;
  readonly updates: boolean;
  readonly run: (
    asked: Asked<Interactions[ComponentKind]> & { readonly state: unknown; readonly values: readonly string[] },
    context: Context,
  ) => Promise<Given>;
}

export interface Component<S extends TObject> extends AnyComponent {
  /** The id to put on a button, select or form, with what it shall remember. */
  readonly customId: (state: Static<S>) => string;
}

/** A button, select menu or form that still works after a restart. Stands in the file of the feature that owns it. */
export function defineComponent<K extends ComponentKind, const S extends TObject>(
  spec: ComponentSpec<K, S>,
): Component<S> {
  const { id, version, state } = spec;
  const made = {
    ...spec,
    updates: spec.updates ?? spec.kind !== 'form',
    run: async (asked: never, context: Context) => spec.run(asked, context),
    customId: (value: Static<S>) => encodeCustomId(id, version, state, value),
  };
  return made as unknown as Component<S>; // narrowed to its own interaction by the dispatcher, which checks the kind
}

/** What comes too often for an object of discord.js and a promise each, or is to be heard before its caches are changed: Discord's own words. */
interface Packets {
  readonly [GatewayDispatchEvents.MessageCreate]: GatewayMessageCreateDispatchData;
  readonly [GatewayDispatchEvents.MessageUpdate]: GatewayMessageUpdateDispatchData;
  readonly [GatewayDispatchEvents.MessageDelete]: GatewayMessageDeleteDispatchData;
  readonly [GatewayDispatchEvents.MessageDeleteBulk]: GatewayMessageDeleteBulkDispatchData;
  readonly [GatewayDispatchEvents.GuildMemberAdd]: GatewayGuildMemberAddDispatchData;
  readonly [GatewayDispatchEvents.GuildMemberRemove]: GatewayGuildMemberRemoveDispatchData;
  readonly [GatewayDispatchEvents.GuildMemberUpdate]: GatewayGuildMemberUpdateDispatchData;
  readonly [GatewayDispatchEvents.ThreadDelete]: GatewayThreadDeleteDispatchData;
  readonly [GatewayDispatchEvents.GuildAuditLogEntryCreate]: GatewayGuildAuditLogEntryCreateDispatchData;
}

export interface PacketHandler {
  readonly packet: keyof Packets;
  readonly run: (context: Context, data: never) => void;
}

/** Hears of one kind of event as the gateway tells it. It is run at once and must be quick; what it starts it looks after itself. */
export function definePacket<const P extends keyof Packets>(spec: {
  readonly packet: P;
  readonly run: (context: Context, data: Packets[P]) => void;
}): PacketHandler {
  return spec;
}

export interface EventHandler {
  readonly on: keyof ClientEvents;
  readonly concerns?: Concerns;
  readonly run: (context: Context, ...args: never[]) => Promise<void> | void;
}

/** Whether a handler has anything to do with a message, as far as Discord's own words tell; it is asked of every one. */
type Concerns = (context: Context, message: Packets[GatewayDispatchEvents.MessageCreate]) => boolean;

/**
 * One gateway event handler. What it throws is logged at the one catch in `dispatch-events.ts`. Where no handler of messages says that it
 * `concerns` it (all, if not given), discord.js makes no object of a message.
 */
export function defineEvent<K extends keyof ClientEvents>(spec: {
  readonly on: K;
  readonly concerns?: Concerns;
  readonly run: (context: Context, ...args: ClientEvents[K]) => Promise<void> | void;
}): EventHandler {
  return spec as unknown as EventHandler; // the arguments are those of its own event
}
