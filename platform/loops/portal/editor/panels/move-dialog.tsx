import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Progress, Select } from 'antd'
import { useState } from 'react'
import { Failure, formatted, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { Labelled } from '../inputs/labelled.tsx'
import type { Draft } from '../model/draft.ts'
import { SEMICOLON } from '../model/signs.ts'
import { store, storeKey } from '../queries.ts'
import type { MovePreview, StoredVersion } from '../types.ts'

interface MoveProps {
  readonly id: string
  readonly to: number
  readonly versions: readonly StoredVersion[]
  readonly onClose: () => void
  readonly again: () => Promise<void>
}

/** Shows what a move of running matters would change, and for whom, and then does it. */
export function MoveDialog({ id, to, versions, onClose, again }: MoveProps) {
  const t = useWords()
  const [places, setPlaces] = useState<Readonly<Record<string, string>>>({})
  const [batch, setBatch] = useState<string>()
  const [error, setError] = useState<unknown>()
  const target = useQuery({ queryKey: [...storeKey, id, 'version', to], queryFn: () => store.version(id, to) })
  const titles = useTitles(id, versions)
  const preview = useQuery({
    queryKey: [...storeKey, id, 'move', to, places],
    queryFn: () => store.previewMove(id, { to, places }),
    gcTime: 0,
  })
  const isLost = preview.data?.places.some((place) => place.to === null) ?? true
  const move = async () => {
    try {
      setBatch((await store.move(id, { to, places })).id)
    } catch (caught) {
      setError(caught)
    }
  }
  const close = () => (batch === undefined ? onClose() : void again())
  return (
    <Modal
      open
      width={860}
      title={t({ zh: `将在办事项转入第 ${to} 版`, en: `Move running matters to version ${to}` })}
      okText={batch === undefined ? t({ zh: '转入', en: 'Move' }) : t({ zh: '完成', en: 'Done' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      okButtonProps={{ disabled: batch === undefined && (isLost || preview.isFetching) }}
      onOk={() => (batch === undefined ? void move() : close())}
      onCancel={close}
      destroyOnHidden
    >
      {(error ?? preview.error) != null && <Failure error={error ?? preview.error} />}
      {batch !== undefined && <Progressing id={batch} />}
      {batch === undefined && preview.data && target.data && (
        <>
          {preview.data.places.map(({ from, matters }) => (
            <Where
              key={from}
              from={t(titles[from] ?? { zh: from, en: from })}
              matters={matters}
              value={places[from] ?? (target.data.places[from] ? from : undefined)}
              target={target.data}
              onChange={(place) => setPlaces({ ...places, [from]: place })}
            />
          ))}
          <Examples preview={preview.data} titles={{ ...titles, ...titlesOf(target.data) }} />
        </>
      )}
    </Modal>
  )
}

const titlesOf = ({ places }: Draft): Readonly<Record<string, Words>> =>
  Object.fromEntries(Object.entries(places).map(([place, { title }]) => [place, title]))

/** Titles of the places of every version that matters still follow. */
function useTitles(id: string, versions: readonly StoredVersion[]): Readonly<Record<string, Words>> {
  const followed = versions.filter(({ running }) => running > 0).map(({ version }) => version)
  const { data = [] } = useQuery({
    queryKey: [...storeKey, id, 'versions', followed],
    queryFn: () => Promise.all(followed.map((version) => store.version(id, version))),
  })
  return Object.assign({}, ...data.map(titlesOf))
}

interface WhereProps {
  readonly from: string
  readonly matters: number
  readonly value: string | undefined
  readonly target: Draft
  readonly onChange: (place: string) => void
}

function Where({ from, matters, value, target, onChange }: WhereProps) {
  const t = useWords()
  return (
    <Labelled label={{ zh: `现在处于“${from}”的 ${matters} 件转到`, en: `The ${matters} in "${from}" go to` }}>
      {(id) => (
        <Select
          id={id}
          value={value ?? null}
          placeholder={t({ zh: '请选择', en: 'Choose' })}
          onChange={(place) => place && onChange(place)}
          options={Object.entries(target.places)
            .filter(([, { kind }]) => kind !== 'end')
            .map(([place, { title }]) => ({ value: place, label: t(title) }))}
        />
      )}
    </Labelled>
  )
}

interface ExamplesProps {
  readonly preview: MovePreview
  readonly titles: Readonly<Record<string, Words>>
}

/** Whose inbox and which limits would change; those that stay the same are only counted. */
function Examples({ preview: { examples, holders, total }, titles }: ExamplesProps) {
  const t = useWords()
  const changed = examples.filter(
    (one) =>
      one.problem !== null ||
      one.from !== one.to ||
      one.dueBefore !== one.dueAfter ||
      one.holdersBefore.join() !== one.holdersAfter.join(),
  )
  const place = (id: string) => t(titles[id] ?? { zh: id, en: id })
  const people = (all: readonly string[]) =>
    all.map((who) => t(holders[who] ?? { zh: who, en: who })).join(t(SEMICOLON)) || '—'
  const due = (at: string | null) => (at === null ? '—' : formatted(new Date(at)))
  const both = (before: string, after: string) => (before === after ? before : `${before} → ${after}`)
  return (
    <>
      <p>
        {t({
          zh: `共 ${total} 件；逐件核对了 ${examples.length} 件，其中 ${changed.length} 件有变化：`,
          en: `${total} matters; of ${examples.length} looked at one by one ${changed.length} would change:`,
        })}
      </p>
      <Rows
        rows={changed}
        rowKey={({ id }) => id}
        caption={{ zh: '有变化的事项', en: 'Matters that would change' }}
        empty={{ zh: '办理人和时限都不变', en: 'Neither people nor limits change' }}
        columns={[
          { id: 'headline', title: { zh: '事项', en: 'Matter' }, show: ({ headline }) => <span>{t(headline)}</span> },
          {
            id: 'place',
            title: { zh: '环节', en: 'Step' },
            show: (one) => <span>{both(place(one.from), place(one.to))}</span>,
          },
          {
            id: 'who',
            title: { zh: '办理人', en: 'In the inbox of' },
            show: (one) => <span>{both(people(one.holdersBefore), people(one.holdersAfter))}</span>,
          },
          {
            id: 'due',
            title: { zh: '时限', en: 'Limit' },
            show: (one) => <span>{both(due(one.dueBefore), due(one.dueAfter))}</span>,
          },
          {
            id: 'problem',
            title: { zh: '不能转入的原因', en: 'Why it would stay' },
            show: ({ problem }) => <span>{problem ? t(problem) : '—'}</span>,
          },
        ]}
      />
    </>
  )
}

const POLL = 1000

function Progressing({ id }: { readonly id: string }) {
  const t = useWords()
  const { data, error } = useQuery({
    queryKey: [...storeKey, 'batch', id],
    queryFn: () => store.batch(id),
    refetchInterval: ({ state }) => (state.data?.endedAt || state.error ? false : POLL),
    retry: false,
  })
  if (error)
    return <Alert type="info" title={t({ zh: '已开始转入，将在后台完成。', en: 'Begun; it goes on by itself.' })} />
  if (!data) return null
  const { total, done, failed, endedAt } = data
  return (
    <div role="status">
      <Progress
        aria-label={t({ zh: '转入进度', en: 'How far it is' })}
        percent={total === 0 ? 100 : Math.floor((100 * (done + failed)) / total)}
      />
      {endedAt
        ? t({ zh: `已转入 ${done} 件，未能转入 ${failed} 件。`, en: `${done} moved, ${failed} stayed as they were.` })
        : t({ zh: `正在转入：${done} / ${total}`, en: `Moving: ${done} / ${total}` })}
    </div>
  )
}
