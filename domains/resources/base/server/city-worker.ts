import { parentPort, workerData } from 'node:worker_threads'
import { makeCity } from '../../../../tools/city/contract.ts'

/** What city is to be made, and where. */
export interface CityTask {
  readonly residents: number
  readonly out: string
}

if (parentPort) {
  await makeCity({ ...(workerData as CityTask), seed: 1, workers: 1 })
  parentPort.postMessage('made')
}
