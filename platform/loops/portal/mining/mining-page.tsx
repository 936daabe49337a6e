import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Alert, Button, Flex, Segmented, Select, Typography } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import { loopsKey, useKinds } from '../queries.ts'
import { AreaSelect } from './area-select.tsx'
import { ExportButton } from './export-button.tsx'
import { MattersDialog } from './matters-dialog.tsx'
import { MiningPicture } from './mining-picture.tsx'
import { MiningTables } from './mining-tables.tsx'
import type { Behind, Mining, MiningFilter, Open } from './mining-types.ts'
import './mining.css'

const PERIODS = [30, 90, 365, 1095] as const

/** How the matters of one kind really went: paths, waiting, rework; every number opens what is behind it. */
export function MiningPage() {
  const t = useWords()
  const given = new URLSearchParams(useLocation().searchStr).get('definition') ?? undefined
  const kinds = useKinds().data ?? []
  const [chosen, setChosen] = useState(given)
  const [days, setDays] = useState<number>(90)
  const [division, setDivision] = useState<string>()
  const busiest = useBusiest()
  const definition = chosen ?? busiest.data ?? (busiest.isPending ? undefined : kinds[0]?.id)
  return (
    <PageFrame
      title={{ zh: '办理路径分析', en: 'How matters really go' }}
      about={{
        zh: '按办理记录统计：事项实际走了哪些环节、在哪里等得久、哪些被退回重办。点数字可看对应事项。',
        en: 'From the records: which steps matters really took, where they wait, which came back. Press a number to see its matters.',
      }}
    >
      <Flex wrap gap="small" role="search">
        <Select
          aria-label={t({ zh: '事项类型', en: 'Kind of matter' })}
          placeholder={t({ zh: '选择事项类型', en: 'Choose a kind' })}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 220, maxWidth: '100%' }}
          value={definition ?? null}
          onChange={(next) => next && setChosen(next)}
          options={kinds.map(({ id, title }) => ({ value: id, label: t(title) }))}
        />
        <Segmented<number>
          aria-label={t({ zh: '发起时间', en: 'Opened within' })}
          value={days}
          onChange={setDays}
          options={PERIODS.map((n) => ({
            value: n,
            label: t(
              n < 365
                ? { zh: `近${n}天`, en: `${n} days` }
                : { zh: `近${n / 365}年`, en: n === 365 ? '1 year' : `${n / 365} years` },
            ),
          }))}
        />
        <AreaSelect value={division} onChange={setDivision} />
      </Flex>
      {definition !== undefined && <Mined filter={{ definition, days, division }} />}
    </PageFrame>
  )
}

/** The kind of which there are most matters: it is shown first. */
const useBusiest = () =>
  useQuery({
    queryKey: [...loopsKey, 'busiest'],
    queryFn: async () => {
      const lines = await api.get<readonly Line[]>('/api/loops/statistics', { days: 365 })
      const sums = new Map<string, number>()
      for (const { definition, open, ended } of lines) sums.set(definition, (sums.get(definition) ?? 0) + open + ended)
      return [...sums].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null
    },
  })

interface Line {
  readonly definition: string
  readonly open: number
  readonly ended: number
}

function Mined({ filter }: { readonly filter: MiningFilter }) {
  const { definition, ...rest } = filter
  const [behind, setBehind] = useState<Behind>()
  const query = useQuery({
    queryKey: [...loopsKey, 'mining', filter],
    queryFn: () => api.get<Mining>(`/api/loops/mining/${definition}`, rest),
  })
  return (
    <>
      <DataState query={query}>{(mining) => <Result mining={mining} filter={filter} open={setBehind} />}</DataState>
      {behind && <MattersDialog filter={filter} behind={behind} onClose={() => setBehind(undefined)} />}
    </>
  )
}

interface ResultProps {
  readonly mining: Mining
  readonly filter: MiningFilter
  readonly open: Open
}

function Result({ mining, filter, open }: ResultProps) {
  const t = useWords()
  const { matters, reworked, rework } = mining
  if (matters === 0)
    return (
      <Alert
        type="info"
        showIcon
        title={t({
          zh: '这段时间没有发起这类事项。可以选更长的时间，或换一类事项。',
          en: 'No matter of this kind was opened then. Choose a longer time or another kind.',
        })}
      />
    )
  return (
    <Flex vertical gap="large">
      <Flex wrap gap="middle" align="center">
        <Typography.Text>
          {t({ zh: '共发起 ', en: 'Opened: ' })}
          <Button
            type="link"
            className="dz-figure"
            onClick={() => open({ title: { zh: '全部事项', en: 'All matters' }, query: {} })}
          >
            {t({ zh: `${matters} 件`, en: `${matters} matters` })}
          </Button>
        </Typography.Text>
        <Typography.Text>
          {t({ zh: '走过回头路（同一环节办了不止一次） ', en: 'Came back to a step they had left: ' })}
          <Button
            type="link"
            className="dz-figure"
            disabled={reworked === 0}
            onClick={() =>
              open({ title: { zh: '走过回头路的事项', en: 'Matters that came back' }, query: { again: true } })
            }
          >
            {t({ zh: `${reworked} 件`, en: String(reworked) })}（{Math.round(rework * 100)}%）
          </Button>
        </Typography.Text>
        <ExportButton mining={mining} filter={filter} />
      </Flex>
      <MiningPicture mining={mining} open={open} />
      <MiningTables mining={mining} open={open} />
    </Flex>
  )
}
