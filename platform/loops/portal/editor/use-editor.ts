import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useState } from 'react'
import { ApiError } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
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
  /** Problems as the server sees them; undefined while it is asked for the first time. */
  readonly mistakes: readonly Mistake[] | undefined
  /** What new matters follow now, and how many follow any version. */
  readonly inForce: Draft | null
  readonly running: number
  readonly isDirty: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undo: () => void
  readonly redo: () => void
  /** Saves the draft and says its revision; undefined if it could not be saved. */
  readonly save: () => Promise<number | undefined>
  readonly problem: Words | undefined
}

const PAUSE = 400

export function useEditor(detail: DefinitionDetail, parts: Parts): Editor {
  const { id } = detail
  const queries = useQueryClient()
  const [history, turn] = useReducer(turned, detail.draft?.body ?? detail.body ?? {}, (body) =>
    begun(draftOf(id, body)),
  )
  const [where, show] = useState<Chosen | Stage>('name')
  const [stage, setStage] = useState<Stage>('name')
  const [revision, setRevision] = useState(detail.draft?.revision ?? 0)
  const [saved, setSaved] = useState(history.now)
  const [problem, setProblem] = useState<Words>()
  const draft = history.now
  const mistakes = useMistakes(id, draft)

  const save = async () => {
    try {
      const answer = await store.save(id, draft, revision)
      setRevision(answer.revision)
      setSaved(draft)
      setProblem(undefined)
      void queries.invalidateQueries({ queryKey: storeKey, refetchType: 'none' })
      return answer.revision
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem({ zh: error.problem.title, en: error.problem.title })
      return undefined
    }
  }
  return {
    id,
    draft,
    edit: (mark, next) => turn({ do: 'edit', draft: next, mark, at: Date.now() }),
    stage,
    chosen: typeof where === 'object' && isThere(draft, where) ? where : undefined,
    show: (next) => {
      show(next)
      setStage(typeof next === 'string' ? next : next.kind === 'step' ? 'steps' : 'actions')
    },
    parts,
    mistakes,
    inForce: detail.body ? draftOf(id, detail.body) : null,
    running: detail.versions.reduce((sum, version) => sum + version.running, 0),
    isDirty: draft !== saved,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => turn({ do: 'undo' }),
    redo: () => turn({ do: 'redo' }),
    save,
    problem,
  }
}

const isThere = (draft: Draft, { kind, id }: Chosen) => id in (kind === 'step' ? draft.places : draft.actions)

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
