import type { ISql, Sql } from 'postgres';

/** The roles of somebody in a server, without the one that all have. */
export interface MemberRoles {
  readonly user: string;
  readonly roles: readonly string[];
}

/** Notes which roles these members had at a moment; not of those who have left since. People must differ. */
export async function keepRoles(db: Sql, guild: string, members: readonly MemberRoles[], asOf: Date): Promise<void> {
  if (members.length === 0) return;
  // Postgres takes no arrays of arrays that differ in length.
  const [users, roles] = [members.map(({ user }) => user), members.map((one) => `{${one.roles.join()}}`)];
  await db`
    insert into member_roles (guild_id, user_id, roles)
    select ${guild}, member, roles::bigint[] from unnest(${users}::bigint[], ${roles}::text[]) as members (member, roles)
    on conflict (guild_id, user_id) do update set roles = excluded.roles, left_at = null
    where member_roles.left_at is null or member_roles.left_at < ${asOf}`;
}

/** Somebody has left, with these roles, or with those that are known. */
export async function keepLeft(
  tx: ISql,
  {
    guild,
    user,
    roles,
    at,
  }: { readonly guild: string; readonly at: Date } & Pick<MemberRoles, 'user'> & {
      readonly roles: readonly string[] | undefined;
    },
): Promise<void> {
  if (roles === undefined) {
    await tx`update member_roles set left_at = ${at} where guild_id = ${guild} and user_id = ${user}`;
    return;
  }
  await tx`
    insert into member_roles (guild_id, user_id, roles, left_at)
    values (${guild}, ${user}, ${`{${roles.join()}}`}::text::bigint[], ${at})
    on conflict (guild_id, user_id) do update set roles = excluded.roles, left_at = excluded.left_at`;
}

/** The roles with which somebody left, but for those that moderators took meanwhile, and those whose time is over. */
export async function rolesOnLeaving(db: Sql, guild: string, user: string, now: Date): Promise<readonly string[]> {
  const [row] = await db<{ roles: string[] }[]>`
    select array(
      select role::text from unnest(roles) as role
      where not exists (
        select from cases
        where cases.guild_id = member_roles.guild_id and target_id = user_id and data ->> 'role' = role::text and (
          (type = 'role-remove' and created_at >= left_at)
          or (type = 'role-add' and state = 'done' and until >= left_at and until <= ${now})
        )
      )
    ) as roles
    from member_roles where guild_id = ${guild} and user_id = ${user} and left_at is not null`;
  return row?.roles ?? [];
}

/** Forgets the roles of everybody in these servers. */
export async function forgetRoles(db: Sql, guilds: readonly string[]): Promise<void> {
  await db`delete from member_roles where guild_id = any(${[...guilds]}::bigint[])`;
}
