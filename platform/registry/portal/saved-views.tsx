import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex, Input, Tag } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import { datasetPath } from './use-dataset.ts'

export interface ViewQuery {
  readonly where: readonly string[]
  readonly sort?: string
  readonly columns: readonly string[]
}

interface SavedViewsProps {
  readonly dataset: string
  readonly current: ViewQuery
  readonly onOpen: (view: ViewQuery) => void
}

/** The reader's own views of a dataset: open, save the present one, delete. */
export function SavedViews({ dataset, current, onOpen }: SavedViewsProps) {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const path = `${datasetPath(dataset)}/views`
  const query = useQuery({
    queryKey: [path],
    queryFn: () => api.get<{ views: { name: string; query: ViewQuery }[] }>(path),
  })
  const again = () => queries.invalidateQueries({ queryKey: [path] })
  const fail = (error: Error) => void message.error(error.message)
  const save = useMutation({
    mutationFn: () => api.put(`${path}/${encodeURIComponent(name.trim())}`, current),
    onSuccess: again,
    onError: fail,
  })
  const remove = useMutation({
    mutationFn: (view: string) => api.delete(`${path}/${encodeURIComponent(view)}`),
    onSuccess: again,
    onError: fail,
  })
  return (
    <Flex wrap gap="small" align="center">
      {query.data?.views.map((view) => (
        <Tag key={view.name} closable onClose={() => remove.mutate(view.name)}>
          <Button type="link" size="small" onClick={() => onOpen(view.query)}>
            {view.name}
          </Button>
        </Tag>
      ))}
      <Input
        aria-label={t({ zh: '视图名称', en: 'Name of the view' })}
        placeholder={t({ zh: '视图名称', en: 'Name of the view' })}
        style={{ width: 160 }}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate()}>
        {t({ zh: '保存视图', en: 'Save view' })}
      </Button>
    </Flex>
  )
}
