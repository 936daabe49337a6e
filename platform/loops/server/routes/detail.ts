import { type RawBuilder, sql } from 'kysely'
import { type Static, type TObject, Type } from 'typebox'
import { fieldMeta } from '#platform/registry'
import { type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { ClockRule, LoopDefinition } from '../../contract.ts'
import { actionsOf } from '../../generic-actions.ts'
import { pageOf } from '../../headline.ts'
import { CLOCKS, ruleOf, showClock } from '../clocks.ts'
import { partsOf, wholeOf, whyTakenOut } from '../divide.ts'
import { type Engine, people } from '../engine.ts'
import { sortActions } from '../find-actions.ts'
import { getReadable } from '../get-row.ts'
import { itemOf, listItems } from '../list-items.ts'
import { wordsOf } from '../remaining.ts'
import type { Row } from '../row.ts'
import { itemExample, itemSchema, lightSchema, textOrNull, wordsSchema } from '../schemas.ts'
import { shownFieldSchema, shownFields } from '../shown-fields.ts'
import { entrySchema, postTitles, timeLine } from '../time-line.ts'
import { transferTargets } from '../transfer-targets.ts'
import { targetsOf } from '../walk-definition.ts'

const clockSchema = Type.Object({
  over: Type.Enum([...CLOCKS]),
  basis: Type.Union([wordsSchema, Type.Null()]),
  due: textOrNull,
  light: lightSchema,
  ended: Type.Boolean(),
  remaining: wordsSchema,
  /** The limit lies beyond the announced holidays and may still move. */
  provisional: Type.Boolean(),
})

const actionSchema = Type.Object({
  id: Type.String(),
  title: wordsSchema,
  look: Type.String(),
  /** One of those that every matter has. */
  generic: Type.Boolean(),
  /** It may bring the matter to its end. */
  ends: Type.Boolean(),
  evidence: Type.Integer(),
  /** JSON Schema of what has to be filled in. */
  form: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
  /** What the form begins with. */
  filled: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
})

const detailSchema = Type.Object({
  matter: itemSchema,
  about: Type.Union([wordsSchema, Type.Null()]),
  /** Page of the module that shows what the matter is about. */
  page: Type.Union([Type.Object({ title: wordsSchema, path: Type.String() }), Type.Null()]),
  openedBy: textOrNull,
  origin: Type.Union([Type.Object({ kind: Type.String(), id: Type.String() }), Type.Null()]),
  parent: Type.Union([itemSchema, Type.Null()]),
  shares: Type.Array(itemSchema),
  /** The matter into which this one was merged, and those that were merged into this one, as far as the reader may see. */
  lead: Type.Union([itemSchema, Type.Null()]),
  followers: Type.Array(itemSchema),
  /** The matter out of which this one was taken and why, and the parts that were taken out of this one, as far as the reader may see. */
  whole: Type.Union([Type.Object({ ...itemSchema.properties, reason: textOrNull }), Type.Null()]),
  parts: Type.Array(itemSchema),
  fields: Type.Array(shownFieldSchema),
  holders: Type.Array(Type.Object({ id: Type.String(), title: wordsSchema, signedBy: textOrNull })),
  /** The unit meant has no post with the right that the step asks for: others stand in until it is transferred. */
  caretaken: Type.Boolean(),
  clocks: Type.Array(clockSchema),
  actions: Type.Array(actionSchema),
  /** Titles of actions that somebody else has to do, because the reader did what they check. */
  barred: Type.Array(wordsSchema),
  timeLine: Type.Array(entrySchema),
})

/** A matter with all that its page shows. */
export const detailRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/:id',
    title: words('事项详情', 'A matter'),
    right: SIGNED_IN,
    audit: 'loops.instance.read',
    params: Type.Object({ id: Type.String() }),
    response: detailSchema,
    example: {
      matter: itemExample,
      about: null,
      page: null,
      openedBy: null,
      origin: { kind: 'warning', id: '17' },
      parent: null,
      shares: [],
      lead: null,
      followers: [],
      whole: null,
      parts: [],
      fields: [
        { name: 'station', title: { zh: '站点', en: 'Station' }, value: { zh: '人口学校', en: 'Renkou School' } },
      ],
      holders: [],
      caretaken: false,
      clocks: [],
      actions: [],
      barred: [],
      timeLine: [],
    },
    handler: async ({ params, work }) => {
      const { row, definition } = await getReadable(engine, work, params.id)
      const { possible, barred } = await sortActions(engine, work, definition, row, work.actor)
      const [openedBy] = (await people(engine).names([row.opened_by], work.tx)).values()
      return {
        matter: await itemOf(engine, work, row, row.acted_at, null),
        about: definition.about ?? null,
        page: pageOf(definition, row.id, row.data),
        openedBy: openedBy ?? null,
        origin: row.origin_kind && row.origin_id ? { kind: row.origin_kind, id: row.origin_id } : null,
        parent: row.parent === null ? null : ((await listItems(engine, work, [{ instance: row.parent }]))[0] ?? null),
        shares: await listItems(engine, work, await relatedTo(work, sql`parent = ${row.id}`)),
        lead: row.lead === null ? null : ((await readableItems(engine, work, [{ instance: row.lead }]))[0] ?? null),
        followers: await readableItems(engine, work, await relatedTo(work, sql`lead = ${row.id}`)),
        whole: await shownWhole(engine, work, row),
        parts: await readableItems(engine, work, await relatedTo(work, partsOf(row.id))),
        fields: await shownFields(engine, work, definition.data, row.data),
        holders: await shownHolders(engine, work, row),
        caretaken: row.memory.caretaken === true,
        clocks: shownClocks(definition, row, work.at),
        actions: await shownActions(engine, work, definition, row, possible),
        barred: barred.flatMap((id) => definition.actions[id]?.title ?? []),
        timeLine: await timeLine(engine, work, definition, row),
      }
    },
  })

