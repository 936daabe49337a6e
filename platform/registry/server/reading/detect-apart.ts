import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { InvalidInput, words } from '#runtime'
import type { Slot } from '../cells/plan.ts'
import type { Detected } from './detect.ts'
import type { DetectTask } from './detect-worker.ts'

/** A workbook of a million rows needs some 300 MB for its texts; what needs more was made to harm. */
const MEGABYTES = 512
const TIMEOUT_MS = 120_000

/**
 * Detects in a thread of its own, because an uploaded file may be anything: one that unpacks to gigabytes ends this
 * thread and not the program. @throws InvalidInput unreadable-file
 */
export async function detectApart(file: string, slots: readonly Slot[]): Promise<Detected> {
  const worker = new Worker(new URL('./detect-worker.ts', import.meta.url), {
    workerData: { file, slots } satisfies DetectTask,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  try {
    const [detected] = await once(worker, 'message', { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return detected as Detected
  } catch {
    throw new InvalidInput(
      'unreadable-file',
      words(
        '文件无法读取：可能已损坏、格式不符，或解压后过大；请另存为 CSV 或拆分后再传',
        'The file cannot be read: it may be damaged, of another format, or too large once unpacked; save it as CSV or split it',
      ),
    )
  } finally {
    await worker.terminate()
  }
}
