import { ApiError, unknown } from '../api-error.ts';
import { Answer, type Call, route } from '../http/define-route.ts';
import { Form } from '../http/form.ts';
import { readCommand } from '../messages/command.ts';
import type { Command } from '../state/commands.ts';
import type { State } from '../state/state.ts';
import { requireOwn } from './applications.ts';

type Scope = Call<'application_id'> & { readonly params: { readonly guild_id?: string } };

const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

function scopeOf({ state, params }: Scope): string | undefined {
  requireOwn({ state, params });
  if (params.guild_id !== undefined) state.guild(params.guild_id);
  return params.guild_id;
}

/** The page's command picker shows what is registered. */
function tell(state: State): void {
  state.emit({ t: 'SANDBOX_COMMANDS', d: { commands: [...state.commands.values()] }, pageOnly: true });
}

function commandsIn(state: State, guild: string | undefined): Command[] {
  return [...state.commands.values()].filter(({ guild_id: id }) => id === guild);
}

/** Without `with_localizations` the texts in other languages are left out. */
function list(call: Scope): unknown {
  const commands = commandsIn(call.state, scopeOf(call));
  if (call.query.get('with_localizations') === 'true') return commands;
  return commands.map(({ name_localizations: _n, description_localizations: _d, options, ...command }) => ({
    ...command,
    ...(options && { options: options.map(withoutLocalizations) }),
  }));
}

function withoutLocalizations(option: object): object {
  const {
    name_localizations: _n,
    description_localizations: _d,
    ...rest
  } = { name_localizations: 0, description_localizations: 0, ...option };
  if (!('options' in rest) || !Array.isArray(rest.options)) return rest;
  return { ...rest, options: rest.options.map(withoutLocalizations) };
}

/** A command of the same name and kind is replaced and keeps its id. */
function upsert(state: State, guild: string | undefined, body: Form): { command: Command; isNew: boolean } {
  const read = readCommand(body);
  const before = commandsIn(state, guild).find(({ name, type }) => name === read.name && type === read.type);
  const same = before && JSON.stringify({ ...before, ...read }) === JSON.stringify(before);
  const command: Command = {
    id: before?.id ?? state.ids.next(),
    application_id: state.application.id,
    version: same ? before.version : state.ids.next(),
    ...(guild !== undefined && { guild_id: guild }),
    ...read,
  };
  const others = commandsIn(state, guild).filter(({ type, id }) => type === command.type && id !== command.id);
  if (others.length >= (MOST[command.type] ?? 100)) {
    throw new ApiError(400, 30032, `Maximum number of application commands reached (${MOST[command.type]})`);
  }
  state.commands.set(command.id, command);
  return { command, isNew: !before };
}

function create(call: Scope): Answer {
  const { command, isNew } = upsert(call.state, scopeOf(call), call.body);
  tell(call.state);
  return new Answer(isNew ? 201 : 200, command);
}

/** Replaces all: what the list does not name is gone. Nothing changes when one of them is refused. */
function replaceAll(call: Scope): Command[] {
  const { state, rawBody } = call;
  const guild = scopeOf(call);
  if (!Array.isArray(rawBody))
    throw new ApiError(400, 50035, 'Invalid Form Body', {
      _errors: [{ code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' }],
    });
  const forms = rawBody.map((one: unknown, at) => new Form(one, [at]));
  const names = forms.map((form) => {
    const { type, name } = readCommand(form);
    return `${type} ${name}`;
  });
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0)
    forms[twice]?.fail('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
  for (const { id, type, name } of commandsIn(state, guild)) {
    if (!names.includes(`${type} ${name}`)) state.commands.delete(id);
  }
  const commands = forms.map((form) => upsert(state, guild, form).command);
  tell(state);
  return commands;
}

function commandOf(call: Scope & Call<'application_id' | 'command_id'>): Command {
  const guild = scopeOf(call);
  const command = call.state.commands.get(call.params.command_id);
  if (!command || command.guild_id !== guild) throw unknown('command');
  return command;
}

function edit(call: Scope & Call<'application_id' | 'command_id'>): Command {
  const before = commandOf(call);
  const given = Object.fromEntries(call.body.keys.map((key) => [key, call.body.raw(key)]));
  const read = readCommand(new Form({ ...before, ...given, type: before.type }));
  const command = { ...before, ...read, version: call.state.ids.next() };
  call.state.commands.set(command.id, command);
  tell(call.state);
  return command;
}

function remove(call: Scope & Call<'application_id' | 'command_id'>): undefined {
  call.state.commands.delete(commandOf(call).id);
  tell(call.state);
}

/** Who may use which command is left to the commands themselves: nobody has changed it. */
function noPermissions(call: Scope): [] {
  scopeOf(call);
  return [];
}

export const commandRoutes = [
  route('GET', '/applications/{application_id}/commands', list),
  route('POST', '/applications/{application_id}/commands', create),
  route('PUT', '/applications/{application_id}/commands', replaceAll),
  route('GET', '/applications/{application_id}/commands/{command_id}', commandOf),
  route('PATCH', '/applications/{application_id}/commands/{command_id}', edit),
  route('DELETE', '/applications/{application_id}/commands/{command_id}', remove),
  route('GET', '/applications/{application_id}/guilds/{guild_id}/commands', list),
  route('POST', '/applications/{application_id}/guilds/{guild_id}/commands', create),
  route('PUT', '/applications/{application_id}/guilds/{guild_id}/commands', replaceAll),
  route('GET', '/applications/{application_id}/guilds/{guild_id}/commands/{command_id}', commandOf),
  route('PATCH', '/applications/{application_id}/guilds/{guild_id}/commands/{command_id}', edit),
  route('DELETE', '/applications/{application_id}/guilds/{guild_id}/commands/{command_id}', remove),
  route('GET', '/applications/{application_id}/guilds/{guild_id}/commands/permissions', noPermissions),
];
