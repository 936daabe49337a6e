import { type ChildProcess, fork } from 'node:child_process'
import { on } from 'node:events'
import { InvalidInput, Unavailable, words } from '#runtime'
import type { Batch } from '../../contract.ts'
import { problemOf } from './problem.ts'
import type { Report, Task } from './protocol.ts'

export interface Run {
  readonly seconds: number
  readonly signal?: AbortSignal
  readonly progress?: (share: number) => void
  readonly planned?: (words: readonly string[] | undefined) => void
}

/** Rows of a task's answer. */
export async function* runTask(task: Task, run: Run): AsyncGenerator<Batch> {
  for await (const report of runReports(task, run)) if (report.kind === 'batch') yield report.batch
}

/**
 * Runs a task in a process of its own, so that neither the event loop waits nor a question without end or memory
 * harms the program: it is killed, by time, by its reader, or with the program.
 */
export async function* runReports(task: Task, { seconds, signal, progress, planned }: Run): AsyncGenerator<Report> {
  if (signal?.aborted) throw cancelled()
  const late = AbortSignal.timeout(seconds * 1000)
  const ends = signal ? AbortSignal.any([signal, late]) : late
  const child = fork(new URL('./engine-process.ts', import.meta.url), { env: {}, execArgv: [], stdio: 'ignore' })
  // Also while the reader takes his time with a batch.
  const kill = () => void child.kill('SIGKILL')
  ends.addEventListener('abort', kill)
  try {
    for await (const report of reports(child, task, ends)) {
      if (report.kind === 'done') return
      if (report.kind === 'failed') throw problemOf(report.text)
      if (report.kind === 'progress') progress?.(report.share)
      else if (report.kind === 'plan') planned?.(report.words)
      else {
        yield report
        if (report.kind === 'batch' && child.connected) child.send('next')
      }
    }
  } catch (error) {
    if (signal?.aborted) throw cancelled()
    if (late.aborted) throw tooLong(seconds)
    throw error
  } finally {
    ends.removeEventListener('abort', kill)
    kill()
  }
}

async function* reports(child: ChildProcess, task: Task, signal: AbortSignal): AsyncGenerator<Report> {
  const messages = on(child, 'message', { signal, close: ['exit'] })
  child.on('error', (error) => void messages.throw?.(error))
  child.send(task)
  for await (const [report] of messages) yield report as Report
  throw new Unavailable(
    'engine-away',
    words('分析引擎意外结束，请稍后再试', 'The engine of analyses ended unexpectedly; try again later'),
  )
}

const cancelled = () => new InvalidInput('question-cancelled', words('查询已取消', 'The question was cancelled'))

const tooLong = (seconds: number) =>
  new InvalidInput(
    'question-too-long',
    words(
      `查询超过 ${seconds} 秒，已停止；请缩小范围或先汇总`,
      `The question took more than ${seconds} seconds and was stopped; narrow it or aggregate first`,
    ),
  )
