import type { Part } from '../../services/answers/answer.ts';
import { code, list, t } from '../../services/answers/words.ts';
import { inArea } from '../../services/settings/area-words.ts';
import type { AreaName } from '../../services/settings/areas.ts';
import type { NamedId } from '../../services/settings/ids.ts';

/** Says which channels and roles are left out since this server does not have them, setting by setting. */
export function leftOut(
  unknown: readonly { readonly area: AreaName; readonly ids: readonly NamedId[] }[],
): readonly Part[] {
  const points = unknown.flatMap(({ area, ids }) =>
    [...Map.groupBy(ids, ({ property }) => property)].map(([name, own]) =>
      t('settings.leftOut.line', { what: inArea({ area, name }), ids: list(own.map(({ id }) => code(id))) }),
    ),
  );
  if (points.length === 0) return [];
  return [
    { kind: 'text', text: t('settings.leftOut.title') },
    { kind: 'points', points },
  ];
}
