import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { type AnyDataset, type DatasetField, datasetDirectory } from '#platform/registry'
import { type Actor, type App, dayAt, formatDay } from '#runtime'
import { sharingOf } from './catalogue/sharing-of.ts'
import type { Application } from './grants/application.ts'
import { apply } from './grants/apply.ts'
import type { GrantStore } from './grants/grant-store.ts'

const TERM_DAYS = 300

/** Shows what sharing looks like in the demonstration city: one grant made freely, one decided, one to be decided. */
export async function loadDemonstration(app: App, store: GrantStore): Promise<void> {
  const { rows } = await sql`select 1 from exchange."grant" limit 1`.execute(app.db)
  if (rows.length > 0) return
  const county = await someone(app, 'exchange.apply', (organisation) => organisation.startsWith('county.'))
  if (!county) return
  const until = formatDay(dayAt(app.now().getTime()) + TERM_DAYS)
  const of = (dataset: AnyDataset, fields: readonly DatasetField[]): Application => ({
    dataset: dataset.id,
    fields: fields.slice(0, 6).map(({ name }) => name),
    purpose: '本县区业务协同，按月核对',
    basis: '政务数据共享条例（演示数据）',
    until,
    quota: 2000,
    ways: ['query', 'file', 'subscription'],
  })
  const free = find(app, (dataset, fields) => fields.some(({ meta }) => sharingOf(dataset, meta) === 'unconditional'))
  if (free) {
    const fields = free.fields.filter(({ meta }) => sharingOf(free.dataset, meta) === 'unconditional')
    await app.work(county, (work) => apply(app, store, work, of(free.dataset, fields), 'demonstration-free'))
  }
  const personal = find(app, (dataset, fields) => dataset.sharing === 'conditional' && hasPersonsOfDivisions(fields))
  if (!personal) return
  const application = of(personal.dataset, personal.fields)
  const owner = await someone(app, 'exchange.decide', (organisation) => organisation === personal.dataset.source)
  const wanted = await app.work(county, (work) =>
    apply(app, store, work, { ...application, returnFlow: true }, 'demonstration-return-flow'),
  )
  if (owner)
    await app.work(owner, async (work) => {
      const { id: instance, revision } = await app.use(loops).get(work, wanted.request)
      await app.use(loops).act(work, { instance, action: 'grant', form: {}, revision, key: 'demonstration' })
    })
  await app.work(county, (work) => apply(app, store, work, application, 'demonstration-waiting'))
}

const hasPersonsOfDivisions = (fields: readonly DatasetField[]): boolean =>
  fields.some(({ meta }) => meta.personal) && fields.some(({ meta }) => meta.kind === 'division')

function find(app: App, fits: (dataset: AnyDataset, fields: readonly DatasetField[]) => boolean) {
  const directory = app.use(datasetDirectory)
  for (const dataset of directory.all()) {
    const fields = directory.fields(dataset)
    if (fits(dataset, fields)) return { dataset, fields }
  }
  return undefined
}

/** Somebody who holds a right in a post of one of these organisations. */
async function someone(app: App, right: string, isOne: (organisation: string) => boolean): Promise<Actor | undefined> {
  const people = app.use(identity)
  for (const { id: organisation } of (await people.organisations()).filter(({ id }) => isOne(id)))
    for (const post of await people.postsWith(right, { organisation }))
      for (const account of post.organisation === organisation ? await people.accountsOf(post.id) : [])
        return people.actorFor(account.id, post.id)
  return undefined
}
