import { Worker } from 'node:worker_threads'
import { Defect } from '#runtime'
import type { MatchAnswer, MatchTask } from './match-worker.ts'

/** Matches in a thread of its own, so that the program goes on answering. */
export function matchApart(task: MatchTask, signal: AbortSignal): Promise<MatchAnswer> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./match-worker.ts', import.meta.url), { workerData: task })
    const stop = () => void worker.terminate()
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: MatchAnswer) => {
      signal.removeEventListener('abort', stop)
      done(answer)
    })
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Defect(`The thread that matches ended with ${code}.`)))
  })
}
