import { type Static, Type } from 'typebox'
import { identity, type Organisation } from '#platform/identity'
import { type AnyDataset, datasetDirectory, sharedRows, type Where } from '#platform/registry'
import { type App, InvalidInput, type Issue, type Work, words } from '#runtime'
import { sharingOf } from '../catalogue/sharing-of.ts'

const Scalar = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()])
const closed = { additionalProperties: false } as const

/** A condition on one field, as data; never a text of SQL. */
const ConditionSchema = Type.Union([
  Type.Object({ is: Scalar }, closed),
  Type.Object(
    { in: Type.Array(Type.Union([Type.String({ maxLength: 200 }), Type.Number()]), { maxItems: 100 }) },
    closed,
  ),
  Type.Object({ prefix: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
  Type.Object({ from: Type.Optional(Scalar), to: Type.Optional(Scalar) }, { ...closed, minProperties: 1 }),
  Type.Object({ blank: Type.Boolean() }, closed),
])
export const WhereSchema = Type.Unsafe<Where>(
  Type.Record(Type.String({ maxLength: 60 }), ConditionSchema, { maxProperties: 20 }),
)

const Names = Type.Array(Type.String({ maxLength: 60 }), { maxItems: 200, uniqueItems: true })
const WAYS = ['query', 'file', 'subscription', 'compare', 'compute'] as const

export const Application = Type.Object(
  {
    dataset: Type.String({ maxLength: 100 }),
    fields: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
    /** Fields whose personal values are wanted whole. */
    whole: Type.Optional(Names),
    rows: Type.Optional(WhereSchema),
    purpose: Type.String({ minLength: 1, maxLength: 1000 }),
    basis: Type.String({ minLength: 1, maxLength: 1000 }),
    until: Type.String({ format: 'date' }),
    quota: Type.Integer({ minimum: 1, maximum: 50_000_000 }),
    ways: Type.Array(Type.Enum(WAYS), { minItems: 1, maxItems: WAYS.length, uniqueItems: true }),
    /** A county asks for the rows of its own division. */
    returnFlow: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Application = Static<typeof Application>

/** An application that fits its dataset. */
export interface Checked extends Required<Application> {
  readonly owner: string
  readonly consumer: string
  readonly title: string
  readonly titleEn: string
}

const LONGEST_YEARS = 3

/** @throws InvalidInput naming each place */
export async function checkApplication(app: App, work: Work, application: Application): Promise<Checked> {
  const directory = app.use(datasetDirectory)
  const dataset = directory.find(application.dataset)
  if (!dataset) throw wrong([{ path: '/dataset', message: words('没有这个数据集', 'There is no such dataset') }])
  const known = new Map(directory.fields(dataset).map(({ name, meta }) => [name, meta]))
  if (known.size === 0)
    throw wrong([
      { path: '/dataset', message: words('此数据集按序列存储，不能按行申请', 'Its values are a series, not rows') },
    ])
  const consumer = await consumerOf(app, work)
  const rows = application.returnFlow ? ownDivision(dataset, consumer) : (application.rows ?? {})
  const whole = (application.whole ?? []).filter((name) => application.fields.includes(name))
  const classes = application.fields.map((name) => {
    const meta = known.get(name)
    return meta && sharingOf(dataset, meta)
  })
  const issues = classes.flatMap((sharing, at): Issue[] =>
    sharing === 'none' ? [{ path: `/fields/${at}`, message: words('此字段不予共享', 'This field is not shared') }] : [],
  )
  issues.push(...termIssues(work, application.until))
  if (dataset.source === consumer.id)
    issues.push({
      path: '/dataset',
      message: words('这是本单位的数据，无需申请', 'These are your own data; no grant is needed'),
    })
  if (issues.length > 0) throw wrong(issues)
  app.use(sharedRows).plan({ dataset: dataset.id, fields: application.fields, whole, rows })
  return {
    ...application,
    whole,
    rows,
    returnFlow: application.returnFlow ?? false,
    owner: dataset.source,
    consumer: consumer.id,
    title: dataset.title.zh,
    titleEn: dataset.title.en,
  }
}

/** Whether everything asked for is shared without anybody's decision. */
export function isFree(
  app: App,
  { dataset: id, fields, rows }: { readonly dataset: string; readonly fields: readonly string[]; readonly rows: Where },
): boolean {
  const directory = app.use(datasetDirectory)
  const dataset = directory.find(id)
  const free = new Set(
    dataset &&
      directory
        .fields(dataset)
        .flatMap(({ name, meta }) => (sharingOf(dataset, meta) === 'unconditional' ? [name] : [])),
  )
  return [...fields, ...Object.keys(rows)].every((name) => free.has(name))
}

const wrong = (issues: readonly Issue[]): InvalidInput =>
  new InvalidInput(
    'wrong-application',
    words('申请内容有误，请更正', 'Some of the application is wrong; correct it'),
    issues,
  )

async function consumerOf(app: App, work: Work): Promise<Organisation> {
  const found = await app.use(identity).organisation(work.actor.organisation ?? '', work.tx)
  if (found) return found
  throw wrong([{ path: '', message: words('您没有所属单位，不能申请', 'You act for no unit, so you cannot apply') }])
}

function termIssues(work: Work, until: string): Issue[] {
  const days = (Date.parse(`${until}T23:59:59+08:00`) - work.at.getTime()) / 86_400_000
  if (days >= 0 && days <= LONGEST_YEARS * 366) return []
  return [
    {
      path: '/until',
      message: words(`应从今天起，不超过 ${LONGEST_YEARS} 年`, `From today on, at most ${LONGEST_YEARS} years`),
    },
  ]
}

/** The rows of a county's own division; nobody can widen it, for nobody writes it. @throws InvalidInput */
function ownDivision(dataset: AnyDataset, { division, kind }: Organisation): Where {
  const fields = Object.entries(dataset.schema.properties as Record<string, { daizong?: { kind?: string } }>)
  const name = dataset.scope?.division ?? fields.find(([, schema]) => schema.daizong?.kind === 'division')?.[0]
  if (name === undefined)
    throw wrong([
      { path: '/returnFlow', message: words('此数据集没有行政区划字段，不能回流', 'It has no field of division') },
    ])
  if (!/^\d{6,12}$/.test(division) || kind === 'city')
    throw wrong([
      {
        path: '/returnFlow',
        message: words('只有县区及以下单位可以申请回流', 'Only counties and below have a return flow'),
      },
    ])
  return { [name]: { prefix: division } }
}
