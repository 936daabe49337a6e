import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { ApiError } from '#portal/ui'
import { type Draft, draftOf } from './model/draft.ts'
import { begun, turned } from './model/history.ts'
import type { Chosen, Mistake, Stage } from './model/where.ts'
import { store, storeKey } from './queries.ts'
import type { DefinitionDetail, Parts } from './types.ts'

/** What every part of the editor reads and does. */
export interface Editor {
  readonly id: string
  readonly draft: Draft
  /** Changes the draft; changes with the same mark in quick succession are undone together. */
  readonly edit: (mark: string, draft: Draft) => void
  readonly stage: Stage
  readonly chosen: Chosen | undefined
  readonly show: (where: Chosen | Stage) => void
  readonly parts: Parts
  /** Posts that the definition named when it was opened. */
  readonly posts: DefinitionDetail['posts']
  /** Problems as the server sees them; undefined while it is asked for the first time. */
  readonly mistakes: readonly Mistake[] | undefined
  /** What new matters follow now, and how many follow any version. */
  readonly inForce: Draft | null
  readonly running: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undo: () => void
  readonly redo: () => void
  readonly saving: Saving
}

/** How the draft on the server stands to the one on the screen. */
export interface Saving {
  readonly state: 'none' | 'dirty' | 'saved' | 'refused'
  /** Why it was not saved, in the reader's language. */
  readonly problem: string | undefined
  /** Saves the draft and says its revision; undefined if it could not be saved. */
  readonly save: () => Promise<number | undefined>
}

const PAUSE = 400
const SAVE_AFTER = 1200

export function useEditor(detail: DefinitionDetail, parts: Parts, first: Stage): Editor {
  const { id } = detail
  const [history, turn] = useReducer(turned, detail.draft?.body ?? detail.body ?? {}, (body) =>
    begun(draftOf(id, body)),
  )
  const [where, setWhere] = useState<Chosen | Stage>(first)
  const [stage, setStage] = useState<Stage>(first)
  const draft = history.now
  const mistakes = useMistakes(id, draft)
  const saving = useSaving(id, draft, detail.draft?.revision ?? 0)
  return {
    id,
    draft,
    edit: (mark, next) => turn({ do: 'edit', draft: next, mark, at: Date.now() }),
    stage,
    chosen: typeof where === 'object' && isThere(draft, where) ? where : undefined,
    show: (next) => {
      setWhere(next)
      setStage(typeof next === 'string' ? next : next.kind === 'step' ? 'steps' : 'actions')
    },
    parts,
    posts: detail.posts,
    mistakes,
    inForce: detail.body ? draftOf(id, detail.body) : null,
    running: detail.versions.reduce((sum, version) => sum + version.running, 0),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => turn({ do: 'undo' }),
    redo: () => turn({ do: 'redo' }),
    saving,
  }
}

const isThere = (draft: Draft, { kind, id }: Chosen) => id in (kind === 'step' ? draft.places : draft.actions)

/** Keeps the draft on the server up to date: a little after each change, and when the editor is left. */
function useSaving(id: string, draft: Draft, first: number): Saving {
  const queries = useQueryClient()
  const [saved, setSaved] = useState(draft)
  const [revision, setRevision] = useState(first)
  const [problem, setProblem] = useState<string>()
  const now = useRef({ draft, saved: draft, revision: first })
  const line = useRef<Promise<number | undefined>>(Promise.resolve(undefined))
  useEffect(() => {
    now.current.draft = draft
  }, [draft])

  const saveNow = useCallback(async () => {
    const { draft: body, saved: before, revision: seen } = now.current
    if (body === before && seen > 0) return seen
    try {
      const answer = await store.save(id, body, seen)
      Object.assign(now.current, { saved: body, revision: answer.revision })
      setSaved(body)
      setRevision(answer.revision)
      setProblem(undefined)
      void queries.invalidateQueries({ queryKey: storeKey, refetchType: 'none' })
      return answer.revision
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error.problem.title)
      return undefined
    }
  }, [id, queries])
  const save = useCallback(() => {
    line.current = line.current.then(saveNow, saveNow)
    return line.current
  }, [saveNow])

  useEffect(() => {
    if (draft === saved) return
    const timer = setTimeout(() => void save(), SAVE_AFTER)
    return () => clearTimeout(timer)
  }, [draft, saved, save])
  useEffect(
    () => () => {
      if (now.current.draft !== now.current.saved) void save()
    },
    [save],
  )
  const state = problem ? 'refused' : draft !== saved ? 'dirty' : revision > 0 ? 'saved' : 'none'
  return { state, problem, save }
}

/** Asks the server what is wrong, a little after the last change. */
function useMistakes(id: string, draft: Draft): readonly Mistake[] | undefined {
  const [mistakes, setMistakes] = useState<readonly Mistake[]>()
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      const found = await store.check(id, draft).catch(() => undefined)
      if (!isOld && found) setMistakes(found)
    }, PAUSE)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [id, draft])
  return mistakes
}
