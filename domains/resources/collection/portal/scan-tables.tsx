import { useMutation } from '@tanstack/react-query'
import { App, Button, Checkbox, Flex, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { api, KeysetTable, useMarks, useRight, useWords } from '#portal/ui'
import type { ScannedTable, ScanView } from './types.ts'
import { SCAN_STATES } from './words.ts'

interface ScanTablesProps {
  readonly scan: ScanView
  readonly changed: () => void
}

/** Tables in which source and inventory do not agree; an officer takes them over, all or chosen. */
export function ScanTables({ scan, changed }: ScanTablesProps) {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const act = useActs(scan.system, () => {
    setChosen([])
    changed()
  })
  const choose = (name: string) =>
    setChosen((now) => (now.includes(name) ? now.filter((each) => each !== name) : [...now, name]))
  const toTake = scan.undeclared + scan.differing
  if (toTake + scan.gone === 0) return <span>{t({ zh: '来源与清单一致。', en: 'Source and inventory agree.' })}</span>
  return (
    <>
      <KeysetTable<ScannedTable>
        path={`${pathOf(scan.system)}/differences`}
        rowKey={({ name }) => name}
        caption={{ zh: '来源与清单不一致的表', en: 'Tables in which source and inventory do not agree' }}
        columns={[
          { id: 'name', title: { zh: '表', en: 'Table' }, heading: true, show: (table) => <Name table={table} /> },
          {
            id: 'state',
            title: { zh: '比对结果', en: 'Result' },
            show: ({ state }) => {
              const result = SCAN_STATES[state]
              return result && <Tag color={result.colour}>{t(result.words)}</Tag>
            },
          },
          { id: 'what', title: { zh: '差异', en: 'What differs' }, show: (table) => <Difference table={table} /> },
          {
            id: 'rows',
            title: { zh: '行数（约）', en: 'Rows, about' },
            align: 'right',
            show: ({ rows }) => rows?.toLocaleString() ?? '—',
          },
          ...(mayDeclare
            ? [
                {
                  id: 'act',
                  title: { zh: '处理', en: 'What to do' },
                  show: ({ name, state }: ScannedTable) =>
                    state === 'gone' ? (
                      <Popconfirm
                        title={t({ zh: '移出后仍可查历史', en: 'Its history stays' })}
                        onConfirm={() => act.remove.mutate([name])}
                      >
                        <Button size="small" loading={act.remove.isPending}>
                          {t({ zh: '移出清单', en: 'Take out' })}
                        </Button>
                      </Popconfirm>
                    ) : (
                      <Checkbox checked={chosen.includes(name)} onChange={() => choose(name)}>
                        {t({ zh: '选中', en: 'Choose' })}
                      </Checkbox>
                    ),
                },
              ]
            : []),
        ]}
      />
      {mayDeclare && toTake > 0 && (
        <Flex wrap gap="small">
          <Button type="primary" loading={act.take.isPending} onClick={() => act.take.mutate(undefined)}>
            {t({ zh: `全部纳入清单（${toTake}）`, en: `Take all over (${toTake})` })}
          </Button>
          <Button disabled={chosen.length === 0} loading={act.take.isPending} onClick={() => act.take.mutate(chosen)}>
            {t({ zh: `只纳入选中的（${chosen.length}）`, en: `Take the chosen ones over (${chosen.length})` })}
          </Button>
        </Flex>
      )}
    </>
  )
}

function useActs(system: string, done: () => void) {
  const t = useWords()
  const { message } = App.useApp()
  const path = pathOf(system)
  const onError = (error: Error) => void message.error(error.message)
  const take = useMutation({
    mutationFn: (tables: readonly string[] | undefined) => takeAll(path, tables),
    onSuccess: (count) => void message.success(t({ zh: `已纳入 ${count} 张表`, en: `${count} tables taken over` })),
    onError,
    onSettled: done,
  })
  const remove = useMutation({
    mutationFn: (tables: readonly string[]) => api.post(`${path}/removed`, { tables }),
    onError,
    onSettled: done,
  })
  return { take, remove }
}

const pathOf = (system: string): string => `/api/collection/inventory/systems/${encodeURIComponent(system)}`

/** Many tables come over in several goes, as long as each leaves fewer. @returns how many came */
async function takeAll(path: string, tables: readonly string[] | undefined): Promise<number> {
  const body = tables ? { tables } : {}
  for (let [taken, before] = [0, Number.POSITIVE_INFINITY]; ; ) {
    const { count, left } = await api.post<{ readonly count: number; readonly left: number }>(`${path}/taken`, body)
    taken += count
    if (left === 0 || left >= before) return taken
    before = left
  }
}

function Name({ table: { name, title } }: { readonly table: ScannedTable }) {
  return <span lang="zh">{title && title !== name ? `${title} ${name}` : name}</span>
}

/** Most names that are written out. */
const SHOWN = 5

function Difference({ table: { state, added, dropped, retyped, provenTitle } }: { readonly table: ScannedTable }) {
  const t = useWords()
  const { list } = useMarks()
  const names = (all: readonly string[]) => `${all.slice(0, SHOWN).join(list)}${all.length > SHOWN ? ' …' : ''}`
  const isNew = state === 'undeclared'
  const lines = [
    added.length > 0 &&
      t(
        isNew
          ? { zh: `${added.length} 列：${names(added)}`, en: `${added.length} columns: ${names(added)}` }
          : { zh: `多出的列：${names(added)}`, en: `More columns: ${names(added)}` },
      ),
    dropped.length > 0 && t({ zh: `没有了的列：${names(dropped)}`, en: `Columns gone: ${names(dropped)}` }),
    retyped.length > 0 &&
      t({
        zh: `类型不同：${names(retyped.map(({ name, declared, found }) => `${name}（申报 ${declared}，实际 ${found}）`))}`,
        en: `Other type: ${names(retyped.map(({ name, declared, found }) => `${name} (declared ${declared}, is ${found})`))}`,
      }),
    provenTitle !== null && t({ zh: `实际汇聚到“${provenTitle.zh}”`, en: `Is collected into "${provenTitle.en}"` }),
  ].filter((line) => line !== false)
  if (lines.length === 0) return <>—</>
  return (
    <Flex vertical>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Flex>
  )
}
