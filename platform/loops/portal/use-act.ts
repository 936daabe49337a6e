import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#portal/ui'
import type { LoopDetail } from './loop-types.ts'
import { loopsKey } from './queries.ts'

/**
 * Does an action from a dialog. The same attempt keeps its key, so a repeated click does nothing twice; the revision is
 * the one seen when the dialog was opened, so if somebody acts meanwhile the server says so.
 */
export function useAct({ matter }: LoopDetail, action: string, onDone: () => void) {
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const [revision] = useState(matter.revision)
  return async (body: object) => {
    await api.post(`/api/loops/${matter.id}/actions`, { action, revision, key, ...body })
    onDone()
    await queries.invalidateQueries({ queryKey: loopsKey })
  }
}
