import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Rows, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { hoursWords } from './hours.ts'
import {
  type Behind,
  isUsed,
  type MinedPath,
  type MinedPlace,
  type MinedWay,
  type Mining,
  type Open,
} from './mining-types.ts'

interface TablesProps {
  readonly mining: Mining
  readonly open: Open
}

/** The numbers of the picture as tables; each opens the matters behind it. */
export function MiningTables({ mining, open }: TablesProps) {
  const { places, ways, paths } = mining
  const title = (id: string): Words => places.find((place) => place.id === id)?.title ?? { zh: id, en: id }
  return (
    <>
      <Section title={{ zh: '各环节', en: 'Steps' }}>
        <Steps places={places.filter(isUsed)} open={open} />
        <Unused places={places.filter((place) => !isUsed(place))} />
      </Section>
      <Section title={{ zh: '实际走法', en: 'The ways they went' }}>
        <Paths paths={paths} total={mining.matters} title={title} open={open} />
      </Section>
      <Section title={{ zh: '环节之间', en: 'From step to step' }}>
        <Ways ways={ways} title={title} open={open} />
      </Section>
    </>
  )
}

function Section({ title, children }: { readonly title: Words; readonly children: ReactNode }) {
  const t = useWords()
  return (
    <section>
      <h2 className="dz-subheading">{t(title)}</h2>
      {children}
    </section>
  )
}

/** A number that opens the matters behind it. */
function Figure({ n, open, behind }: { readonly n: number; readonly open: Open; readonly behind: Behind }) {
  const t = useWords()
  const { colon } = useMarks()
  if (n === 0) return <span>0</span>
  return (
    <Button
      type="link"
      className="dz-figure"
      onClick={() => open(behind)}
      aria-label={`${t(behind.title)}${colon}${n}`}
    >
      {n}
    </Button>
  )
}

const Text = ({ words }: { readonly words: Words }) => <span>{useWords()(words)}</span>

function Steps({ places, open }: { readonly places: readonly MinedPlace[]; readonly open: Open }) {
  const named = ({ title }: MinedPlace, zh: string, en: string): Words => ({
    zh: `${title.zh}：${zh}`,
    en: `${title.en}: ${en}`,
  })
  return (
    <Rows
      rows={places}
      rowKey={({ id }) => id}
      caption={{ zh: '各环节', en: 'Steps' }}
      columns={[
        { id: 'title', title: { zh: '环节', en: 'Step' }, show: ({ title }) => <Text words={title} /> },
        {
          id: 'arrivals',
          title: { zh: '到过（次）', en: 'Arrivals' },
          align: 'right',
          show: (one) => (
            <Figure
              n={one.arrivals}
              open={open}
              behind={{ title: named(one, '到过的事项', 'matters that came here'), query: { place: one.id } }}
            />
          ),
        },
        {
          id: 'again',
          title: { zh: '其中重来（次）', en: 'Of these again' },
          align: 'right',
          show: (one) => (
            <Figure
              n={one.again}
              open={open}
              behind={{ title: named(one, '重来的事项', 'came again'), query: { place: one.id, again: true } }}
            />
          ),
        },
        {
          id: 'now',
          title: { zh: '现在停在这里（件）', en: 'There now' },
          align: 'right',
          show: (one) =>
            one.kind === 'end' ? (
              <span>—</span>
            ) : (
              <Figure
                n={one.now}
                open={open}
                behind={{ title: named(one, '现在停在这里', 'there now'), query: { place: one.id, now: true } }}
              />
            ),
        },
        {
          id: 'median',
          title: { zh: '一半不超过', en: 'Half stay no longer than' },
          align: 'right',
          show: (one) => <Text words={hoursWords(one.medianHours)} />,
        },
        {
          id: 'slow',
          title: { zh: '九成不超过', en: 'Nine in ten no longer than' },
          align: 'right',
          show: (one) => <Text words={hoursWords(one.slowHours)} />,
        },
      ]}
    />
  )
}

function Unused({ places }: { readonly places: readonly MinedPlace[] }) {
  const t = useWords()
  const marks = useMarks()
  if (places.length === 0) return null
  const list = places.map(({ title }) => t(title)).join(marks.list)
  return <p>{t({ zh: `没有事项到过的环节：${list}`, en: `Steps to which no matter came: ${list}` })}</p>
}

interface PathsProps {
  readonly paths: readonly MinedPath[]
  readonly total: number
  readonly title: (id: string) => Words
  readonly open: Open
}

function Paths({ paths, total, title, open }: PathsProps) {
  return (
    <Rows
      rows={paths}
      rowKey={({ places }) => places.join()}
      caption={{ zh: '实际走法，最常见的在前', en: 'The ways they went, the most frequent first' }}
      columns={[
        { id: 'way', title: { zh: '走法', en: 'Way' }, show: ({ places }) => <Text words={wayOf(places, title)} /> },
        {
          id: 'matters',
          title: { zh: '件数', en: 'Matters' },
          align: 'right',
          show: ({ places, matters }) => (
            <Figure n={matters} open={open} behind={{ title: wayOf(places, title), query: { path: places.join() } }} />
          ),
        },
        {
          id: 'share',
          title: { zh: '占比', en: 'Share' },
          align: 'right',
          show: ({ matters }) => <span>{((100 * matters) / total).toFixed(1)}%</span>,
        },
      ]}
    />
  )
}

const wayOf = (places: readonly string[], title: (id: string) => Words): Words => ({
  zh: places.map((id) => title(id).zh).join(' → '),
  en: places.map((id) => title(id).en).join(' → '),
})

interface WaysProps {
  readonly ways: readonly MinedWay[]
  readonly title: (id: string) => Words
  readonly open: Open
}

function Ways({ ways, title, open }: WaysProps) {
  return (
    <Rows
      rows={ways.filter(({ from }) => from !== null).toSorted((a, b) => b.times - a.times)}
      rowKey={({ action, from, to }) => `${action} ${from} ${to}`}
      caption={{ zh: '环节之间', en: 'From step to step' }}
      columns={[
        {
          id: 'way',
          title: { zh: '从哪到哪', en: 'From and to' },
          show: ({ from, to }) => <Text words={wayOf([from ?? '', to], title)} />,
        },
        { id: 'action', title: { zh: '操作', en: 'Action' }, show: (one) => <Text words={one.title} /> },
        {
          id: 'times',
          title: { zh: '次数', en: 'Times' },
          align: 'right',
          show: ({ action, from, to, times }) => (
            <Figure
              n={times}
              open={open}
              behind={{
                title: wayOf([from ?? '', to], title),
                query: { action, from: from ?? undefined, place: to },
              }}
            />
          ),
        },
      ]}
    />
  )
}
