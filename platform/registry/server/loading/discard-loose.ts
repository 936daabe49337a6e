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
export async function discardLoose({ app, files }: LoadParts, signal: AbortSignal): Promise<void> {
  const before = new Date(app.now().getTime() - LOOSE_DAYS * DAY_MS)
  const discard = async (list: readonly Loose[]) => {
    const loose = await app.work(actor, async ({ tx, audit }) => {
      const names = list.map(({ name }) => name)
      const noted = await registryTables(tx)
        .selectFrom('registry.file')
        .select('sm3')
        .where('sm3', 'in', names)
        .where('gone_at', 'is', null)
        .execute()
      const known = new Set(noted.map(({ sm3 }) => sm3))
      const rest = list.filter(({ name }) => !known.has(name))
      if (rest.length > 0)
        audit({
          event: 'registry.file.discarded',
          details: {
            files: rest.map(({ name }) => name),
            bytes: rest.reduce((sum, { size }) => sum + size, 0),
            brokenOff: true,
          },
        })
      return rest
    })
    for (const { name } of loose) await files.erase(name, before)
  }
  let some: Loose[] = []
  for await (const file of files.putBefore(before)) {
    signal.throwIfAborted()
    some.push(file)
    if (some.length < AT_ONCE) continue
    await discard(some)
    some = []
  }
  if (some.length > 0) await discard(some)
}
