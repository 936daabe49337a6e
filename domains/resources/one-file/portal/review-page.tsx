import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Card, Checkbox, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { AskPurpose } from '#portal/registry'
import { api, DataState, Failure, PageFrame, PageLink, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { PairTable, type Side } from './pair-table.tsx'
import { usePurpose } from './use-purpose.ts'
import { type Part, WeightBars } from './weight-bars.tsx'
import { WHY } from './why.ts'

type Verdict = 'same' | 'different' | 'unsure'
interface Pair {
  readonly id: number
  readonly kind: 'person' | 'firm'
  readonly verdict: Verdict | null
  readonly weight: number | null
  readonly parts: readonly Part[]
  readonly sides: readonly (Side | null)[]
}
interface Batch {
  readonly why: string
  readonly loop: string | null
  readonly pairs: readonly Pair[]
}

const VERDICTS: Readonly<Record<Verdict, Words>> = {
  same: { zh: '同一个', en: 'Same' },
  different: { zh: '不是同一个', en: 'Different' },
  unsure: { zh: '无法判断', en: 'Cannot tell' },
}
const COLOURS: Readonly<Record<Verdict, string>> = { same: 'green', different: 'red', unsure: 'default' }

/** A batch of pairs side by side: what agrees, how much it weighs, and the decision. */
export function ReviewPage() {
  const { batch = '' } = useParams({ strict: false }) as { batch?: string }
  const [purpose, state] = usePurpose()
  return (
    <PageFrame
      title={{ zh: `比对复核第 ${batch} 批`, en: `Review of batch ${batch}` }}
      about={{
        zh: '两条记录说的是同一个人（企业）吗？号码不同的合并还要第二人确认。',
        en: 'Are the two records about the same one? Merging different numbers needs a second person besides.',
      }}
      above={[{ title: { zh: '归并质量', en: 'Quality of the files' }, path: '/one-file/quality' }]}
    >
      {purpose === '' ? <AskPurpose onState={state} /> : <Pairs batch={batch} purpose={purpose} />}
    </PageFrame>
  )
}

function Pairs({ batch, purpose }: { readonly batch: string; readonly purpose: string }) {
  const t = useWords()
  const path = `/api/one-file/review/${encodeURIComponent(batch)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<Batch>(path, {}, purpose) })
  const client = useQueryClient()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const decide = useMutation({
    mutationFn: ({ pairs, verdict }: { pairs: readonly number[]; verdict: Verdict }) =>
      api.post(`${path}/verdicts`, { pairs, verdict }),
    onSuccess: () => {
      setChosen([])
      void client.invalidateQueries({ queryKey: [path] })
    },
  })
  const toggle = (id: number) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <DataState query={query} isEmpty={({ pairs }) => pairs.length === 0}>
      {({ why, loop, pairs }) => (
        <Flex vertical gap="middle">
          <Flex wrap gap="small" align="center">
            <Tag>{t(WHY[why] ?? { zh: why, en: why })}</Tag>
            <span>
              {t({
                zh: `已判断 ${pairs.filter(({ verdict }) => verdict).length} / ${pairs.length} 对`,
                en: `${pairs.filter(({ verdict }) => verdict).length} of ${pairs.length} decided`,
              })}
            </span>
            {chosen.length > 0 && (
              <>
                <Typography.Text>
                  {t({ zh: `选中的 ${chosen.length} 对：`, en: `${chosen.length} chosen: ` })}
                </Typography.Text>
                <Buttons onDecide={(verdict) => decide.mutate({ pairs: chosen, verdict })} pending={decide.isPending} />
              </>
            )}
            {loop && <PageLink to={`/loops/${loop}`}>{t({ zh: '去办结这一批', en: 'Close this batch' })}</PageLink>}
          </Flex>
          {decide.error && <Failure error={decide.error} />}
          {pairs.map((pair, at) => (
            <Card
              key={pair.id}
              size="small"
              title={
                <Checkbox checked={chosen.includes(pair.id)} onChange={() => toggle(pair.id)}>
                  {t({ zh: `第 ${at + 1} 对`, en: `Pair ${at + 1}` })}
                </Checkbox>
              }
              extra={pair.verdict && <Tag color={COLOURS[pair.verdict]}>{t(VERDICTS[pair.verdict])}</Tag>}
            >
              <Flex vertical gap="small">
                <PairTable sides={pair.sides} kind={pair.kind} />
                {pair.parts.length > 1 && <WeightBars parts={pair.parts} weight={pair.weight} />}
                <Buttons
                  onDecide={(verdict) => decide.mutate({ pairs: [pair.id], verdict })}
                  pending={decide.isPending}
                />
              </Flex>
            </Card>
          ))}
        </Flex>
      )}
    </DataState>
  )
}

function Buttons({ onDecide, pending }: { readonly onDecide: (verdict: Verdict) => void; readonly pending: boolean }) {
  const t = useWords()
  return (
    <Flex wrap gap="small">
      {(Object.keys(VERDICTS) as Verdict[]).map((verdict) => (
        <Button key={verdict} size="small" disabled={pending} onClick={() => onDecide(verdict)}>
          {t(VERDICTS[verdict])}
        </Button>
      ))}
    </Flex>
  )
}
