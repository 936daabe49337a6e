import { Alert, Flex } from 'antd'
import { Rows, useWords } from '#portal/ui'
import type { ColumnCheck, Reconciliation } from '../contract.ts'
import { FIGURES } from './words.ts'

interface Line {
  readonly id: string
  readonly what: string
  readonly source: string
  readonly here: string
  /** Null where there is nothing to compare it with. */
  readonly agrees: boolean | null
}

const VERDICTS = {
  true: { type: 'success', title: { zh: '行数和各项合计一致', en: 'Rows and sums agree' } },
  false: {
    type: 'error',
    title: { zh: '有不一致的项目，见下表前几行', en: 'Some figures do not agree; they come first below' },
  },
  null: {
    type: 'info',
    title: {
      zh: '来源没有提供行数或合计，没有比对；只核对了收到的行都有去向',
      en: 'The source gave neither a count nor sums, so nothing was compared; all rows that arrived are accounted for',
    },
  },
} as const

const OF_SOURCE = {
  title: { zh: '与来源核对', en: 'Reconciliation with the source' },
  theirs: { zh: '来源', en: 'Source' },
  here: { zh: '到达', en: 'Arrived' },
}

/** A replay asks nothing of the source: the kept bytes are compared with the run that it repeats. */
const ofReplay = (run: number) => ({
  title: { zh: `与第 ${run} 次采集核对（没有再读取来源）`, en: `Compared with run ${run}; the source was not asked` },
  theirs: { zh: `第 ${run} 次采集`, en: `Run ${run}` },
  here: { zh: '重放', en: 'Replay' },
})

interface ReconciliationViewProps {
  readonly reconciliation: Reconciliation
  readonly replayOf: number | null
}

/** The figures of the source, or of the run that is replayed, beside those of what arrived. */
export function ReconciliationView({ reconciliation, replayOf }: ReconciliationViewProps) {
  const t = useWords()
  const said = replayOf === null ? OF_SOURCE : ofReplay(replayOf)
  const { agrees, columns } = reconciliation
  const line = ({ batch, column, what, source, arrived, agrees: same }: ColumnCheck): Line => ({
    id: `${batch}/${column}/${what}`,
    what: [batch, column, t(FIGURES[what])].filter(Boolean).join(' · '),
    source: source ?? '—',
    here: arrived ?? '—',
    agrees: same,
  })
  const lines = [...rowLines(t, reconciliation), ...columns.map(line)].toSorted(
    (a, b) => Number(a.agrees !== false) - Number(b.agrees !== false),
  )
  return (
    <section>
      <h2>{t(said.title)}</h2>
      <Flex vertical gap="middle">
        <Alert {...VERDICTS[`${agrees}`]} showIcon title={t(VERDICTS[`${agrees}`].title)} />
        <Rows<Line>
          rows={lines}
          rowKey={({ id }) => id}
          caption={{ zh: '核对结果', en: 'Reconciliation' }}
          columns={[
            { id: 'what', title: { zh: '项目', en: 'Figure' }, heading: true, show: ({ what }) => what },
            { id: 'source', title: said.theirs, align: 'right', show: ({ source }) => source },
            { id: 'here', title: said.here, align: 'right', show: ({ here }) => here },
            {
              id: 'agrees',
              title: { zh: '是否一致', en: 'Agrees' },
              show: ({ agrees: same }) =>
                same === null ? (
                  t({ zh: '未比对', en: 'Not compared' })
                ) : same ? (
                  `✓ ${t({ zh: '一致', en: 'Agrees' })}`
                ) : (
                  <strong>{`✗ ${t({ zh: '不一致', en: 'Differs' })}`}</strong>
                ),
            },
          ]}
        />
      </Flex>
    </section>
  )
}

function rowLines(t: ReturnType<typeof useWords>, of: Reconciliation): Line[] {
  const became = of.inserted + of.changed + of.same + of.refused
  const count = (value: number) => value.toLocaleString()
  return [
    {
      id: 'rows',
      what: t({ zh: '行数', en: 'Rows' }),
      source: of.sourceRows === null ? '—' : count(of.sourceRows),
      here: count(of.arrivedRows),
      agrees: of.sourceRows === null ? null : of.sourceRows === of.arrivedRows,
    },
    {
      id: 'balance',
      what: t({
        zh: `去向：新增 ${of.inserted}、更新 ${of.changed}、不变 ${of.same}、未通过 ${of.refused}`,
        en: `Became: ${of.inserted} new, ${of.changed} changed, ${of.same} the same, ${of.refused} refused`,
      }),
      source: count(of.arrivedRows),
      here: count(became),
      agrees: became === of.arrivedRows,
    },
    {
      id: 'removed',
      what: t({ zh: '来源中已不存在，从库中删除', en: 'Gone at the source, deleted here' }),
      source: '—',
      here: count(of.removed),
      agrees: null,
    },
    ...(of.gone === undefined
      ? []
      : [
          {
            id: 'gone',
            what: t({ zh: '来源中已不存在，仍保留', en: 'Gone at the source, kept here' }),
            source: '0',
            here: count(of.gone),
            agrees: of.gone === 0,
          },
        ]),
  ]
}
