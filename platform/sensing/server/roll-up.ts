import { sql } from 'kysely'
import { type App, system, type Work } from '#runtime'
import { type Catalogue, type KnownKind, STAGE_NAMES } from './catalogue.ts'
import { literal } from './store-places.ts'

const LOCK = 8_240_202
const BATCH = 5_000

interface Dirty {
  readonly kind: string
  readonly device: number
  readonly stage: number
  readonly day: string
  readonly first: Date
  readonly last: Date
  readonly received_at: Date
}

/** Makes again every roll-up whose values changed, notes who was heard, and tells the systems; one process at a time. */
export async function rollUpAll(app: App, catalogue: Catalogue, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await app.work(system('sensing.roll-up'), (work) => rollUpSome(work, catalogue))));
}

async function rollUpSome(work: Work, catalogue: Catalogue): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(work.tx)
  const { rows } = await sql<Dirty>`
    delete from sensing.dirty where id in (select id from sensing.dirty order by id limit ${BATCH})
    returning kind, device, stage, day, first, last, received_at`.execute(work.tx)
  for (const group of Map.groupBy(rows, ({ kind, stage }) => `${kind} ${stage}`).values()) {
    const [{ kind: id, stage } = { kind: '', stage: 0 }] = group
    const kind = catalogue.find(id)
    if (kind) await remake(work, kind, stage, group)
    if (stage === 0) await noteHeard(work, id, group)
    await tell(work, id, stage, group)
  }
  return rows.length === BATCH
}

/** The same way for every change, from the values themselves: so a roll-up always equals its values. */
async function remake(work: Work, kind: KnownKind, stage: number, rows: readonly Dirty[]): Promise<void> {
  const days = [...new Map(rows.map((row) => [`${row.device} ${row.day}`, row])).values()]
  const devices = literal(days.map(({ device }) => device))
  const place = sql`unnest(${devices}::int[], ${literal(days.map(({ day }) => day))}::date[]) as place(d, day)`
  for (const [unit, step] of [
    ['hour', 1],
    ['day', 2],
  ] as const)
    if (kind.rollups.includes(unit))
      await put(
        work,
        stage,
        step,
        sql`select place.d as device, date_trunc(${unit}, v.at, 'Asia/Shanghai') as at, v.channel,
          count(v.value)::int as count, sum(v.value) as sum, min(v.value) as min, max(v.value) as max
        from ${place} cross join lateral (${valuesOfPlace(stage)} offset 0) v group by 1, 2, 3`,
      )
  if (!kind.rollups.includes('month')) return
  await put(
    work,
    stage,
    3,
    sql`select m.d as device, m.from_at as at, r.channel, sum(r.count)::int as count, sum(r.sum) as sum,
      min(r.min) as min, max(r.max) as max
    from (select distinct place.d, date_trunc('month', place.day::timestamp) at time zone 'Asia/Shanghai' as from_at,
      (date_trunc('month', place.day::timestamp) + interval '1 month') at time zone 'Asia/Shanghai' as to_at
      from ${place}) m
    cross join lateral (select channel, count, sum, min, max from sensing.rollup where device = m.d and stage = ${stage}
      and step = 2 and at >= m.from_at and at < m.to_at offset 0) r group by 1, 2, 3`,
  )
}

/** What counts of the day of a device: raw the first value of each place, later stages the newest. */
function valuesOfPlace(stage: number) {
  const from = sql`(place.day::timestamp at time zone 'Asia/Shanghai')`
  const to = sql`((place.day + 1)::timestamp at time zone 'Asia/Shanghai')`
  const where = sql`device = place.d and stage = ${stage} and at >= ${from} and at < ${to}`
  if (stage === 0) return sql`select at, channel, value from sensing.value where ${where}`
  return sql`select at, channel, case when c.hit then c.value else v.value end as value
    from (select at, channel, value from sensing.value where ${where}) v
    left join (select distinct on (at, channel) at, channel, value, true as hit from sensing.value_change
      where ${where} order by at, channel, id desc) c using (at, channel)`
}

/**
 * Puts fresh roll-ups in place of what was there; those that did not change are not touched. A place is never taken
 * away, so a stretch that has no value any more is still among the fresh ones, with a count of 0; it is kept as such.
 */
async function put(work: Work, stage: number, step: number, fresh: ReturnType<typeof sql>): Promise<void> {
  await sql`insert into sensing.rollup as r (device, stage, step, at, channel, count, sum, min, max)
    select device, ${stage}::smallint, ${step}::smallint, at, channel, count, sum, min, max from (${fresh}) fresh
    on conflict (device, stage, step, at, channel) do update
      set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max
      where (r.count, r.sum, r.min, r.max) is distinct from (excluded.count, excluded.sum, excluded.min, excluded.max)`.execute(
    work.tx,
  )
}

async function noteHeard(work: Work, kind: string, rows: readonly Dirty[]): Promise<void> {
  const heard = new Map<number, { last: number; received: number }>()
  for (const { device, last, received_at } of rows) {
    const before = heard.get(device)
    heard.set(device, {
      last: Math.max(before?.last ?? 0, last.getTime()),
      received: Math.max(before?.received ?? 0, received_at.getTime()),
    })
  }
  const list = [...heard]
  const { rows: back } = await sql<{ code: string }>`
    with heard as (select d, to_timestamp(l / 1000) as last_at, to_timestamp(r / 1000) as received_at
      from unnest(${literal(list.map(([device]) => device))}::int[], ${literal(list.map(([, { last }]) => last))}::float8[],
        ${literal(list.map(([, { received }]) => received))}::float8[]) as given(d, l, r)),
    back as (select d.code from sensing.last_seen s join heard h on h.d = s.device join sensing.device d on d.no = s.device
      where s.kind = ${kind} and s.silent_since is not null),
    noted as (insert into sensing.last_seen as s (kind, device, last_at, received_at)
      select ${kind}, d, last_at, received_at from heard
      on conflict (kind, device) do update set last_at = greatest(s.last_at, excluded.last_at),
        received_at = greatest(s.received_at, excluded.received_at), silent_since = null)
    select code from back order by code`.execute(work.tx)
  for (const { code } of back)
    work.emit({ topic: 'sensing.device.back', key: code, data: { kind }, audience: { right: 'sensing.device.read' } })
}

const MOST_NAMED = 1_000

async function tell(work: Work, kind: string, stage: number, rows: readonly Dirty[]): Promise<void> {
  const devices = [...new Set(rows.map(({ device }) => device))]
  const { rows: codes } = await sql<{ code: string }>`
    select code from sensing.device where no = any(${literal(devices)}::int[]) order by code`.execute(work.tx)
  const from = new Date(Math.min(...rows.map(({ first }) => first.getTime())))
  const to = new Date(Math.max(...rows.map(({ last }) => last.getTime())))
  for (let i = 0; i < codes.length; i += MOST_NAMED)
    work.emit({
      topic: `sensing.${kind}.${STAGE_NAMES[stage]}`,
      key: kind,
      data: {
        devices: codes.slice(i, i + MOST_NAMED).map(({ code }) => code),
        from: from.toISOString(),
        to: to.toISOString(),
      },
      audience: { right: 'sensing.series.read' },
    })
}
