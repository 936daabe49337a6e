import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { InvalidInput, words } from '#runtime'
import type { FileProfile } from '../../profile.ts'
import type { ProfileTask } from './profile-worker.ts'

const MEGABYTES = 512

/** Reads a whole file in a thread of its own. @throws InvalidInput unreadable-file: it is not whole, or not of its format */
export async function profileFile(task: ProfileTask, signal: AbortSignal): Promise<FileProfile> {
  const worker = new Worker(new URL('./profile-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  try {
    const [profile] = await once(worker, 'message', { signal })
    return profile as FileProfile
  } catch {
    signal.throwIfAborted()
    throw new InvalidInput(
      'unreadable-file',
      words(
        '文件读不到末尾：可能没有传完、已损坏，或解压后过大',
        'The file cannot be read to its end: it may be cut off, damaged, or too large once unpacked',
      ),
    )
  } finally {
    await worker.terminate()
  }
}
