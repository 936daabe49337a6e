import { Segmented } from 'antd'
import { useState } from 'react'
import { LoopList } from '#portal/loops'
import { PageFrame, PageLink, useWords } from '#portal/ui'

/** Applications that the reader's unit made or has to decide. */
export function RequestsPage() {
  const t = useWords()
  const [shown, setShown] = useState<'open' | 'ended'>('open')
  return (
    <PageFrame
      title={{ zh: '共享申请', en: 'Applications for data' }}
      about={{
        zh: '本单位提出的和需要本单位答复的申请；在数据目录中选择数据集提出新申请。',
        en: 'What your unit applied for and what it has to decide; choose a dataset in the catalogue to apply.',
      }}
      extra={<PageLink to="/data">{t({ zh: '去数据目录申请', en: 'Choose a dataset' })}</PageLink>}
    >
      <Segmented
        aria-label={t({ zh: '申请状态', en: 'State' })}
        value={shown}
        onChange={setShown}
        options={[
          { value: 'open', label: t({ zh: '办理中和有效', en: 'Open and in force' }) },
          { value: 'ended', label: t({ zh: '已结束', en: 'Ended' }) },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <LoopList
        filter={{ definition: 'exchange.request', ended: shown === 'ended' }}
        caption={{ zh: '共享申请', en: 'Applications for data' }}
        empty={{ zh: '没有申请', en: 'No applications' }}
      />
    </PageFrame>
  )
}
