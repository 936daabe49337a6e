import { type App, ProductError, system, type Words, type Work, words } from '#runtime'
import { LAG } from '../../contract.ts'
import type { Slots } from '../connectors/connector.ts'
import { openSource, reachable } from '../connectors/open-source.ts'
import { dropStatements } from '../connectors/postgres-slots.ts'
import type { SourcesParts } from '../parts.ts'
import { getSource } from '../runs/run-store.ts'
import { type FeedRow, type SlotRow, type SourceRow, sourcesTables } from '../tables.ts'
import { isFarBehind } from './lag.ts'
import { isWanted, orderSlots, slotPlace, slotsWithFeeds } from './slot-store.ts'

type Looked = { readonly dropped: true } | { readonly lag: number | null } | { readonly problem: Words }

/**
 * Drops the slots that no feed wants any more, because each keeps log on the source's disk until it is full, and reads
 * how much is kept for the others.
 */
export async function lookAfterSlots(parts: SourcesParts, id: string): Promise<void> {
  const { app } = parts
  const source = await getSource(app.db, id)
  const all = await slotsWithFeeds(app.db, id)
  if (all.length === 0) return
  const looked = await lookAt(parts, source, all)
  await app.work(system('sources.slots'), async (work) => {
    for (const { slot, feed } of all) {
      const found = looked.get(slot)
      if (found) await note(work, slot, feed, found)
    }
    work.emit({ topic: 'sources.slots.looked', key: id, audience: { right: 'sources.read' } })
  })
}

/** Every source with slots, each in a job of its own. */
export const lookAfterAllSlots = (app: App): Promise<void> =>
  app.work(system('sources.slots'), async (work) => {
    const rows = await sourcesTables(work.tx).selectFrom('sources.slot').select('source').distinct().execute()
    for (const { source } of rows) orderSlots(work, source)
  })

async function lookAt(
  parts: SourcesParts,
  source: SourceRow,
  all: readonly { readonly slot: SlotRow; readonly feed: FeedRow }[],
): Promise<ReadonlyMap<SlotRow, Looked>> {
  const looked = new Map<SlotRow, Looked>()
  const isHere = ({ place }: SlotRow) => place === slotPlace(source.connection)
  for (const { slot } of all) if (!isHere(slot)) looked.set(slot, { problem: left(slot, MOVED) })
  const here = all.filter(({ slot }) => isHere(slot))
  if (here.length === 0) return looked
  try {
    const connector = await openSource(parts, reachable(parts, source))
    try {
      for (const { slot, feed } of here)
        if (connector.slots) looked.set(slot, await look(connector.slots, slot, isWanted(slot, feed, source)))
    } finally {
      await connector.close()
    }
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    for (const { slot, feed } of here)
      if (!isWanted(slot, feed, source)) looked.set(slot, { problem: left(slot, error.words) })
  }
  return looked
}

async function look(slots: Slots, { name, ...slot }: SlotRow, isStillWanted: boolean): Promise<Looked> {
  if (isStillWanted) return { lag: await slots.lag(name) }
  try {
    await slots.drop(name)
    return { dropped: true }
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    return { problem: left({ name, ...slot }, error.words) }
  }
}

const MOVED = words('来源已改到别处', 'The source is elsewhere now')

const left = ({ name, place }: SlotRow, why: Words): Words =>
  words(
    `${why.zh}。${place} 上的复制槽 ${name} 还在占用磁盘，请其管理员执行：${dropStatements(name)}`,
    `${why.en}. The replication slot ${name} at ${place} still fills its disk; its administrator has to run: ${dropStatements(name)}`,
  )

async function note(work: Work, slot: SlotRow, feed: FeedRow, looked: Looked): Promise<void> {
  const db = sourcesTables(work.tx)
  if ('dropped' in looked) {
    await db.deleteFrom('sources.slot').where('name', '=', slot.name).where('place', '=', slot.place).execute()
    const details = { slot: slot.name, place: slot.place }
    work.audit({ event: 'sources.slot.dropped', subject: { kind: 'sources.feed', id: feed.id }, details })
    return
  }
  const isBehind = 'lag' in looked && isFarBehind({ ...slot, lag_bytes: looked.lag }, feed, work.at)
  if (isBehind && slot.warned_at === null) {
    const data = { dataset: feed.dataset, source: slot.source, bytes: looked.lag }
    work.emit({ topic: LAG, key: feed.id, data, audience: { right: 'sources.read' } })
  }
  await db
    .updateTable('sources.slot')
    .set({
      looked_at: work.at,
      problem: 'problem' in looked ? JSON.stringify(looked.problem) : null,
      ...('lag' in looked ? { lag_bytes: looked.lag, warned_at: isBehind ? (slot.warned_at ?? work.at) : null } : {}),
    })
    .where('name', '=', slot.name)
    .where('place', '=', slot.place)
    .execute()
}
