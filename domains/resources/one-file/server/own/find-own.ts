import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { type App, NotFound, type Work, words } from '#runtime'
import type { EntityKind } from '../run/gathered.ts'
import { firmKeys, hashesOf, personKeys } from '../run/keys.ts'

export interface OwnFile {
  readonly id: string
  readonly kind: EntityKind
}

/** The register of each kind, whose records go before others. */
const REGISTER: Readonly<Record<EntityKind, string>> = { person: 'base.resident', firm: 'base.firm' }

/**
 * The person or firm of which an account is proven to be: who has a record with that number and name, the register's before
 * others. A number alone is not enough, since some files give one number to two people.
 */
export async function findOwn(app: App, work: Work, account: string): Promise<OwnFile | undefined> {
  const proof = await app.use(identity).proofOf(account, work.tx)
  if (!proof) return undefined
  const kind = proof.kind === 'firm' ? 'firm' : 'person'
  const texts = kind === 'firm' ? firmKeys({ code: proof.number, name: proof.name }) : personKeys(proof)
  const [number] = hashesOf(app, kind, 'number', [texts.number])
  const [name] = hashesOf(app, kind, 'name', [texts.name])
  const { rows } = await sql<{ entity: number }>`select entity from one_file.record
    where kind = ${kind} and number_key = ${String(number)}::bigint and name_key = ${String(name)}::bigint
    group by entity order by bool_or(dataset = ${REGISTER[kind]}) desc, count(*) desc, entity limit 1`.execute(work.tx)
  return rows[0] && { id: String(rows[0].entity), kind }
}

/** The file of whoever is signed in. @throws NotFound */
export async function getOwn(app: App, work: Work): Promise<OwnFile> {
  const own = await findOwn(app, work, work.actor.id)
  if (own !== undefined) return own
  throw new NotFound(
    'no-own-file',
    words(
      '您的账号尚未核验，或档案中没有您的记录：请带身份证（企业带营业执照）到政务服务大厅核验',
      'Your account is not proven, or there is no record of you: come to the service hall with your card (a firm with its licence)',
    ),
  )
}
