import { sql } from 'kysely'
import { type App, type Db, StartError } from '#runtime'
import type { KeyPurpose } from '../purpose.ts'
import { createDataKey, type DataKey } from './data-key.ts'
import type { KeyRing, PurposeKeys } from './key-ring.ts'
import { unwrapKey, wrapKey } from './key-wrap.ts'
import { makeMasterKey, readMasterKey } from './master-key.ts'
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
): Promise<{ master: PurposeKeys; made: readonly { purpose: string; id: number }[] }> {
  const file = app.config.masterKeyFile
  return app.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    const rows = await storedKeys(tx)
    const master = readMasterKey(file) ?? (rows.length === 0 ? makeMasterKey(file) : undefined)
    if (!master)
      throw new StartError(
        `The master key file ${file} is missing, but this database holds keys under it; put it back from your backup or name it in DAIZONG_MASTER_KEY_FILE.`,
      )
    if (rows.some((row) => sealedKeyId(row.wrapped) !== master.current.id))
      throw new StartError(
        `The master key in ${file} is not the one that protects the keys of this database; name the right one in DAIZONG_MASTER_KEY_FILE.`,
      )
    const made = []
    for (const purpose of purposes) {
      if (rows.some((row) => row.purpose === purpose.id && row.state === 'current')) continue
      made.push({ purpose: purpose.id, id: await storeNewKey(tx, master, purpose, 'current') })
    }
    return { master, made }
  })
}

/** Every key that still opens, unwrapped. @throws RangeError if a stored key was changed */
export async function loadRing(db: Db, master: PurposeKeys): Promise<KeyRing> {
  const ring = new Map<string, PurposeKeys>()
  for (const [purpose, rows] of Map.groupBy(await storedKeys(db), (row) => row.purpose)) {
    const all = rows.map((row) => unwrapKey(master, purpose, row.id, row.wrapped))
    const current = all[rows.findIndex((row) => row.state === 'current')]
    if (current) ring.set(purpose, { current, all })
  }
  return ring
}

/** Makes a key of a purpose and stores it wrapped. */
export async function storeNewKey(
  tx: Db,
  master: PurposeKeys,
  purpose: KeyPurpose,
  state: 'added' | 'current',
): Promise<number> {
  const key = purpose.use === 'sign' ? signingKey() : createDataKey()
  const promoted = state === 'current' ? sql`now()` : sql`null`
  await sql`insert into crypto.key (id, purpose, wrapped, state, promoted_at)
    values (${key.id}, ${purpose.id}, ${wrapKey(master.current, purpose.id, key)}, ${state}, ${promoted})`.execute(tx)
  return key.id
}

const signingKey = (): DataKey => createDataKey({ secret: Buffer.from(generateSm2KeyPair().privateKey, 'hex') })

async function storedKeys(db: Db): Promise<readonly KeyRow[]> {
  const { rows } = await sql<KeyRow>`select id, purpose, wrapped, state from crypto.key
    where state <> 'retired' order by purpose, made_at, id`.execute(db)
  return rows
}
