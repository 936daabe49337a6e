import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex, Input, Popconfirm, Select, Switch, Tag } from 'antd'
import { useState } from 'react'
import { ApiError, api, type Column, KeysetTable, PageFrame, PageLink, useWords, When } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { useKinds } from '../queries.ts'

interface Ruling {
  readonly id: number
  readonly definition: Words
  readonly place: Words
  readonly subject: readonly { readonly name: string; readonly title: Words; readonly value: Words }[]
  readonly holder: Words
  readonly matter: string
  readonly reason: string
  readonly ruledAt: string
  readonly withdrawnAt: string | null
  readonly inForce: boolean
}

const PATH = '/api/loops/rulings'

const columns: readonly Column<Ruling>[] = [
  {
    id: 'follows',
    title: { zh: '裁定了什么，以后怎么办', en: 'What was ruled, and what follows' },
    show: (ruling) => <Follows ruling={ruling} />,
    heading: true,
  },
  { id: 'reason', title: { zh: '理由', en: 'Why' }, show: ({ reason }) => <span>{reason}</span> },
  { id: 'matter', title: { zh: '起因事项', en: 'Ruled on' }, show: ({ matter }) => <Matter id={matter} /> },
  { id: 'at', title: { zh: '裁定时间', en: 'Ruled' }, show: ({ ruledAt }) => <When at={ruledAt} /> },
  { id: 'state', title: { zh: '状态', en: 'State' }, show: (ruling) => <State ruling={ruling} /> },
]

/** What was ruled on "not mine": whose matters of each subject are, for how long that holds, and how it is withdrawn. */
export function RulingsPage() {
  const t = useWords()
  const kinds = useKinds().data ?? []
  const [definition, setDefinition] = useState<string>()
  const [text, setText] = useState('')
  const [withdrawn, setWithdrawn] = useState(false)
  return (
    <PageFrame
      title={{ zh: '职责裁定', en: 'Rulings on whose matter it is' }}
      about={{
        zh: '承办单位提出“不属本单位”、经裁定后，系统记住结果：以后同样的事项直接交给裁定的岗位，不再反复推诿。',
        en: 'After "not mine" and a ruling, the result is remembered: the next matter of the same subject goes there at once.',
      }}
    >
      <Flex wrap gap="small" align="center" role="search">
        <Input.Search
          allowClear
          aria-label={t({ zh: '按内容或理由查找', en: 'Find by subject or reason' })}
          placeholder={t({ zh: '按内容或理由查找', en: 'Find by subject or reason' })}
          style={{ maxWidth: 280 }}
          onSearch={setText}
        />
        <Select
          allowClear
          aria-label={t({ zh: '事项类型', en: 'Kind of matter' })}
          placeholder={t({ zh: '全部类型', en: 'All kinds' })}
          style={{ minWidth: 180 }}
          value={definition ?? null}
          onChange={(next) => setDefinition(next ?? undefined)}
          options={kinds.map(({ id, title }) => ({ value: id, label: t(title) }))}
        />
        <Switch
          aria-label={t({ zh: '也显示已撤销的', en: 'Also those withdrawn' })}
          checked={withdrawn}
          onChange={setWithdrawn}
        />
        <span aria-hidden>{t({ zh: '也显示已撤销的', en: 'Also those withdrawn' })}</span>
      </Flex>
      <KeysetTable<Ruling>
        path={PATH}
        query={{ definition, text: text || undefined, withdrawn: withdrawn || undefined }}
        rowKey={({ id }) => id}
        caption={{ zh: '职责裁定', en: 'Rulings' }}
        empty={{
          zh: '没有裁定。有人对事项提出“不属本单位”并经裁定后，会记在这里。',
          en: 'No rulings. After somebody said "not mine" and it was ruled, it is remembered here.',
        }}
        columns={columns}
      />
    </PageFrame>
  )
}

function Follows({ ruling: { definition, place, subject, holder, inForce } }: { readonly ruling: Ruling }) {
  const t = useWords()
  const about = (language: keyof Words) =>
    subject.map(({ title, value }) => `${title[language]} ${value[language]}`).join(language === 'zh' ? '、' : ', ')
  return (
    <span style={{ whiteSpace: 'normal' }}>
      {t({
        zh: `“${definition.zh}”中${about('zh')}的事项，属于${holder.zh}。`,
        en: `"${definition.en}" with ${about('en')} is a matter of ${holder.en}. `,
      })}
      {inForce &&
        t({
          zh: `以后同样的事项到“${place.zh}”环节时，直接交给该岗位。`,
          en: `The next of the same goes there at once from "${place.en}".`,
        })}
    </span>
  )
}

function Matter({ id }: { readonly id: string }) {
  const t = useWords()
  return <PageLink to={`/loops/${id}`}>{t({ zh: `事项 ${id}`, en: `Matter ${id}` })}</PageLink>
}

function State({ ruling: { id, withdrawnAt, inForce } }: { readonly ruling: Ruling }) {
  const t = useWords()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const withdraw = async () => {
    try {
      await api.delete(`${PATH}/${id}`)
      await queries.invalidateQueries({ queryKey: [PATH] })
      void message.success(t({ zh: '已撤销', en: 'Withdrawn' }))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      void message.error(error.problem.title)
    }
  }
  if (withdrawnAt !== null) return <Tag>{t({ zh: '已撤销', en: 'Withdrawn' })}</Tag>
  return (
    <Flex wrap gap="small" align="center">
      {inForce ? (
        <Tag color="success">{t({ zh: '有效', en: 'In force' })}</Tag>
      ) : (
        <Tag>{t({ zh: '已被后来的裁定取代', en: 'Replaced by a later one' })}</Tag>
      )}
      <Popconfirm
        title={t({ zh: '撤销这条裁定？', en: 'Withdraw this ruling?' })}
        description={t({
          zh: '撤销后，以后的同类事项按流程原来的规定分派；已经交办的事项不变。',
          en: 'The next of the kind are assigned as the definition says; those assigned already stay.',
        })}
        okText={t({ zh: '确定撤销', en: 'Withdraw it' })}
        cancelText={t({ zh: '取消', en: 'Cancel' })}
        onConfirm={withdraw}
      >
        <Button size="small">{t({ zh: '撤销', en: 'Withdraw' })}</Button>
      </Popconfirm>
    </Flex>
  )
}
