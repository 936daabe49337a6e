import { system } from '#runtime'
import { registryTables } from '../tables.ts'
import type { LoadParts } from './run-load.ts'

const actor = system('registry.loose-files')
/** What is being fetched or looked at is noted much sooner. */
const LOOSE_DAYS = 7
const DAY_MS = 86_400_000
/** Their names are in one record. */
const AT_ONCE = 50

interface Loose {
  readonly name: string
  readonly size: number
}

/** Once a day: bytes that nobody noted are deleted; a collection or an upload was broken off before it came to that. */
export async function discardLoose(parts: LoadParts, signal: AbortSignal): Promise<void> {
  const before = new Date(parts.app.now().getTime() - LOOSE_DAYS * DAY_MS)
  let some: Loose[] = []
  for await (const file of parts.files.putBefore(before)) {
    signal.throwIfAborted()
    some.push(file)
    if (some.length < AT_ONCE) continue
    await discard(parts, some, before)
    some = []
  }
  if (some.length > 0) await discard(parts, some, before)
}

async function discard({ app, files }: LoadParts, some: readonly Loose[], before: Date): Promise<void> {
  const loose = await app.work(actor, async ({ tx, audit }) => {
    const names = some.map(({ name }) => name)
    const noted = await registryTables(tx)
      .selectFrom('registry.file')
      .select('sm3')
      .where('sm3', 'in', names)
      .where('gone_at', 'is', null)
      .execute()
    const known = new Set(noted.map(({ sm3 }) => sm3))
    const rest = some.filter(({ name }) => !known.has(name))
    const bytes = rest.reduce((sum, { size }) => sum + size, 0)
    const details = { files: rest.map(({ name }) => name), bytes, brokenOff: true }
    if (rest.length > 0) audit({ event: 'registry.file.discarded', details })
    return rest
  })
  for (const { name } of loose) await files.erase(name, before)
}
