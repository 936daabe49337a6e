import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AS_OF, writeDate } from './dates.ts'
import { indexPage } from './index-page.ts'
import { Output, type Told } from './output.ts'
import { type CityOptions, type CityPlan, cityPlan } from './plan.ts'
import { SOURCES, TRUTHS } from './sources.ts'
import type { MadeBlock } from './worker.ts'

export interface MakeOptions extends CityOptions {
  /** Must not exist, or be empty. */
  readonly out: string
  /** 1 to 64. */
  readonly workers: number
}

export interface Progress {
  readonly residents: number
  readonly of: number
  readonly firms: number
}

/** `manifest.json`: written last, so a folder that has it is whole. */
export interface Manifest {
  readonly asOf: string
  readonly seed: number
  readonly residents: number
  readonly firms: number
  readonly files: readonly Told[]
}

/**
 * Makes the city's files in `out`. The same residents and seed give the same bytes, whatever the workers.
 * Everything is written to `<out>.unfinished` and renamed when whole; after a failure nothing is left.
 * @throws RangeError for options out of range or a folder in use
 */
export async function makeCity(options: MakeOptions, progress: (now: Progress) => void = () => {}): Promise<Manifest> {
  if (!Number.isInteger(options.workers) || options.workers < 1 || options.workers > 64)
    throw new RangeError('workers is a whole number from 1 to 64')
  const plan = cityPlan(options)
  const out = resolve(options.out)
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new RangeError(`${out} is not empty; name another folder or delete it`)
  const draft = `${out}.unfinished`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(join(draft, 'files'), { recursive: true })
  mkdirSync(join(draft, 'truth', 'rows'), { recursive: true })
  try {
    const manifest = await fill(draft, plan, options.workers, progress)
    writeFileSync(join(draft, 'index.md'), indexPage(manifest))
    writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    mkdirSync(dirname(out), { recursive: true })
    rmSync(out, { recursive: true, force: true })
    renameSync(draft, out)
    return manifest
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  }
}

async function fill(folder: string, plan: CityPlan, workers: number, progress: (now: Progress) => void) {
  const outputs = [
    ...SOURCES.map((source) => new Output(folder, 'files', source, join('truth', 'rows'))),
    ...TRUTHS.map((source) => new Output(folder, 'truth', source, undefined)),
  ]
  let [residents, firms] = [0, 0]
  await inOrder(plan, workers, (made) => {
    outputs.forEach((output, at) => {
      const chunk = made.chunks[at]
      if (chunk) output.add(chunk)
    })
    residents += made.residents
    firms += made.firms
    progress({ residents, of: plan.residents, firms })
  })
  const files = outputs.map((output) => output.finish())
  return { asOf: writeDate(AS_OF, 'iso'), seed: plan.seed, residents, firms, files } satisfies Manifest
}

/** Has the blocks made by workers and taken in their order; no worker runs ahead of the others by more than one block each. */
function inOrder(plan: CityPlan, count: number, take: (made: MadeBlock) => void): Promise<void> {
  const { residents, seed } = plan
  const crew = Array.from(
    { length: Math.min(count, plan.blocks.length) },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { residents, seed } }),
  )
  const idle = [...crew]
  const waiting = new Map<number, MadeBlock>()
  let [next, taken] = [0, 0]
  return new Promise<void>((done, failed) => {
    const send = () => {
      while (idle.length > 0 && next < plan.blocks.length && next - taken < 2 * crew.length)
        idle.pop()?.postMessage(next++)
      if (taken === plan.blocks.length) done()
    }
    for (const worker of crew) {
      worker.on('error', failed)
      worker.on('exit', () => failed(new Error('a worker ended before the city was whole')))
      worker.on('message', (made: MadeBlock) => {
        try {
          idle.push(worker)
          waiting.set(made.index, made)
          for (let one = waiting.get(taken); one; one = waiting.get(taken)) {
            take(one)
            waiting.delete(taken++)
          }
          send()
        } catch (error) {
          failed(error)
        }
      })
    }
    send()
  }).finally(() => Promise.all(crew.map((worker) => worker.terminate())))
}
