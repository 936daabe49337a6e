import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm } from 'antd'
import { ApiError, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

export interface ConfirmButtonProps {
  readonly title: Words
  /** What will happen. */
  readonly question: Words
  readonly act: () => Promise<unknown>
  readonly changes: readonly string[]
  readonly danger?: boolean
}

/** A button for what should not happen by accident. */
export function ConfirmButton({ title, question, act, changes, danger = false }: ConfirmButtonProps) {
  const t = useWords()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const acting = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      void message.success(t({ zh: '已完成', en: 'Done' }))
      await Promise.all(changes.map((path) => queries.invalidateQueries({ queryKey: [path] })))
    },
    onError: (error) =>
      void message.error(error instanceof ApiError ? error.problem.title : t({ zh: '操作失败', en: 'It failed' })),
  })
  return (
    <Popconfirm
      title={t(question)}
      okText={t({ zh: '确定', en: 'Yes' })}
      cancelText={t({ zh: '取消', en: 'No' })}
      onConfirm={() => acting.mutate()}
    >
      <Button size="small" danger={danger} loading={acting.isPending}>
        {t(title)}
      </Button>
    </Popconfirm>
  )
}
