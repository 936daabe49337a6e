import { Type } from 'typebox'
import { wilson } from '#platform/analytics'
import { type Db, NOTHING_PERSONAL, type Route, route, type Words, words } from '#runtime'
import { tagSchema } from '../../declaration.ts'
import type { InForce, TagBook } from '../book.ts'
import { isOutdated } from '../outdated.ts'
import { isPersonal } from '../reading.ts'
import { Maybe, Pair, TagId } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'

const RUNS_SHOWN = 60
const Precision = Maybe(
  Type.Object({
    share: Type.Number(),
    low: Type.Number(),
    high: Type.Number(),
    judged: Type.Integer(),
    round: Type.Integer(),
  }),
)
const Summary = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  kind: Type.String(),
  theme: Type.String(),
  title: Pair,
  about: Pair,
  owner: Type.String(),
  sensitivity: Type.String(),
  uses: Type.Array(Type.String()),
  declared: Type.Boolean(),
  version: Type.Integer(),
  bar: Type.Number(),
  carriers: Maybe(Type.Integer()),
  psi: Maybe(Type.Number()),
  precision: Precision,
  /** Why the last run kept the values of before. */
  problem: Maybe(Pair),
  isStale: Type.Boolean(),
})
const RunView = Type.Object({
  id: Type.Integer(),
  state: Type.String(),
  day: Type.String(),
  startedAt: Type.String(),
  endedAt: Maybe(Type.String()),
  added: Maybe(Type.Integer()),
  removed: Maybe(Type.Integer()),
  carried: Maybe(Type.Integer()),
  problem: Maybe(Pair),
})

interface Standing {
  readonly tag: number
  readonly carriers: number
  readonly psi: number | null
  readonly computed_on: string | null
  readonly right: number | null
  readonly judged: number | null
  readonly round: number | null
  readonly problem: Words | null
}

/** How each tag stands after the last run and the last review. */
async function standings(db: Db, subject: string): Promise<ReadonlyMap<number, Standing>> {
  const rows = await rowsOf(
    db,
    sql<Standing>`with last as (select id, failed from tags.run where subject = ${subject} and state = 'done' order by id desc limit 1)
      select t.number as tag, c.carriers, c.psi, d.day::text as computed_on, j."right"::int, j.judged::int, r.id as round,
        l.failed->t.id as problem
      from tags.tag t join last l on true
      left join tags.count c on c.tag = t.number and c.run = l.id
      left join lateral (select run.day from tags.count x join tags.run run on run.id = x.run
        where x.tag = t.number and x.computed order by x.run desc limit 1) d on true
      left join lateral (select id from tags.review_round where tag = t.id and closed_at is not null order by id desc limit 1) r on true
      left join lateral (select count(*) filter (where verdict = 'right') as "right",
        count(*) filter (where verdict in ('right', 'wrong')) as judged from tags.review where round = r.id) j on true
      where t.subject = ${subject}`,
  )
  return new Map(rows.map((row) => [row.tag, row]))
}

function summary(tag: InForce, standing: Standing | undefined, now: Date) {
  const { id, subject, kind, theme, title, about, owner, sensitivity, uses, declared, version, bar } = tag
  const interval = wilson(standing?.right ?? 0, standing?.judged ?? 0)
  return {
    ...{ id, subject, kind, theme, title, about, owner, sensitivity, uses, declared, version, bar },
    carriers: standing?.carriers ?? null,
    psi: standing?.psi ?? null,
    precision: interval ? { ...interval, judged: standing?.judged ?? 0, round: standing?.round ?? 0 } : null,
    problem: standing?.problem ?? null,
    isStale: isOutdated(tag, standing?.computed_on ?? null, now),
  }
}

const RUN = sql`id, state, day::text, started_at as "startedAt", ended_at as "endedAt", added, removed, carried::float8 as carried, problem`

