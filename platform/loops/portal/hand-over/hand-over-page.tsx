import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Flex, Radio, Skeleton } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import { loopsKey } from '../queries.ts'
import { BatchProgress } from './batch-progress.tsx'
import type { Held, Plan } from './hand-over-types.ts'
import { PersonSelect } from './person-select.tsx'
import { useHoldings } from './receiver-input.tsx'
import { Receivers } from './receivers.tsx'
import { Review } from './review.tsx'

/** One who leaves: what he has, who gets it, what would change, and the batch that does it. */
export function HandOverPage() {
  const t = useWords()
  const [account, setAccount] = useState<string>()
  const [from, setFrom] = useState<string>()
  const [batch, setBatch] = useState<string>()
  const choose = (next: string | undefined) => {
    setAccount(next)
    setFrom(undefined)
  }
  return (
    <PageFrame
      title={{ zh: '人员变动移交', en: 'Hand over when someone leaves' }}
      about={{
        zh: '有人调离、退休或长期请假时，把他手上没办完的事项一次移交给别人。时限照旧计算，不会因移交重新起算。',
        en: 'When someone leaves, give all he has open to others at once. Limits run on; they do not begin anew.',
      }}
    >
      {batch !== undefined ? (
        <BatchProgress
          id={batch}
          onAgain={() => {
            setBatch(undefined)
            choose(undefined)
          }}
        />
      ) : (
        <Flex vertical gap="middle">
          <Card title={t({ zh: '第一步：谁要离开', en: 'First: who leaves' })}>
            <Flex vertical gap="middle">
              <PersonSelect label={{ zh: '离开的人', en: 'Who leaves' }} value={account} onChange={choose} />
              {account !== undefined && <Holders account={account} value={from} onChange={setFrom} />}
            </Flex>
          </Card>
          {from !== undefined && <Rest key={from} from={from} onStarted={setBatch} />}
        </Flex>
      )}
    </PageFrame>
  )
}

interface HoldersProps {
  readonly account: string
  readonly value: string | undefined
  readonly onChange: (holder: string) => void
}

/** The person and his posts with what each has; a post that others hold too keeps its matters well without him. */
function Holders({ account, value, onChange }: HoldersProps) {
  const t = useWords()
  const query = useHoldings(account)
  return (
    <DataState query={query}>
      {({ holders }) => (
        <Radio.Group
          aria-label={t({ zh: '移交哪一部分', en: 'What is handed over' })}
          value={value ?? null}
          onChange={({ target }) => onChange(target.value)}
        >
          <Flex vertical gap="small">
            {holders.map(({ id, title, matters, others }) => (
              <Radio key={id} value={id} disabled={matters === 0}>
                {t(
                  id.startsWith('account:')
                    ? {
                        zh: `${title.zh}签收的和直接交给本人的：${matters} 件`,
                        en: `Signed for by ${title.en} or given in person: ${matters}`,
                      }
                    : {
                        zh: `岗位“${title.zh}”的全部待办：${matters} 件`,
                        en: `All of the post ${title.en}: ${matters}`,
                      },
                )}
                {others.length > 0 &&
                  t({
                    zh: `（这个岗位还有${others.join('、')}，一般不必移交）`,
                    en: ` (${others.join(', ')} are at this post too, so it may stay)`,
                  })}
              </Radio>
            ))}
          </Flex>
        </Radio.Group>
      )}
    </DataState>
  )
}

function Rest({ from, onStarted }: { readonly from: string; readonly onStarted: (batch: string) => void }) {
  const t = useWords()
  const [plan, setPlan] = useState<Plan>({ from })
  const held = useQuery({
    queryKey: [...loopsKey, 'held', from],
    queryFn: () => api.get<Held>('/api/loops/hand-over', { from }),
  })
  const isReady = plan.to !== undefined || Object.keys(plan.kinds ?? {}).length > 0
  if (!held.data) return <Skeleton active />
  return (
    <>
      <Card title={t({ zh: '第二步：交给谁', en: 'Second: who gets them' })}>
        <Receivers held={held.data} plan={plan} onChange={setPlan} />
      </Card>
      <Card title={t({ zh: '第三步：核对并移交', en: 'Third: check and hand over' })}>
        {isReady ? (
          <Review plan={plan} held={held.data} onStarted={onStarted} />
        ) : (
          <Alert
            type="info"
            showIcon
            title={t({
              zh: '选好接收人后，这里列出每件事项会到谁手上。',
              en: 'Choose who gets them; then each matter is listed here.',
            })}
          />
        )}
      </Card>
    </>
  )
}
