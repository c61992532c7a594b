import type { Row } from 'postgres';
import type { Db } from './connect.ts';
import type { NewItem } from './mass-runs.ts';
import { stream } from './stream.ts';

interface Standing extends NewItem, Row {
  readonly place: number;
}

/** To whom a run did something that nothing has changed or taken back since, in their order. */
export async function* standingItems(db: Db, run: string): AsyncGenerator<NewItem, void, undefined> {
  yield* stream<Standing>(
    db,
    (after) => db`
      select place, mass_items.target_id::text as target, mass_items.name from mass_items
      join mass_runs on id = run_id
      join cases on cases.guild_id = mass_runs.guild_id and number = mass_items.case_number
      where run_id = ${run} and place > ${after ?? 0} and outcome = 'done' and cases.state = 'done' and ended_at is null
      order by place`,
    { key: 'place', batch: 500 },
  );
}
