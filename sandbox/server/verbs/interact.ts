import type { APIMessage } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { isRecord } from '../http/form.ts';
import { bitsOf, channelPermissions, has } from '../permissions.ts';
import type { Command } from '../state/commands.ts';
import type { Choice, ModalShown } from '../state/interactions.ts';
import { fillOptions, type OptionValues } from './option-values.ts';
import type { Reply } from './reply.ts';
import { Resolved } from './resolved.ts';
import { type InteractOptions, sendInteraction } from './send-interaction.ts';
import { channelOf, personId, roleId, type World } from './world.ts';

const SLASH = 1;
const USER_MENU = 2;
const MESSAGE_MENU = 3;
const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const MODAL_SUBMIT = 5;

function commandNamed(world: World, type: number, name: string, o: InteractOptions): Command | undefined {
  const command = [...world.state.commands.values()].find((one) => one.type === type && one.name === name);
  if (command || o.unchecked) return command;
  const names = [...world.state.commands.values()].filter((one) => one.type === type).map((one) => one.name);
  throw new SandboxError(`no command "${name}" is registered; registered are: ${names.join(', ') || 'none'}`);
}

/** Discord hides commands from those without the default permissions. */
function refuseUnpermitted(world: World, command: Command | undefined, o: InteractOptions): void {
  const needed = command?.default_member_permissions;
  if (o.unchecked || needed === undefined || needed === null) return;
  const { state } = world;
  const user = personId(world, o.as);
  const channel = channelOf(world, o.channel, user);
  const admin = bitsOf('Administrator');
  const bits = BigInt(needed) === 0n ? admin : BigInt(needed);
  if (channel.guild_id === undefined || has(channelPermissions(state, channel, user), bits)) return;
  throw new SandboxError(
    `${state.user(user).username} does not see the command "${command?.name}": its default permissions are ${needed} (pass { unchecked: true } to send it all the same)`,
  );
}

function dataOf(world: World, command: Command | undefined, name: string, type: number): object {
  return {
    id: command?.id ?? world.state.ids.next(),
    name,
    type,
    ...(command?.guild_id && { guild_id: command.guild_id }),
  };
}

/** `name` may go on with a subcommand: `config logs`. */
export function slash(world: World, name: string, values: OptionValues = {}, o: InteractOptions = {}): Promise<Reply> {
  const [first = '', ...path] = name.trim().replace(/^\//, '').split(/\s+/);
  const command = commandNamed(world, SLASH, first, o);
  refuseUnpermitted(world, command, o);
  const channel = channelOf(world, o.channel, personId(world, o.as)).id;
  const filling = { world, channel, unchecked: o.unchecked ?? false };
  const { options, resolved } = fillOptions(command, path, values, filling);
  const data = { ...dataOf(world, command, first, SLASH), options, ...resolvedOf(resolved) };
  return sendInteraction(world, o, { type: COMMAND, name: [first, ...path].join(' '), data });
}

function resolvedOf(resolved: Resolved): object {
  const json = resolved.toJson();
  return json ? { resolved: json } : {};
}

export async function autocomplete(
  world: World,
  name: string,
  values: OptionValues,
  focused: string,
  o: InteractOptions = {},
): Promise<readonly Choice[]> {
  const [first = '', ...path] = name.trim().split(/\s+/);
  const command = commandNamed(world, SLASH, first, o);
  const channel = channelOf(world, o.channel, personId(world, o.as)).id;
  const asked = { ...values, [focused]: values[focused] ?? '' };
  const filling = { world, channel, unchecked: o.unchecked ?? false, focused, partial: true };
  const { options, resolved } = fillOptions(command, path, asked, filling);
  const data = { ...dataOf(world, command, first, SLASH), options, ...resolvedOf(resolved) };
  const reply = await sendInteraction(world, o, { type: AUTOCOMPLETE, name: first, data });
  return reply.choices ?? [];
}

export function userMenu(world: World, name: string, target: string, o: InteractOptions = {}): Promise<Reply> {
  const command = commandNamed(world, USER_MENU, name, o);
  refuseUnpermitted(world, command, o);
  const resolved = new Resolved(world);
  const id = resolved.addUser(personId(world, target));
  const data = { ...dataOf(world, command, name, USER_MENU), target_id: id, ...resolvedOf(resolved) };
  return sendInteraction(world, o, { type: COMMAND, name, data, menu: true });
}

export function messageMenu(world: World, name: string, message: string, o: InteractOptions = {}): Promise<Reply> {
  const command = commandNamed(world, MESSAGE_MENU, name, o);
  refuseUnpermitted(world, command, o);
  const target = findMessage(world, message);
  const resolved = new Resolved(world);
  const data = {
    ...dataOf(world, command, name, MESSAGE_MENU),
    target_id: resolved.addMessage(target),
    ...resolvedOf(resolved),
  };
  return sendInteraction(world, { ...o, channel: target.channel_id }, { type: COMMAND, name, data, menu: true });
}

export type MessageLike = string | { readonly id: string };

export function findMessage({ state }: World, message: MessageLike): APIMessage {
  const id = typeof message === 'string' ? message : message.id;
  const found = state.messages.get(id);
  if (!found) throw new SandboxError(`there is no message ${id} (any more)`);
  return found;
}

/** Finds a control by custom id, in whatever depth it stands. */
function findControl(value: unknown, customId: string): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findControl(item, customId);
      if (found) return found;
    }
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if (value.custom_id === customId) return value;
  return findControl(value.components ?? value.component, customId) ?? findControl(value.accessory, customId);
}

function customIdsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(customIdsIn);
  if (!isRecord(value)) return [];
  const own = typeof value.custom_id === 'string' ? [value.custom_id] : [];
  return [...own, ...customIdsIn(value.components ?? value.component), ...customIdsIn(value.accessory)];
}

interface Pressed {
  readonly source: APIMessage;
  readonly control: Record<string, unknown> | undefined;
}

function press(world: World, message: MessageLike, customId: string, o: InteractOptions): Pressed {
  const source = findMessage(world, message);
  const control = findControl(source.components, customId);
  if (o.unchecked) return { source, control };
  if (!control) {
    throw new SandboxError(
      `the message has no control "${customId}"; it has: ${customIdsIn(source.components).join(', ') || 'none'}`,
    );
  }
  if (control.disabled === true) throw new SandboxError(`"${customId}" is disabled`);
  const reader = world.state.ephemerals.get(source.id);
  if (reader !== undefined && reader !== personId(world, o.as))
    throw new SandboxError('only its reader sees this message');
  return { source, control };
}

/** Presses a button. `customId` may be left out when there is just one. */
export function click(world: World, message: MessageLike, customId: string, o: InteractOptions = {}): Promise<Reply> {
  const { source, control } = press(world, message, customId, o);
  const data = { custom_id: customId, component_type: 2, ...(control?.id !== undefined && { id: control.id }) };
  return sendInteraction(world, o, { type: COMPONENT, name: customId, data, source });
}

/** Chooses in a select menu: texts, or people, roles and channels by name or id, as the menu's kind is. */
export function select(
  world: World,
  message: MessageLike,
  customId: string,
  values: readonly string[],
  o: InteractOptions = {},
): Promise<Reply> {
  const { source, control } = press(world, message, customId, o);
  const type = Number(control?.type ?? 3);
  if (!o.unchecked && control) refuseChoice(control, values, customId);
  const resolved = new Resolved(world);
  const chosen = chosenIn(world, resolved, type, values);
  const data = {
    custom_id: customId,
    component_type: type,
    id: control?.id ?? 1,
    values: chosen,
    ...resolvedOf(resolved),
  };
  return sendInteraction(world, o, { type: COMPONENT, name: customId, data, source });
}

function chosenIn(world: World, resolved: Resolved, type: number, values: readonly string[]): string[] {
  return values.map((value) => {
    if (type === 5) return resolved.addUser(personId(world, value));
    if (type === 6) return resolved.addRole(roleId(world, value));
    if (type === 7) return resolved.addMentionable(value);
    if (type === 8) return resolved.addChannel(channelOf(world, value, world.state.bot.id));
    return value;
  });
}

function refuseChoice(control: Record<string, unknown>, values: readonly string[], customId: string): void {
  const min = Number(control.min_values ?? 1);
  const max = Number(control.max_values ?? 1);
  if (values.length < min || values.length > max) throw new SandboxError(`"${customId}" takes ${min} to ${max} values`);
  const options: unknown[] = Array.isArray(control.options) ? control.options : [];
  if (control.type !== 3) return;
  const offered = options.map((option) => (isRecord(option) ? option.value : undefined));
  const stray = values.find((value) => !offered.includes(value));
  if (stray !== undefined)
    throw new SandboxError(`"${customId}" does not offer "${stray}"; it offers ${offered.join(', ')}`);
}

export type ModalValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Fills in and sends a modal that an interaction was answered with. Inputs left out keep what they were shown with. */
export function submitModal(
  world: World,
  modal: ModalShown,
  values: ModalValues,
  o: InteractOptions = {},
): Promise<Reply> {
  const opened = world.state.interactions.get(modal.interactionId);
  const resolved = new Resolved(world);
  const components = modal.components.map((top) => fillModal(world, top, values, resolved, o.unchecked ?? false));
  const data = { custom_id: modal.custom_id, components, ...resolvedOf(resolved) };
  const by = { ...o, as: o.as ?? opened?.user ?? 'member', channel: o.channel ?? opened?.channel ?? 'general' };
  const source = opened?.source;
  return sendInteraction(world, by, { type: MODAL_SUBMIT, name: modal.custom_id, data, ...(source && { source }) });
}

function fillModal(world: World, value: unknown, values: ModalValues, resolved: Resolved, unchecked: boolean): unknown {
  if (!isRecord(value)) return value;
  const { type, id } = value;
  if (Array.isArray(value.components)) {
    return {
      type,
      id,
      components: value.components.map((one: unknown) => fillModal(world, one, values, resolved, unchecked)),
    };
  }
  if (value.component !== undefined) {
    return { type, id, component: fillModal(world, value.component, values, resolved, unchecked) };
  }
  const customId = value.custom_id;
  if (typeof customId !== 'string') return { type, id };
  const given = values[customId] ?? value.value ?? '';
  if (type !== 4) {
    const list = Array.isArray(given) ? given.map(String) : given === '' ? [] : [String(given)];
    return { type, id, custom_id: customId, values: chosenIn(world, resolved, Number(type), list) };
  }
  const text = String(given);
  if (!unchecked) refuseText(value, text, customId);
  return { type, id, custom_id: customId, value: text };
}

function refuseText(input: Record<string, unknown>, text: string, customId: string): void {
  if (input.required !== false && text === '') throw new SandboxError(`the modal needs "${customId}"`);
  if (text.length > Number(input.max_length ?? 4_000)) throw new SandboxError(`"${customId}" is too long`);
  if (text !== '' && text.length < Number(input.min_length ?? 0)) throw new SandboxError(`"${customId}" is too short`);
}
