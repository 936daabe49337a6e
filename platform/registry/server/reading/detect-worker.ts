import { parentPort, workerData } from 'node:worker_threads'
import type { Slot } from '../cells/plan.ts'
import { detect } from './detect.ts'

/** What is to be detected. */
export interface DetectTask {
  readonly file: string
  readonly slots: readonly Slot[]
}

if (parentPort) {
  const { file, slots } = workerData as DetectTask
  parentPort.postMessage(await detect(file, slots))
}
