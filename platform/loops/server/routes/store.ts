import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, type Work, words } from '#runtime'
import { definitionSchema } from '../../definition-schema.ts'
import { genericActions } from '../../generic-actions.ts'
import { type Engine, people } from '../engine.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'
import { mistakesOf } from '../store/check.ts'
import { findDraft } from '../store/drafts.ts'
import { postTitles } from '../time-line.ts'
import { TermView, termsInForce } from './statutory-terms.ts'
import { Body, ById, DESIGN_RIGHT, MistakeView, Named, Version } from './store-schemas.ts'

const TITLE = { zh: '市长热线', en: 'Hotline' }
const DraftView = Type.Object({
  body: Body,
  revision: Type.Integer(),
  basedOn: Version,
  savedAt: Type.String(),
  savedBy: Type.String(),
  mistakes: Type.Array(MistakeView),
})
const VersionView = Type.Object({
  version: Type.Integer(),
  made: Type.Union([Type.Literal('code'), Type.Literal('page')]),
  madeBy: textOrNull,
  madeAt: Type.String(),
  note: textOrNull,
  inForce: Type.Boolean(),
  /** Matters that follow it and have not ended. */
  running: Type.Integer(),
})

/** Definitions with their versions and drafts, and what they may name. */
export const storeRoutes = (engine: Engine): Route[] => [
  listRoute(engine),
  partsRoute(engine),
  oneRoute(engine),
  versionRoute(engine),
]

const listRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/definition-store',
    title: words('流程库', 'Every definition with its draft'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          title: wordsSchema,
          /** Version in force; null for a draft that was never published. */
          inForce: Version,
          made: Type.Union([Type.Literal('code'), Type.Literal('page'), Type.Null()]),
          /** Revision of the draft, if there is one. */
          draft: Version,
          /** Name of who saved the draft, else of who published what is in force. */
          by: textOrNull,
          /** Matters that have not ended, by the version that they follow. */
          running: Type.Array(Type.Object({ version: Type.Integer(), matters: Type.Integer() })),
        }),
      ),
      next: Type.Null(),
    }),
    example: {
      rows: [
        {
          id: 'own.hotline',
          title: TITLE,
          inForce: 2,
          made: 'page',
          draft: null,
          by: '王伟',
          running: [{ version: 2, matters: 14 }],
        },
      ],
      next: null,
    },
    handler: async ({ work }) => ({ rows: await listed(engine, work), next: null }),
  })

interface DraftLine {
  readonly id: string
  readonly title: { readonly zh?: string; readonly en?: string } | null
  readonly revision: number
  readonly saved_by: string
}

/** Those in force, then drafts that were never published. */
async function listed(engine: Engine, work: Work) {
  const { rows: drafts } = await sql<DraftLine>`
    select id, body -> 'title' as title, revision, saved_by from loops.definition_draft order by id`.execute(work.tx)
  const { rows: makers } = await sql<{ id: string; made_by: string }>`select d.id, d.made_by
    from loops.definition_in_force f join loops.definition d using (id, version)
    where d.made_by is not null`.execute(work.tx)
  const running = await runningOf(work)
  const savers = new Map(drafts.map(({ id, saved_by }) => [id, saved_by]))
  const by = new Map([...makers.map(({ id, made_by }) => [id, made_by] as const), ...savers])
  const names = await people(engine).names([...new Set(by.values())], work.tx)
  const more = (id: string) => ({
    draft: drafts.find((draft) => draft.id === id)?.revision ?? null,
    by: names.get(by.get(id) ?? '') ?? by.get(id) ?? null,
    running: running.get(id) ?? [],
  })
  const current = engine.definitions.current().map((one) => ({
    id: one.id,
    title: one.title,
    inForce: one.version,
    made: engine.definitions.declared(one.id) === one ? ('code' as const) : ('page' as const),
    ...more(one.id),
  }))
  const known = new Set(current.map(({ id }) => id))
  const fresh = drafts
    .filter(({ id }) => !known.has(id))
    .map(({ id, title }) => ({
      id,
      title: words(title?.zh ?? id, title?.en ?? id),
      inForce: null,
      made: null,
      ...more(id),
    }))
  return [...current, ...fresh]
}

type Running = readonly { readonly version: number; readonly matters: number }[]

async function runningOf(work: Work): Promise<ReadonlyMap<string, Running>> {
  const { rows } = await sql<{ definition: string; version: number; matters: number }>`
    select definition, version, count(*) as matters from loops.instance where ended_at is null
    group by definition, version order by definition, version desc`.execute(work.tx)
  const running = new Map<string, { version: number; matters: number }[]>()
  for (const { definition, ...line } of rows) running.set(definition, [...(running.get(definition) ?? []), line])
  return running
}

const partsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/definition-parts',
    title: words('流程构件', 'What a definition may name: rights, hooks, other definitions'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      hooks: Type.Array(
        Type.Object({
          kind: Type.Union(['guards', 'effects', 'choices', 'finders'].map((kind) => Type.Literal(kind))),
          name: Type.String(),
          title: wordsSchema,
        }),
      ),
      /** With how many posts hold each now. */
      rights: Type.Array(Type.Object({ ...Named.properties, posts: Type.Integer() })),
      definitions: Type.Array(Named),
      /** Terms of the laws in force today, for clocks to take over. */
      terms: Type.Array(TermView),
      /** JSON Schema of a definition. */
      schema: Body,
    }),
    example: {
      hooks: [{ kind: 'guards', name: 'air.measured', title: { zh: '监测达标', en: 'The station measures it' } }],
      rights: [{ id: 'loops.handle', title: { zh: '办理自定义事项', en: 'Handle matters' }, posts: 3 }],
      definitions: [{ id: 'air.exceedance', title: { zh: '空气超标处置', en: 'Air exceedance' } }],
      terms: [],
      schema: {},
    },
    handler: async ({ work }) => {
      const posts = await people(engine).postCounts(work.tx)
      return {
        hooks: engine.hooks.all(),
        rights: engine.app
          .declared('rights')
          .map(({ entry: { id, title } }) => ({ id, title, posts: posts.get(id) ?? 0 })),
        definitions: engine.definitions.current().map(({ id, title }) => ({ id, title })),
        terms: termsInForce(engine.app),
        schema: definitionSchema,
      }
    },
  })

const oneRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/definitions/:id',
    title: words('流程及其版本', 'A definition with its versions and draft'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({
      id: Type.String(),
      /** What new matters follow; null for a draft that was never published. */
      body: Type.Union([Body, Type.Null()]),
      /** Posts that it or its draft names. */
      posts: Type.Array(Named),
      /** Actions that it gets for free, as the same kind of data. */
      generic: Type.Array(Named),
      versions: Type.Array(VersionView),
      draft: Type.Union([DraftView, Type.Null()]),
    }),
    example: { id: 'own.hotline', body: null, posts: [], generic: [], versions: [], draft: null },
    handler: async ({ params: { id }, work }) => {
      const current = engine.definitions.current().find((one) => one.id === id)
      const draft = await findDraft(work, id)
      if (!current && !draft) return engine.definitions.get(id)
      const names = await people(engine).names(draft ? [draft.saved_by] : [], work.tx)
      return {
        id,
        body: current ?? null,
        posts: await namedPosts(engine, work, [current, draft?.body]),
        generic: current
          ? Object.entries(genericActions(current)).map(([action, { title }]) => ({ id: action, title }))
          : [],
        versions: await versionsOf(engine, work, id),
        draft: draft
          ? {
              body: draft.body,
              revision: draft.revision,
              basedOn: draft.based_on,
              savedAt: draft.saved_at.toISOString(),
              savedBy: names.get(draft.saved_by) ?? draft.saved_by,
              mistakes: mistakesOf(engine, draft.body),
            }
          : null,
      }
    },
  })

/** Titles of the posts that definitions name, so that a page need not show their ids. */
async function namedPosts(engine: Engine, work: Work, bodies: readonly unknown[]): Promise<Static<typeof Named>[]> {
  const ids = [...JSON.stringify(bodies).matchAll(/"post":"([^"]+)"/g)].map(([, id]) => id ?? '')
  const titles = await postTitles(engine, work, [...new Set(ids)])
  return [...titles].map(([id, title]) => ({ id, title }))
}

interface VersionRow {
  readonly version: number
  readonly made: 'code' | 'page'
  readonly made_by: string | null
  readonly created_at: Date
  readonly note: string | null
  readonly running: number
}

async function versionsOf(engine: Engine, work: Work, id: string): Promise<Static<typeof VersionView>[]> {
  const { rows } = await sql<VersionRow>`select d.version, d.made, d.made_by, d.created_at, d.note,
      (select count(*) from loops.instance i where i.definition = d.id and i.version = d.version and i.ended_at is null) as running
    from loops.definition d where d.id = ${id} order by d.version desc`.execute(work.tx)
  const names = await people(engine).names(
    rows.flatMap(({ made_by }) => made_by ?? []),
    work.tx,
  )
  const inForce = engine.definitions.current().find((one) => one.id === id)?.version
  return rows.map(({ version, made, made_by, created_at, note, running }) => ({
    version,
    made,
    madeBy: made_by === null ? null : (names.get(made_by) ?? made_by),
    madeAt: created_at.toISOString(),
    note,
    inForce: version === inForce,
    running,
  }))
}

const versionRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/definitions/:id/versions/:version',
    title: words('流程的一个版本', 'One version of a definition'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String({ maxLength: 100 }), version: Type.Integer({ minimum: 1 }) }),
    response: Body,
    example: { id: 'own.hotline', version: 1 },
    handler: async ({ params, work }) => engine.definitions.find(work.tx, params.id, params.version),
  })
