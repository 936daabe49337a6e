import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findRunning } from '#runtime'
import type { Worker } from './load.ts'

/** Matters that are open at once, for each person: few, so that people get into each other's way. */
const OPEN_FOR_EACH = 0.5
const WANTED = new Set([
  'accept',
  'rest',
  'report',
  'reject',
  'pass',
  'loops.sign',
  'loops.note',
  'loops.pause',
  'loops.resume',
])
const FORMS: Readonly<Record<string, object>> = {
  report: { report: '已办' },
  'loops.note': { text: '备注' },
  'loops.pause': { reason: '等待材料' },
  'loops.resume': { reason: '材料已到' },
}

/** One action that a person sent until it was answered. */
export interface Deed {
  readonly instance: number
  readonly action: string
  readonly key: string
  readonly account: string
}

/** What all people together know of the errands. */
export interface Errands {
  /** Matters by the key of their opening. */
  readonly opened: Map<string, number>
  readonly open: Set<number>
  readonly done: Deed[]
  readonly refused: Deed[]
}

interface Page {
  readonly matter: { readonly revision: number; readonly endedAt: string | null }
  readonly actions: readonly { readonly id: string }[]
}

/** Makes so many people of two posts, who share their errands. @returns their accounts */
export async function makePeople(folder: string, many: number): Promise<string[]> {
  const owner = new pg.Client({ connectionString: findRunning(folder) })
  await owner.connect()
  const person = `from identity.account a join generate_series(1, ${many}) n
    on a.account = case when n % 3 = 0 then 'taishan-check' else 'taishan' end`
  await owner.query(`insert into identity.account
    (id, account, name, kind, organisation, password_hash, password_at, is_demo, created_at)
    select 'fault.' || n, 'fault-' || n, '试验' || n, kind, organisation, password_hash, password_at, true, now() ${person}`)
  await owner.query(`insert into identity.holding (post, account, valid_from)
    select h.post, 'fault.' || n, now() ${person} join identity.holding h on h.account = a.id`)
  await owner.end()
  return Array.from({ length: many }, (_, n) => `fault-${n + 1}`)
}

/** One person: looks at a matter and does one of the things that its page offers, or opens a new one. */
export async function runErrands(
  worker: Worker,
  errands: Errands,
  people: number,
  next: () => number,
  going: () => boolean,
): Promise<void> {
  const isOpener = Number(worker.account.slice('fault-'.length)) % 3 !== 0
  for (let n = 1; going(); n++) {
    const key = `${worker.account}-${n}`
    if (isOpener && errands.open.size < Math.max(3, people * OPEN_FOR_EACH)) await open(worker, errands, key)
    else await actOn(worker, errands, key, next)
    await sleep(50 + next() * 150)
  }
}

const accountOf = ({ account }: Worker): string => `fault.${account.slice('fault-'.length)}`

/** The program keeps a key apart for each who opens. */
async function open(worker: Worker, errands: Errands, key: string): Promise<void> {
  const body = { definition: 'faults.errand', key, data: { name: key } }
  const answer = await worker.answer('POST', '/api/loops', body)
  if (answer.status !== 200) throw new TypeError(`opening a matter answered ${answer.status}`)
  const id = Number((answer.body as { id: string }).id)
  errands.opened.set(`${accountOf(worker)}:${key}`, id)
  errands.open.add(id)
}

async function actOn(worker: Worker, errands: Errands, key: string, next: () => number): Promise<void> {
  const matters = [...errands.open]
  const instance = matters[Math.floor(next() * matters.length)]
  if (instance === undefined) return
  const page = await worker.answer('GET', `/api/loops/${instance}`)
  if (page.status !== 200) throw new TypeError(`the page of a matter answered ${page.status}`)
  const { matter, actions } = page.body as Page
  if (matter.endedAt) return void errands.open.delete(instance)
  const offered = actions.map(({ id }) => id).filter((id) => WANTED.has(id))
  const action = offered[Math.floor(next() * offered.length)]
  if (!action) return
  await sleep(next() * 100)
  const { revision } = matter
  const form = FORMS[action]
  const { status } = await worker.answer('POST', `/api/loops/${instance}/actions`, {
    action,
    revision,
    key,
    ...(form ? { form } : {}),
  })
  const deed: Deed = { instance, action, key, account: accountOf(worker) }
  if (status === 200) errands.done.push(deed)
  else if (status === 409 || status === 403) errands.refused.push(deed)
  else throw new TypeError(`${action} answered ${status}`)
}
