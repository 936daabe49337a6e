import { useEffect, useRef, useState } from 'react'
import { ApiError, api } from '#portal/ui'
import type { Answer, Line, Problem } from './types.ts'

export interface Asking {
  readonly state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed'
  /** 0 to 1; 0 where it is not known. */
  readonly share: number
  readonly seconds: number
  /** What was asked, whatever is typed since. */
  readonly asked?: { readonly sql: string; readonly purpose: string }
  readonly answer?: Answer
  readonly problem?: Problem
}

/** A question under way: its answer grows as it comes, and it ends when the reader cancels or leaves. */
export function useQuestion() {
  const [asking, setAsking] = useState<Asking>({ state: 'idle', share: 0, seconds: 0 })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const cancel = () => running.current?.abort()
  const ask = async (sql: string, purpose: string) => {
    cancel()
    const end = new AbortController()
    running.current = end
    const begun = performance.now()
    const update = (change: (before: Asking) => Partial<Asking>) => {
      if (running.current !== end) return
      setAsking((before) => ({ ...before, seconds: (performance.now() - begun) / 1000, ...change(before) }))
    }
    setAsking({ state: 'running', share: 0, seconds: 0, asked: { sql, purpose } })
    const clock = setInterval(() => update(() => ({})), 200)
    try {
      await api.lines<Line>('/api/analytics/questions', { sql, purpose }, end.signal, (line) =>
        update((before) => taken(before, line)),
      )
      update(({ problem }) => ({ state: problem ? 'failed' : 'done' }))
    } catch (error) {
      update(() => (end.signal.aborted ? { state: 'cancelled' } : { state: 'failed', problem: problemOf(error) }))
    } finally {
      clearInterval(clock)
    }
  }
  return { asking, ask, cancel }
}

function taken({ answer }: Asking, { progress, batch, problem }: Line): Partial<Asking> {
  if (problem) return { problem }
  if (batch) return { answer: { ...batch, rows: [...(answer?.rows ?? []), ...batch.rows] } }
  return { share: progress ?? 0 }
}

const problemOf = (error: unknown): Problem =>
  error instanceof ApiError ? error.problem : { code: 'unknown', title: String(error) }
