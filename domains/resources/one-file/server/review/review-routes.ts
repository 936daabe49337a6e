import { sql } from 'kysely'
import { Type } from 'typebox'
import { masked, unsealedRows } from '#platform/registry'
import { type App, Conflict, NotFound, type Route, route, type Work, words } from '#runtime'
import { PERSON_FIELDS } from '../../declarations/fields.ts'
import { type Part, type PersonField, readingOf, SHOWING } from '../../declarations/readings.ts'
import { noteTold, type Told } from '../file/note-told.ts'
import { askPurpose } from '../file/purposes.ts'
import { fieldText } from '../file/strike-off.ts'
import { findRef } from '../refs.ts'
import { textOf } from '../run/read-part.ts'

interface StoredPair {
  readonly id: number
  readonly kind: 'person' | 'firm'
  readonly a: string
  readonly b: string
  readonly why: string
  readonly weight: number
  readonly parts: readonly { readonly id: string; readonly level: number; readonly bits: number }[]
  readonly verdict: string | null
}

const Batch = Type.Object({ batch: Type.String({ pattern: '^\\d{1,12}$' }) })

/** Pairs side by side, and the decisions on them. */
export const reviewRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/one-file/review/:batch',
    title: words('一批待比对的记录', 'A batch of pairs to compare'),
    right: 'one-file.steward',
    audit: 'one-file.pair.read',
    params: Batch,
    response: Type.Unknown(),
    example: { why: 'unsure', loop: null, pairs: [] },
    handler: async ({ params, actor, work }) => {
      askPurpose(work)
      const { rows } = await sql<StoredPair>`select id, kind, a, b, why, weight, parts, verdict from one_file.pair
        where batch = ${params.batch} order by id`.execute(work.tx)
      const [first] = rows
      if (!first) throw new NotFound()
      const sides = await sidesOf(app, work, rows, actor.rights.has('one-file.unmask'))
      work.audit({ event: 'one-file.pair.read', subject: { kind: 'one-file.batch', id: params.batch } })
      noteTold(app, work, 'one-file.pair.read', [...sides.keys()].flatMap(toldBy))
      const isSample = first.why.startsWith('sample')
      const batches = await sql<{ loop: string | null }>`select loop from one_file.batch
        where id = ${params.batch}`.execute(work.tx)
      return {
        loop: batches.rows[0]?.loop ?? null,
        why: isSample ? 'sample' : first.why,
        pairs: rows.map(({ id, kind, a, b, weight, parts, verdict }) => ({
          id,
          kind,
          verdict,
          // Whoever checks a sample must not be told what the program decided.
          weight: isSample ? null : weight,
          parts: isSample ? [] : parts,
          sides: [sides.get(a) ?? null, sides.get(b) ?? null],
        })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/one-file/review/:batch/verdicts',
    title: words('判断记录是否同一对象', 'Decide on pairs'),
    right: 'one-file.steward',
    audit: 'one-file.pair.decided',
    params: Batch,
    body: Type.Object(
      {
        pairs: Type.Array(Type.Integer(), { minItems: 1, maxItems: 100 }),
        verdict: Type.Union([Type.Literal('same'), Type.Literal('different'), Type.Literal('unsure')]),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ decided: Type.Integer() }),
    example: { decided: 3 },
    handler: async ({ params, body, actor, work }) => {
      const { rows } = await sql<{ id: number }>`update one_file.pair p
        set verdict = ${body.verdict}, decided_by = ${actor.id}, decided_at = ${work.at}
        from one_file.batch b where b.id = p.batch and b.ended_at is null
          and p.batch = ${params.batch} and p.id = any(${body.pairs}::bigint[]) returning p.id`.execute(work.tx)
      if (rows.length === 0)
        throw new Conflict(
          'batch-ended',
          words('这一批已经完成，不能再改', 'This batch is closed and can no longer be changed'),
        )
      work.audit({
        event: 'one-file.pair.decided',
        subject: { kind: 'one-file.batch', id: params.batch },
        details: { pairs: rows.map(({ id }) => id), verdict: body.verdict },
      })
      return { decided: rows.length }
    },
  }),
]

interface Side {
  readonly dataset: string
  readonly datasetTitle: unknown
  readonly role: unknown
  readonly values: Readonly<Record<string, string>>
}

/** What a side tells of those whom its row names: of the one whom it is about, and of kin. */
function toldBy(text: string): Told[] {
  const ref = findRef(text)
  const part = ref && readingOf(ref.dataset)?.parts[ref.part]
  if (!part) return []
  const kin = part.kind === 'person' ? (part.kin ?? []) : []
  return [{ ...ref, fields: [...Object.values(part.fields), ...kin] }]
}

/** What each record of the pairs says, masked for those who may not see all. */
async function sidesOf(
  app: App,
  work: Work,
  pairs: readonly StoredPair[],
  unmasked: boolean,
): Promise<Map<string, Side>> {
  const texts = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
  const refs = texts.flatMap((text) => findRef(text) ?? [])
  const sides = new Map<string, Side>()
  for (const [dataset, list] of Map.groupBy(refs, (ref) => ref.dataset)) {
    const rows = await app.use(unsealedRows).rows(work, SHOWING, dataset, [...new Set(list.map(({ row }) => row))])
    const byId = new Map(rows.map((row) => [row.id, row.value]))
    for (const { row, part: number } of list) {
      const part = readingOf(dataset)?.parts[number]
      const value = byId.get(row)
      if (part && value)
        sides.set(`${dataset}/${row}/${number}`, {
          dataset,
          datasetTitle: app.declared('datasets').find(({ entry }) => entry.id === dataset)?.entry.title,
          role: part.role,
          values: valuesOf(app, work, part, value, unmasked),
        })
    }
  }
  return sides
}

function valuesOf(
  app: App,
  work: Work,
  part: Part,
  value: Readonly<Record<string, unknown>>,
  unmasked: boolean,
): Record<string, string> {
  const entries = Object.keys(part.fields).flatMap((field): [string, string][] => {
    const text = fieldText(app, work.at, part, value, field)
    if (text === undefined) return []
    const cut = field === 'number' && part.kind === 'person' ? text.slice(0, 18) : text
    return [
      [field, part.kind === 'firm' || unmasked ? cut : String(masked(cut, PERSON_FIELDS[field as PersonField].mask))],
    ]
  })
  const kin = part.kind === 'person' ? (part.kin ?? []).flatMap((field) => textOf(value, field) ?? []) : []
  return Object.fromEntries(
    kin.length > 0
      ? [...entries, ['kin', kin.map((name) => (unmasked ? name : masked(name, 'name'))).join('、')]]
      : entries,
  )
}
