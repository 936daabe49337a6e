import { type RawBuilder, sql } from 'kysely'
import { identity } from '#platform/identity'
import { type Actor, type App, type Db, Forbidden, InvalidInput, type Scope, type Work, words } from '#runtime'
import type { AnyDataset } from '../../dataset.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { quoted, type Storage, storageOf } from '../storage.ts'

/** Reach of the right to read a dataset. @throws Forbidden */
export const readScope = (actor: Actor, dataset: AnyDataset): Scope =>
  scopeOf(actor, dataset, dataset.readRight ?? 'registry.read')

/** Reach of the right to write a dataset at the desk of data. @throws Forbidden */
export const writeScope = (actor: Actor, dataset: AnyDataset): Scope => scopeOf(actor, dataset, deskRight(dataset))

/** Right to write a dataset at the desk. @throws Forbidden `rows-by-module` if it takes rows through its module alone */
export function deskRight({ writeRight, title }: AnyDataset): string {
  if (writeRight !== undefined) return writeRight
  throw new Forbidden(
    'rows-by-module',
    words(
      `“${title.zh}”的数据只在办理业务时产生，不能直接录入、修改、删除、导入或采集`,
      `Rows of "${title.en}" come only from the work that makes them; they are not written, deleted, imported or collected directly`,
    ),
  )
}

export const mayRead = (actor: Actor, dataset: AnyDataset): boolean =>
  actor.rights.has(dataset.readRight ?? 'registry.read')

function scopeOf(actor: Actor, dataset: AnyDataset, right: string): Scope {
  const scope = actor.rights.get(right)
  if (!scope)
    throw new Forbidden(
      'forbidden',
      words(`您没有数据集“${dataset.title.zh}”的权限`, `You have no right to the dataset "${dataset.title.en}"`),
    )
  return scope
}

/** Whether a reach that is not the whole city covers the organisation that answers for a dataset. */
export async function answersFor(app: App, db: Db, scope: Scope, source: string): Promise<boolean> {
  if (scope.reach === 'own') return false
  if (scope.organisation === source) return true
  return scope.reach === 'subtree' && (await app.use(identity).organisationsWithin(scope.path, db)).includes(source)
}

/**
 * The condition that keeps rows out of reach away. Whoever answers for a dataset sees all of it, unless rows belong to
 * accounts. Otherwise a dataset that no field of which decides is open to every holder of the right if it is public or
 * internal; of anything more sensitive a limited reach sees nothing.
 */
export async function scopeSql(
  { app }: { readonly app: App },
  db: Db,
  storage: Storage,
  actor: Actor,
  scope: Scope,
): Promise<RawBuilder<unknown>[]> {
  if (scope.reach === 'city') return []
  const { level, scope: by, source } = storage.dataset
  if (!by?.account && (await answersFor(app, db, scope, source))) return []
  const column = (field: string) =>
    sql.raw(quoted(storage.fields.find(({ name }) => name === field)?.columns[0]?.name ?? field))
  if (scope.reach === 'own' && by?.account) return [sql`${column(by.account)} = ${actor.id}`]
  if (scope.reach !== 'own' && by?.organisation) {
    const ids =
      scope.reach === 'unit' ? [scope.organisation] : await app.use(identity).organisationsWithin(scope.path, db)
    return [sql`${column(by.organisation)} = any(${[...ids]})`]
  }
  if (scope.reach !== 'own' && by?.division) {
    const { division } = scope
    return [sql`(${column(by.division)} >= ${division} and ${column(by.division)} < ${`${division}~`})`]
  }
  return by === undefined && (level === 'public' || level === 'internal') ? [] : [sql`false`]
}

/** Whether a dataset holds nothing personal; an unknown one is not known to. */
export function isHarmless({ catalogue }: Pick<LoadParts, 'catalogue'>, id: string): boolean {
  const listed = catalogue.find(id)
  const storage = listed && storageOf(listed.dataset)
  return storage !== undefined && !storage.personal
}

/** Whoever reads personal data says what for; it goes into the audit log. @throws InvalidInput purpose-needed */
export function askPurpose(work: Work, storage: Storage): void {
  if (storage.personal && !work.purpose?.trim())
    throw new InvalidInput(
      'purpose-needed',
      words('此数据集含个人信息，请先说明查看目的', 'This dataset holds personal data; say first what you read it for'),
    )
}
