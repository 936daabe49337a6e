import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex } from 'antd'
import { useState } from 'react'
import { ApiError, api, useMarks, useWords } from '#portal/ui'
import type { LoopItem } from './loop-types.ts'
import { loopsKey } from './queries.ts'

/** Signs for every selected matter, one after the other; what cannot be signed for is said and left. */
export function SignAll({ items, onDone }: { readonly items: readonly LoopItem[]; readonly onDone: () => void }) {
  const t = useWords()
  const { colon } = useMarks()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const sign = async () => {
    setBusy(true)
    let signed = 0
    for (const { id, revision, headline } of items) {
      try {
        const key = `sign:${id}:${revision}`
        await api.post(`/api/loops/${id}/actions`, { action: 'loops.sign', revision, key })
        signed++
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        void message.warning(`${t(headline)}${colon}${error.problem.title}`)
      }
    }
    setBusy(false)
    onDone()
    void message.success(t({ zh: `已签收 ${signed} 件`, en: `${signed} signed for` }))
    await queries.invalidateQueries({ queryKey: loopsKey })
  }
  return (
    <Flex gap="small" align="center">
      <Button disabled={items.length === 0} loading={busy} onClick={() => void sign()}>
        {t({ zh: '批量签收', en: 'Sign for all selected' })}
      </Button>
      <span aria-live="polite">
        {items.length > 0 && t({ zh: `已选 ${items.length} 件`, en: `${items.length} selected` })}
      </span>
    </Flex>
  )
}
