import { sql } from 'kysely'
import { type App, type Db, StartError } from '#runtime'
import type { KeyPurpose } from '../purpose.ts'
import { createDataKey, type DataKey } from './data-key.ts'
import type { KeyRing, PurposeKeys } from './key-ring.ts'
import { unwrapKey, wrapKey } from './key-wrap.ts'
import { addMasterKey, dropFormerMasterKeys, makeMasterKey, readMasterKey } from './master-key.ts'
import { sealedKeyId } from './sealed-format.ts'
import { generateSm2KeyPair } from './sm2.ts'

interface KeyRow {
  readonly id: number
  readonly purpose: string
  readonly wrapped: Buffer
  readonly state: 'added' | 'current' | 'former'
}

const LOCK = 8_240_118

/**
 * Opens the key store: the master key is made with the first keys, and every purpose without a key gets one.
 * @throws StartError when the master key is missing or is another than the one the stored keys are under
 */
export async function openStore(
  app: App,
  purposes: readonly KeyPurpose[],
): Promise<readonly { purpose: string; id: number }[]> {
  const file = app.config.masterKeyFile
  return app.db.transaction().execute(async (tx) => {
    await lockKeys(tx)
    const rows = await storedKeys(tx)
    const master = readMasterKey(file) ?? (rows.length === 0 ? makeMasterKey(file) : undefined)
    if (!master)
      throw new StartError(
        `The master key file ${file} is missing, but this database holds keys under it; put it back from your backup or name it in DAIZONG_MASTER_KEY_FILE.`,
      )
    const known = new Set(master.all.map(({ id }) => id))
    if (rows.some((row) => !known.has(sealedKeyId(row.wrapped))))
      throw new StartError(
        `The master key in ${file} is not the one that protects the keys of this database; name the right one in DAIZONG_MASTER_KEY_FILE.`,
      )
    const made = []
    for (const purpose of purposes) {
      if (rows.some((row) => row.purpose === purpose.id && row.state === 'current')) continue
      made.push({ purpose: purpose.id, id: await storeNewKey(tx, file, purpose, 'current') })
    }
    return made
  })
}

/**
 * Every key that still opens, unwrapped. The master key may change between reading its file and reading the rows, and
 * then both are read again.
 * @throws RangeError if a stored key was changed
 */
export async function loadRing(db: Db, file: string): Promise<KeyRing> {
  const master = masterKeyOf(file)
  const rows = await storedKeys(db)
  const known = new Set(masterKeyOf(file).all.map(({ id }) => id))
  if (master.all.some(({ id }) => !known.has(id)) || known.size !== master.all.length) return loadRing(db, file)
  const ring = new Map<string, PurposeKeys>()
  for (const [purpose, keys] of Map.groupBy(rows, (row) => row.purpose)) {
    const all = keys.map((row) => unwrapKey(master, purpose, row.id, row.wrapped))
    const current = all[keys.findIndex((row) => row.state === 'current')]
    if (current) ring.set(purpose, { current, all })
  }
  return ring
}

/** Makes a key of a purpose and stores it wrapped; the lock keeps it from being stored under a master key that goes. */
export async function storeNewKey(
  tx: Db,
  masterKeyFile: string,
  purpose: KeyPurpose,
  state: 'added' | 'current',
): Promise<number> {
  await lockKeys(tx)
  const master = masterKeyOf(masterKeyFile)
  const key = purpose.use === 'sign' ? signingKey() : createDataKey()
  const promoted = state === 'current' ? sql`now()` : sql`null`
  await sql`insert into crypto.key (id, purpose, wrapped, state, promoted_at)
    values (${key.id}, ${purpose.id}, ${wrapKey(master.current, purpose.id, key)}, ${state}, ${promoted})`.execute(tx)
  return key.id
}

const signingKey = (): DataKey => createDataKey({ secret: Buffer.from(generateSm2KeyPair().privateKey, 'hex') })

/**
 * Puts a new master key over all stored keys, also retired ones. Cut short at any point it is taken up again: the file
 * holds both keys until every row is under the new one.
 * @returns the number of keys that are under the new one now
 */
export async function changeMasterKey(db: Db, file: string): Promise<number> {
  await lockKeys(db)
  const master = addMasterKey(file, masterKeyOf(file))
  const { rows } = await sql<KeyRow>`select id, purpose, wrapped, state from crypto.key`.execute(db)
  for (const { id, purpose, wrapped } of rows) {
    const key = unwrapKey(master, purpose, id, wrapped)
    await sql`update crypto.key set wrapped = ${wrapKey(master.current, purpose, key)} where id = ${id}`.execute(db)
  }
  return rows.length
}

/** The last step, once the change is confirmed by the database. */
export async function finishMasterKey(db: Db, file: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockKeys(tx)
    dropFormerMasterKeys(file, masterKeyOf(file))
  })
}

const lockKeys = (tx: Db): Promise<unknown> => sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)

function masterKeyOf(file: string): PurposeKeys {
  const master = readMasterKey(file)
  if (!master) throw new StartError(`The master key file ${file} is missing; put it back from your backup.`)
  return master
}

async function storedKeys(db: Db): Promise<readonly KeyRow[]> {
  const { rows } = await sql<KeyRow>`select id, purpose, wrapped, state from crypto.key
    where state <> 'retired' order by purpose, made_at, id`.execute(db)
  return rows
}
