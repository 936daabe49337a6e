import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Values } from '../rules/types.ts'

/** An index as the authority published it. */
export interface PublishedIndex {
  readonly station: string
  readonly name: string
  readonly city: string
  /** End of the hour. */
  readonly at: Date
  readonly aqi: number | null
  readonly level: string | null
  readonly primary: string | null
  /** Columns as published, e.g. `o3_1h`. */
  readonly values: Readonly<Record<string, number | null>>
}

/** All published indices, or those of one station and hour; the latest first. */
export async function findPublished(
  db: Db,
  where: { readonly station?: string; readonly at?: Date } = {},
): Promise<readonly PublishedIndex[]> {
  const { rows } = await sql<PublishedIndex>`
    select p.station, s.name, s.city, p.at, p.aqi::int as aqi, p.level, p."primary", p.values
    from air.published_index p join air.station s on s.code = p.station
    where (${where.station ?? null}::text is null or p.station = ${where.station ?? null})
      and (${where.at ?? null}::timestamptz is null or p.at = ${where.at ?? null}) order by p.at desc, p.station`.execute(
    db,
  )
  return rows
}

/** The hourly concentrations of a published row. */
export const hourlyValues = ({ values }: PublishedIndex): Values => ({
  so2: values.so2 ?? null,
  no2: values.no2 ?? null,
  co: values.co ?? null,
  o3: values.o3_1h ?? null,
  pm10: values.pm10 ?? null,
  pm25: values.pm25 ?? null,
})
