import type { Shape } from '../../text/shape.ts';
import { defineLook, whole } from '../look.ts';
import type { TriggerOf } from '../schema.ts';

export default defineLook('mentions', {
  cost: 'little',
  look({ over, of }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => countOf(shape, of)));
    return whole(count > over, { count });
  },
});

function countOf({ users, roles, everyone }: Shape, of: TriggerOf<'mentions'>['of']): number {
  if (of === 'users') return users;
  return of === 'roles' ? roles : users + roles + Number(everyone);
}
