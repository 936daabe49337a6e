import { PageFrame } from '#portal/ui'
import { FindingList } from './finding-list.tsx'

/** Stretches of measurements that ask for a check. */
export function FindingsPage() {
  return (
    <PageFrame
      title={{ zh: '监测数据质量', en: 'Quality of air data' }}
      about={{
        zh: '筛查只提示核查，不等于认定造假；认定由市级按事项流程作出。',
        en: 'A finding asks for a check and is no verdict; the city decides in the matter.',
      }}
      above={[{ title: { zh: '空气质量', en: 'Air quality' }, path: '/air' }]}
    >
      <FindingList />
    </PageFrame>
  )
}
