import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type App, Conflict, type Job, system, type Work, words } from '#runtime'
import { KEYS_CHANGED, type KeyReports } from './key-reports.ts'
import type { KeyStore } from './key-store.ts'
import { ROTATE_JOB } from './rotation.ts'
import { storeNewKey } from './stored-keys.ts'

const ROWS_AT_ONCE = 500

interface Rotation {
  readonly id: number
  readonly purpose: string
  readonly key_id: number | null
  readonly step: 'add' | 'promote' | 'reseal' | 'retire' | 'done'
}

/** Changes the key of a purpose while everything runs; each step is confirmed, so a killed job goes on where it was. */
export function rotateJob(app: App, store: KeyStore, reports: KeyReports): Job {
  const steps = { add, promote, reseal, retire }
  return {
    id: ROTATE_JOB,
    title: words('轮换密钥', 'Rotate keys'),
    run: async (data, signal) => {
      const { id } = data as { id: number }
      for (;;) {
        const rotation = await findRotation(app, id)
        if (!rotation || rotation.step === 'done') return
        await steps[rotation.step]({ app, store, reports, rotation, signal })
      }
    },
  }
}

interface Step {
  readonly app: App
  readonly store: KeyStore
  readonly reports: KeyReports
  readonly rotation: Rotation
  readonly signal: AbortSignal
}

/** The new key opens everywhere before it seals anywhere. */
async function add({ app, store, rotation }: Step): Promise<void> {
  const purpose = store.purposes.get(rotation.purpose)
  if (!purpose) return
  await app.work(system('crypto'), async (work) => {
    const id = await storeNewKey(work.tx, app.config.masterKeyFile, purpose, 'added')
    await moveTo(work, rotation, 'promote', id)
    tell(work, 'crypto.key.made', id, rotation.purpose)
  })
}

async function promote({ app, reports, rotation, signal }: Step): Promise<void> {
  const id = rotation.key_id ?? 0
  await reports.untilAll((keys) => keys[rotation.purpose]?.all.includes(id) ?? true, signal)
  await app.work(system('crypto'), async (work) => {
    await sql`update crypto.key set state = 'former' where purpose = ${rotation.purpose} and state = 'current'`.execute(
      work.tx,
    )
    await sql`update crypto.key set state = 'current', promoted_at = ${work.at} where id = ${id}`.execute(work.tx)
    await moveTo(work, rotation, 'reseal')
    tell(work, 'crypto.key.promoted', id, rotation.purpose)
  })
}

/** Begins when nobody seals under the old key any more and all that was sealed so far is confirmed. */
async function reseal({ app, store, reports, rotation, signal }: Step): Promise<void> {
  const id = rotation.key_id ?? 0
  await reports.untilAll((keys) => (keys[rotation.purpose]?.current ?? id) === id, signal)
  await untilOlderAreDone(app, signal)
  const current = store.of(rotation.purpose).current
  for (const resealer of store.resealers.filter(({ purpose }) => purpose === rotation.purpose)) {
    let isDone = false
    while (!isDone) {
      signal.throwIfAborted()
      isDone = await app.work(system('crypto'), async (work) => {
        const rows = await resealer.reseal(work, current, ROWS_AT_ONCE)
        const remaining = await resealer.remaining(work, current)
        await sql`update crypto.rotation set resealed = resealed + ${rows}, remaining = ${remaining}
          where id = ${rotation.id}`.execute(work.tx)
        if (rows > 0)
          work.audit({
            event: 'crypto.field.resealed',
            subject: { kind: 'crypto.store', id: resealer.id },
            details: { rows, key: id },
          })
        return rows === 0
      })
    }
  }
  await app.work(system('crypto'), (work) => moveTo(work, rotation, 'retire'))
}

/** Old sealing keys go once nothing needs them; keys that prove something stay, and those whose fields nobody reseals. */
async function retire({ app, store, rotation }: Step): Promise<void> {
  await app.work(system('crypto'), async (work) => {
    const isResealed = store.resealers.some(({ purpose }) => purpose === rotation.purpose)
    if (isResealed && store.purposes.get(rotation.purpose)?.use === 'seal') {
      const { rows } = await sql<{ id: number }>`update crypto.key set state = 'retired', retired_at = ${work.at}
        where purpose = ${rotation.purpose} and state = 'former' returning id`.execute(work.tx)
      for (const { id } of rows) tell(work, 'crypto.key.retired', id, rotation.purpose)
    }
    await moveTo(work, rotation, 'done')
  })
}

async function findRotation(app: App, id: number): Promise<Rotation | undefined> {
  const { rows } = await sql<Rotation>`select id, purpose, key_id, step from crypto.rotation where id = ${id}`.execute(
    app.db,
  )
  return rows[0]
}

/** Moves on only from the step it was read in, so that two runs of the job cannot both make a key. */
async function moveTo(work: Work, from: Rotation, step: Rotation['step'], keyId = from.key_id): Promise<void> {
  const { numAffectedRows } = await sql`update crypto.rotation set step = ${step}, key_id = ${keyId},
    finished_at = ${step === 'done' ? work.at : null} where id = ${from.id} and step = ${from.step}`.execute(work.tx)
  if (numAffectedRows !== 1n)
    throw new Conflict('rotation-moved-on', words('轮换已由另一进程推进', 'Another process has moved this rotation on'))
  work.emit({ topic: 'crypto.rotation.moved', key: String(from.id), audience: { right: 'crypto.key.manage' } })
}

function tell(work: Work, event: string, id: number, purpose: string): void {
  work.audit({ event, subject: { kind: 'crypto.key', id: String(id) }, details: { purpose } })
  work.emit({ topic: KEYS_CHANGED, key: String(id) })
}

async function untilOlderAreDone(app: App, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(
    app.db,
  )
  const next = rows[0]?.next ?? '0'
  for (;;) {
    const done = await sql<{ done: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as done`.execute(app.db)
    if (done.rows[0]?.done) return
    await sleep(250, undefined, { signal })
  }
}
