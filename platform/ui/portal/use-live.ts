import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** What the browser hears of an event: what it concerns, never its content. */
export interface LiveEvent {
  /** e.g. `loops.instance.moved` */
  readonly topic: string
  readonly key: string
}

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()
const lost = new Set<() => void>()
const watchers = new Set<() => void>()
let source: EventSource | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let missing: ReturnType<typeof setTimeout> | undefined
let isLost = false

/** A refused stream (the server is starting) is not opened again by the browser itself. */
const RETRY_MS = 3_000
/** A shorter gap is not worth telling. */
const TELL_MS = 4_000

function open(): void {
  source = new EventSource('/api/live')
  source.onmessage = ({ data }) => {
    const event = JSON.parse(String(data)) as LiveEvent
    for (const listener of listeners) listener(event)
  }
  source.onerror = () => {
    missing ??= setTimeout(() => tell(true), TELL_MS)
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS)
  }
  source.onopen = () => {
    if (missing) for (const again of lost) again()
    found()
  }
}

function close(): void {
  clearTimeout(retry)
  source?.close()
  source = undefined
  found()
}

function found(): void {
  clearTimeout(missing)
  missing = undefined
  tell(false)
}

function tell(value: boolean): void {
  isLost = value
  for (const watcher of watchers) watcher()
}

/** Whether the page has heard nothing of the server for some seconds and is trying again. */
export const useConnectionLost = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => isLost,
  )

/**
 * Hears events as they happen. A topic ending in `.` stands for all that begin with it. After a lost connection the
 * callback runs once without an event, because something may have been missed. One connection serves the whole page.
 */
export function useLive(topics: readonly string[], hear: (event?: LiveEvent) => void): void {
  const latest = useRef(hear)
  latest.current = hear
  const wanted = topics.join()
  useEffect(() => {
    const list = wanted.split(',')
    const matches = (topic: string) => list.some((t) => (t.endsWith('.') ? topic.startsWith(t) : topic === t))
    const listener: Listener = (event) => {
      if (matches(event.topic)) latest.current(event)
    }
    const again = () => latest.current()
    listeners.add(listener)
    lost.add(again)
    if (!source) open()
    return () => {
      listeners.delete(listener)
      lost.delete(again)
      if (listeners.size === 0) close()
    }
  }, [wanted])
}

const PAUSE_MS = 1_000

/**
 * Reads queries again when events of these topics happen: `useLiveQueries(['loops.'], ['loops'])`. A storm of events
 * leads to one reading a second, and the next begins only when the last has ended.
 */
export function useLiveQueries(topics: readonly string[], ...keys: readonly QueryKey[]): void {
  const queries = useQueryClient()
  const state = useRef({ wanted: false, running: false })
  useLive(topics, () => {
    state.current.wanted = true
    if (!state.current.running) void readAgain(queries, keys, state.current)
  })
}

async function readAgain(
  queries: QueryClient,
  keys: readonly QueryKey[],
  state: { wanted: boolean; running: boolean },
): Promise<void> {
  state.running = true
  while (state.wanted) {
    state.wanted = false
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
  state.running = false
}
