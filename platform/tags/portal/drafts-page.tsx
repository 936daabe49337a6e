import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Popconfirm } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, PageFrame, PersonName, useMe, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { useCatalogue } from './catalogue-page.tsx'
import { DraftForm, type Parts } from './draft-form.tsx'
import { AskPurpose, isPurposeAsked } from './evidence-dialog.tsx'
import type { Draft, TagContent, Trial } from './types.ts'

const PATH = '/api/tags/drafts'

/** A steward's own tags: written, tried on the data, published by another person. */
export function DraftsPage() {
  const t = useWords()
  const [editing, setEditing] = useState<TagContent | 'new'>()
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<Parts & { rows: Draft[] }>(PATH) })
  const catalogue = useCatalogue()
  return (
    <PageFrame
      title={{ zh: '自建标签', en: 'Own tags' }}
      about={{
        zh: '写定义，试算，由另一人复核发布。发布后与其他标签一样计算、抽查和留痕。',
        en: 'Write it, try it, have another person publish it. Then it is computed, reviewed and kept like every other.',
      }}
      extra={
        !editing && (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t({ zh: '新建标签', en: 'New tag' })}
          </Button>
        )
      }
    >
      <DataState
        query={query}
        isEmpty={({ rows }) => rows.length === 0 && !editing}
        empty={{ zh: '没有草稿', en: 'No drafts' }}
      >
        {(parts) =>
          editing && catalogue.data ? (
            <DraftForm
              parts={parts}
              catalogue={catalogue.data}
              initial={editing === 'new' ? undefined : editing}
              onEnd={() => setEditing(undefined)}
            />
          ) : (
            <Flex vertical gap="middle">
              {parts.rows.map((draft) => (
                <DraftCard key={draft.tag} draft={draft} onEdit={() => setEditing(draft.content)} />
              ))}
            </Flex>
          )
        }
      </DataState>
    </PageFrame>
  )
}

function DraftCard({ draft, onEdit }: { readonly draft: Draft; readonly onEdit: () => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const me = useMe()
  const mayPublish = useRight('tags.publish')
  const isOwn = draft.author === me.account
  const path = `${PATH}/${encodeURIComponent(draft.tag)}/${draft.version}`
  const settled = () => queries.invalidateQueries({ queryKey: [PATH] })
  const trial = useMutation({
    mutationFn: (purpose: string | undefined) =>
      api.post<{ trial: Trial; faults: { path: string; message: Words }[] }>(`${path}/trial`, {}, purpose),
    onSuccess: settled,
  })
  const publish = useMutation({ mutationFn: () => api.post(`${path}/publish`), onSuccess: settled })
  const withdraw = useMutation({ mutationFn: () => api.delete(path), onSuccess: settled })
  const failure = [trial, publish, withdraw].find(({ isError }) => isError)?.error
  return (
    <Card size="small" title={<h2 className="dz-card-heading">{`${t(draft.content.title)} · ${draft.tag}`}</h2>}>
      <Flex vertical gap="small">
        <span>{t(draft.content.about)}</span>
        <span>
          {t({ zh: `第 ${draft.version} 版，起草：`, en: `Version ${draft.version}, by ` })}
          <PersonName id={draft.author} /> <When at={draft.draftedAt} />
        </span>
        {draft.trial && <TrialView trial={trial.data?.trial ?? draft.trial} />}
        {trial.data?.faults.map(({ path: where, message }) => (
          <Alert key={where + message.zh} type="warning" showIcon title={t(message)} />
        ))}
        {isPurposeAsked(failure) ? (
          <AskPurpose onState={(purpose) => trial.mutate(purpose)} />
        ) : (
          failure && <Failure error={failure} />
        )}
        <Flex wrap gap="small">
          {isOwn && <Button onClick={onEdit}>{t({ zh: '修改', en: 'Edit' })}</Button>}
          <Button onClick={() => trial.mutate(undefined)} loading={trial.isPending}>
            {t({ zh: '试算', en: 'Try' })}
          </Button>
          {mayPublish && !isOwn && (
            <Popconfirm
              title={t({ zh: '确认已看过试算结果并发布？', en: 'Publish, having seen the trial?' })}
              onConfirm={() => publish.mutate()}
            >
              <Button type="primary" disabled={!draft.trial} loading={publish.isPending}>
                {t({ zh: '复核发布', en: 'Publish' })}
              </Button>
            </Popconfirm>
          )}
          {isOwn && (
            <Popconfirm
              title={t({ zh: '撤回这份草稿？', en: 'Withdraw this draft?' })}
              onConfirm={() => withdraw.mutate()}
            >
              <Button danger>{t({ zh: '撤回', en: 'Withdraw' })}</Button>
            </Popconfirm>
          )}
        </Flex>
      </Flex>
    </Card>
  )
}

function TrialView({ trial }: { readonly trial: Trial }) {
  const t = useWords()
  return (
    <div>
      <strong>
        {t({
          zh: `试算：${trial.members.toLocaleString()} 个对象中 ${trial.carriers.toLocaleString()} 个会有此标签`,
          en: `Trial: ${trial.carriers.toLocaleString()} of ${trial.members.toLocaleString()} would carry it`,
        })}
      </strong>
      <div>
        {t({
          zh: `找不到对象的行 ${trial.unknown}，一个对象多行 ${trial.repeated}，没有日期 ${trial.undated}，第一个样例的依据 ${trial.evidence} 行`,
          en: `Rows of nobody ${trial.unknown}, members with several rows ${trial.repeated}, without a day ${trial.undated}, evidence of the first example ${trial.evidence} rows`,
        })}
      </div>
      <ul className="dz-plain-list">
        {trial.examples.map(({ key, value, since }) => (
          <li key={key}>
            {key} · {value} · {since ?? '—'}
          </li>
        ))}
      </ul>
    </div>
  )
}