/** The catalogue of tags and the page of one. */
export const catalogueRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tags',
    title: words('标签目录', 'Catalogue of tags'),
    right: 'tags.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ subject: Type.Optional(Type.String({ maxLength: 80 })) }),
    response: Type.Object({
      subjects: Type.Array(
        Type.Object({ id: Type.String(), title: Pair, page: Type.String(), themes: Type.Record(Type.String(), Pair) }),
      ),
      tags: Type.Array(Summary),
      run: Maybe(RunView),
    }),
    example: { subjects: [], tags: [], run: null },
    handler: async ({ query, work }) => {
      const subjects = [...book.subjects.values()].map(({ id, title, themes, page }) => ({ id, title, themes, page }))
      const subject = query.subject ?? subjects[0]?.id ?? ''
      const standing = await standings(work.tx, subject)
      const run = await firstOf(
        work.tx,
        sql`select ${RUN} from tags.run where subject = ${subject} order by id desc limit 1`,
      )
      const inForce = await book.inForce(work.tx, subject)
      return { subjects, tags: inForce.map((tag) => summary(tag, standing.get(tag.number), work.at)), run: run ?? null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/tags/:id',
    title: words('一个标签', 'A tag'),
    right: 'tags.read',
    audit: NOTHING_PERSONAL,
    params: TagId,
    response: Type.Object({
      tag: tagSchema,
      standing: Summary,
      themes: Type.Record(Type.String(), Pair),
      personal: Type.Boolean(),
      /** Datasets and columns that it comes from, and through which feature. */
      lineage: Type.Array(
        Type.Object({ dataset: Type.String(), columns: Type.Array(Type.String()), feature: Maybe(Pair) }),
      ),
      counts: Type.Array(
        Type.Object({ run: Type.Integer(), day: Type.String(), carriers: Type.Integer(), psi: Maybe(Type.Number()) }),
      ),
      bins: Maybe(Type.Array(Type.Integer())),
      versions: Type.Array(
        Type.Object({
          version: Type.Integer(),
          author: Type.String(),
          reviewer: Maybe(Type.String()),
          publishedAt: Maybe(Type.String()),
        }),
      ),
      rounds: Type.Array(
        Type.Object({
          id: Type.Integer(),
          version: Type.Integer(),
          openedAt: Type.String(),
          closedAt: Maybe(Type.String()),
          size: Type.Integer(),
          right: Type.Integer(),
          wrong: Type.Integer(),
          unclear: Type.Integer(),
          matter: Maybe(Type.String()),
        }),
      ),
    }),
    example: {},
    handler: async ({ params, work }) => {
      const { number, version, declared, ...tag } = await book.get(work.tx, params.id)
      const inForce = { ...tag, number, version, declared }
      const features = book.featuresOf([tag])
      const counts = await rowsOf(
        work.tx,
        sql<{
          bins: number[] | null
        }>`select c.run, r.day::text, c.carriers, c.psi, c.bins from tags.count c join tags.run r on r.id = c.run
          where c.tag = ${number} order by c.run desc limit ${RUNS_SHOWN}`,
      )
      return {
        tag,
        standing: summary(inForce, (await standings(work.tx, tag.subject)).get(number), work.at),
        themes: book.subject(tag.subject).themes,
        personal: isPersonal(book.app, tag),
        lineage: [
          ...tag.sources.map(({ dataset, columns }) => ({ dataset, columns, feature: null })),
          ...features.flatMap(({ title, sources }) =>
            sources.map(({ dataset, columns }) => ({ dataset, columns, feature: title })),
          ),
        ],
        counts: counts.toReversed(),
        bins: counts.find(({ bins }) => bins)?.bins ?? null,
        versions: await rowsOf(
          work.tx,
          sql`select version, author, reviewer, published_at as "publishedAt" from tags.version where tag = ${tag.id} order by version desc`,
        ),
        rounds: await rowsOf(
          work.tx,
          sql`select r.id, r.version, r.opened_at as "openedAt", r.closed_at as "closedAt", r.matter, count(v.member)::int as size,
              count(*) filter (where v.verdict = 'right')::int as "right", count(*) filter (where v.verdict = 'wrong')::int as wrong,
              count(*) filter (where v.verdict = 'unclear')::int as unclear
            from tags.review_round r left join tags.review v on v.round = r.id where r.tag = ${tag.id}
            group by r.id order by r.id desc limit 20`,
        ),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/runs',
    title: words('立即计算标签', 'Compute tags now'),
    right: 'tags.run',
    audit: 'tags.run.wanted',
    body: Type.Object({ subject: Type.String({ maxLength: 80 }) }),
    response: Type.Object({ subject: Type.String() }),
    example: { subject: 'legal-persons.firm' },
    handler: async ({ body: { subject }, work }) => {
      book.subject(subject)
      work.audit({ event: 'tags.run.wanted', subject: { kind: 'tags.subject', id: subject } })
      work.enqueue('tags.run', { subject, now: true }, { key: `${subject}/now` })
      return { subject }
    },
  }),
]
