import type { TObject } from 'typebox'
import { type AnyDataset, type Condition, type Dataset, datasetExtracts, registry } from '#platform/registry'
import { sensing } from '#platform/sensing'
import { type App, Defect, type Work } from '#runtime'
import type { Meta } from '../../declarations/meta.ts'

export type Data = Readonly<Record<string, unknown>>

const PART = 5_000

/** A dataset of the registry, declared or defined. @throws NotFound */
export function sourceOf(app: App, id: string): AnyDataset {
  const declared = app.declared('datasets').find(({ entry }) => entry.id === id)?.entry
  return declared ?? app.use(datasetExtracts).get(id).dataset
}

/** Datasets that may be opened, declared or defined. */
export function openable(app: App): readonly AnyDataset[] {
  const declared = app.declared('datasets').map(({ entry }) => entry)
  const tables = app
    .use(datasetExtracts)
    .all()
    .map(({ dataset }) => dataset)
  return [...new Map([...declared, ...tables].map((each) => [each.id, each])).values()].filter(
    ({ opening }) => opening !== 'closed',
  )
}

/** Rows of the source as they go out, in parts; nothing but the fields of the release is read. */
export async function* readSource(
  app: App,
  work: Work,
  source: AnyDataset,
  meta: Meta,
): AsyncGenerator<readonly Data[]> {
  const storage = source.storage
  if (storage && 'series' in storage) yield* seriesRows(app, work, storage.series, meta)
  else yield* tableRows(app, work, source, meta)
}

async function* tableRows(app: App, work: Work, source: AnyDataset, meta: Meta): AsyncGenerator<readonly Data[]> {
  const dataset = source as Dataset<TObject>
  let after: string | undefined
  do {
    const page = await app.use(registry).list(work, dataset, {
      where: meta.where as Record<string, Condition>,
      fields: meta.fields,
      limit: PART,
      ...(after ? { after } : {}),
    })
    yield page.rows.map(({ value }) => picked(value as Data, meta.fields))
    after = page.next
  } while (after)
}

/** A series as rows of its dataset: the published values, a day's hour a row. */
async function* seriesRows(app: App, work: Work, kind: string, meta: Meta): AsyncGenerator<readonly Data[]> {
  for await (const readings of app.use(sensing).rows(kind, 'published', work.tx)) {
    const rows = readings.map(({ device, channel, at, value }) => ({ device, channel, at: at.toISOString(), value }))
    const kept = rows.filter((row) => Object.entries(meta.where).every(([name, is]) => holds((row as Data)[name], is)))
    if (kept.length > 0) yield kept.map((row) => picked(row, meta.fields))
  }
}

const picked = (row: Data, fields: readonly string[]): Data =>
  Object.fromEntries(
    fields.flatMap((name) => (row[name] === null || row[name] === undefined ? [] : [[name, row[name]]])),
  )

/** The registry's conditions, for rows that are not in a table. */
function holds(value: unknown, condition: Meta['where'][string]): boolean {
  if ('is' in condition) return value === condition.is
  if ('in' in condition) return condition.in.includes(String(value))
  if ('prefix' in condition) return String(value).startsWith(condition.prefix)
  const { from, to } = condition as { readonly from?: string; readonly to?: string }
  if (value === null || value === undefined) return false
  if (typeof value === 'number')
    return (from === undefined || value >= Number(from)) && (to === undefined || value <= Number(to))
  if (typeof value !== 'string') throw new Defect('A condition on a range needs a text or a number.')
  return (from === undefined || value >= from) && (to === undefined || value <= to)
}
