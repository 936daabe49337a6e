import { sql } from 'kysely'
import { containing, type Db, type Scope, type Work } from '#runtime'
import type { Device } from '../contract.ts'

interface DeviceRow {
  readonly class: string
  readonly code: string
  readonly title_zh: string
  readonly title_en: string
  readonly division: string
  readonly organisation: string
  readonly lng: number | null
  readonly lat: number | null
  readonly status: Device['status']
  readonly properties: Record<string, unknown>
}

export const toDevice = (row: DeviceRow): Device => ({
  class: row.class,
  code: row.code,
  title: { zh: row.title_zh, en: row.title_en },
  division: row.division,
  organisation: row.organisation,
  point: row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat },
  status: row.status,
  properties: row.properties,
})

/** Adds new devices and changes those that differ; codes are never taken away. */
export async function registerDevices(work: Work, devices: readonly Device[]): Promise<number> {
  const rows = devices.map(({ class: of, code, title, division, organisation, point, status, properties }) => ({
    class: of,
    code,
    title_zh: title.zh,
    title_en: title.en,
    division,
    organisation,
    lng: point?.lng ?? null,
    lat: point?.lat ?? null,
    status,
    properties,
  }))
  const { numAffectedRows } = await sql`
    insert into sensing.device as d (class, code, title_zh, title_en, division, organisation, lng, lat, status, properties,
      changed_at, changed_by)
    select given.*, ${work.at}, ${work.actor.id} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(class text,
      code text, title_zh text, title_en text, division text, organisation text, lng float8, lat float8, status text,
      properties jsonb)
    on conflict (class, code) do update set title_zh = excluded.title_zh, title_en = excluded.title_en,
      division = excluded.division, organisation = excluded.organisation, lng = excluded.lng, lat = excluded.lat,
      status = excluded.status, properties = excluded.properties, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
    where (d.title_zh, d.title_en, d.division, d.organisation, d.lng, d.lat, d.status, d.properties) is distinct from
      (excluded.title_zh, excluded.title_en, excluded.division, excluded.organisation, excluded.lng, excluded.lat,
      excluded.status, excluded.properties)`.execute(work.tx)
  return Number(numAffectedRows ?? 0)
}

export async function findDevices(
  db: Db,
  query: { readonly class: string; readonly codes?: readonly string[] },
): Promise<readonly Device[]> {
  const { rows } = await sql<DeviceRow>`
    select * from sensing.device where class = ${query.class}
      and (${query.codes ?? null}::text[] is null or code = any(${query.codes ?? null}::text[])) order by code`.execute(
    db,
  )
  return rows.map(toDevice)
}

export interface DeviceState extends Device {
  /** Whether it sends now; unknown if it never did. */
  readonly state: 'online' | 'silent' | 'never' | 'away'
  readonly lastAt: string | null
  readonly receivedAt: string | null
}

export interface DeviceFilter {
  readonly class?: string | undefined
  readonly code?: string | undefined
  readonly search?: string | undefined
  readonly state?: DeviceState['state'] | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of devices within reach with their state, by class and code. */
export async function listDevices(db: Db, scope: Scope, filter: DeviceFilter): Promise<readonly DeviceState[]> {
  if (scope.reach === 'own') return []
  const prefix = scope.reach === 'city' ? '' : scope.division
  const search = filter.search ? containing(filter.search) : null
  const { rows } = await sql<
    DeviceRow & { state: DeviceState['state']; last_at: Date | null; received_at: Date | null }
  >`
    select * from (
      select d.*, s.last_at, s.received_at, case when d.status <> 'in-use' then 'away' when s.received_at is null then 'never'
        when s.silent_since is not null then 'silent' else 'online' end as state
      from sensing.device d left join lateral (select max(last_at) as last_at, max(received_at) as received_at,
        case when bool_and(silent_since is not null) then max(silent_since) end as silent_since
        from sensing.last_seen where device = d.no) s on true) d
    where starts_with(division, ${prefix}) and (${filter.class ?? null}::text is null or class = ${filter.class ?? null})
      and (${filter.code ?? null}::text is null or code = ${filter.code ?? null})
      and (${search}::text is null or title_zh ilike ${search} or title_en ilike ${search} or code ilike ${search})
      and (${filter.state ?? null}::text is null or state = ${filter.state ?? null})
      and (${filter.after ?? null}::text is null or class || '/' || code > ${filter.after ?? null})
    order by class || '/' || code limit ${filter.limit}`.execute(db)
  return rows.map((row) => ({
    ...toDevice(row),
    state: row.state,
    lastAt: row.last_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
  }))
}
