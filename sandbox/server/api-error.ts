/** What Discord answers when it refuses a request: an HTTP status, its own code, a message, and for forms a tree of what is wrong. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  get body(): object {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

/** A verb was used wrongly, or what it waited for did not come: the message says what to do about it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}

const UNKNOWN = {
  account: [10001, 'Unknown Account'],
  application: [10002, 'Unknown Application'],
  channel: [10003, 'Unknown Channel'],
  guild: [10004, 'Unknown Guild'],
  integration: [10005, 'Unknown Integration'],
  invite: [10006, 'Unknown Invite'],
  member: [10007, 'Unknown Member'],
  message: [10008, 'Unknown Message'],
  overwrite: [10009, 'Unknown Permission Overwrite'],
  role: [10011, 'Unknown Role'],
  user: [10013, 'Unknown User'],
  emoji: [10014, 'Unknown Emoji'],
  webhook: [10015, 'Unknown Webhook'],
  ban: [10026, 'Unknown Ban'],
  sticker: [10060, 'Unknown Sticker'],
  interaction: [10062, 'Unknown interaction'],
  command: [10063, 'Unknown application command'],
  voiceState: [10065, 'Unknown Voice State'],
} as const;

/** 404 with Discord's code for the kind of thing that is not there. */
export function unknown(what: keyof typeof UNKNOWN): ApiError {
  const [code, message] = UNKNOWN[what];
  return new ApiError(404, code, message);
}

export const missingAccess = (): ApiError => new ApiError(403, 50001, 'Missing Access');
export const missingPermissions = (): ApiError => new ApiError(403, 50013, 'Missing Permissions');

/** 50035: one field of the body is wrong. `path` leads to it, as in Discord's nested tree of errors. */
export function invalidForm(path: readonly (string | number)[], code: string, message: string): ApiError {
  const leaf: object = { _errors: [{ code, message }] };
  const tree = [...path].reverse().reduce<object>((below, key) => ({ [String(key)]: below }), leaf);
  return new ApiError(400, 50035, 'Invalid Form Body', tree);
}