/** Matters that hang together with one, in order. */
async function relatedTo(work: Work, how: RawBuilder<unknown>): Promise<{ readonly instance: number }[]> {
  const { rows } = await sql<{ instance: number }>`select id as instance from loops.instance
    where ${how} order by id limit 200`.execute(work.tx)
  return rows
}

async function shownWhole(engine: Engine, work: Work, row: Row) {
  const [whole] = await readableItems(engine, work, wholeOf(row))
  return whole ? { ...whole, reason: await whyTakenOut(work, row) } : null
}

async function readableItems(engine: Engine, work: Work, listed: readonly { readonly instance: number }[]) {
  const may: { readonly instance: number }[] = []
  for (const one of listed) if (await engine.service.mayRead(work, String(one.instance))) may.push(one)
  return listItems(engine, work, may)
}

async function shownHolders(engine: Engine, work: Work, { holders }: Row) {
  const posts = holders.flatMap(({ who }) => (who.startsWith('post:') ? [who.slice(5)] : []))
  const accounts = holders.flatMap(({ who, signed }) => [
    ...(who.startsWith('account:') ? [who.slice(8)] : []),
    ...(signed ? [signed] : []),
  ])
  if (posts.length === 0) return null
  const titles = await postTitles(engine, work, posts)
  const names = await people(engine).names(accounts, work.tx)
  return holders.map(({ who, signed }) => {
    const id = who.slice(who.indexOf(':') + 1)
    const name = names.get(id) ?? id
    return {
      id: who,
      title: titles.get(id) ?? words(name, name),
      signedBy: signed === undefined ? null : (names.get(signed) ?? signed),
    }
  })
}

const IN_TIME = words('按期办结', 'Ended in time')
const LATE = words('超期办结', 'Ended late')

function shownClocks(definition: LoopDefinition, row: Row, at: Date): Static<typeof clockSchema>[] {
  return CLOCKS.flatMap((over) => {
    const clock = row.clocks[over]
    const rule: ClockRule | undefined = ruleOf(definition, row.place, over)
    if (!clock || !rule) return []
    const state = showClock(clock, rule, at)
    const { due, light, provisional } = state
    const remaining = state.status === 'stopped' ? (row.late ? LATE : IN_TIME) : wordsOf(state, at)
    return [
      {
        over,
        ended: state.status === 'stopped',
        basis: rule.basis ?? null,
        due: due?.toISOString() ?? null,
        light,
        remaining,
        provisional,
      },
    ]
  })
}

async function shownActions(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  ids: readonly string[],
): Promise<Static<typeof actionSchema>[]> {
  const all = actionsOf(definition)
  const shown = await Promise.all(
    ids.flatMap((id) => {
      const action = all[id]
      if (!action) return []
      const form = async () =>
        id === 'loops.transfer' || id === 'loops.rule'
          ? transferForm(engine, work, definition, row, action.form)
          : (action.form ?? null)
      return [
        form().then((schema) => ({
          id,
          title: action.title,
          look: action.look ?? 'default',
          generic: !definition.actions[id],
          ends: targetsOf(action.to).some((place) => definition.places[place]?.kind === 'end'),
          evidence: action.evidence ?? 0,
          form: schema as Static<typeof actionSchema>['form'],
          filled: id === 'loops.divide' ? { part: visible(definition, row) } : null,
        })),
      ]
    }),
  )
  // Nobody else could take it.
  return shown.filter(({ id, form }) => id !== 'loops.transfer' || form !== null)
}

/** The data as a form shows it. */
const visible = ({ data }: LoopDefinition, row: Row): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row.data).filter(([name]) => {
      const property = data.properties[name]
      return property && !fieldMeta(property)?.internal
    }),
  )

/** The form of a transfer with the posts from which to choose; null if there is none. */
async function transferForm(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  form: TObject | undefined,
): Promise<object | null> {
  const to = form?.properties.to
  if (!form || !to) return null
  const posts = await transferTargets(engine, work, definition, row)
  if (posts.length === 0) return null
  const titles = await postTitles(engine, work, posts.map(({ id }) => id).slice(0, 200))
  const choices = [...titles].map(([id, title]) => ({ const: `post:${id}`, title: title.zh, words: title }))
  const meta = fieldMeta(to)
  const choose = { type: 'string', title: meta?.title.zh, daizong: { ...meta, kind: 'code' }, anyOf: choices }
  return { ...form, properties: { ...form.properties, to: choose } }
}
