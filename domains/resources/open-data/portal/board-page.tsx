import { Flex, Segmented } from 'antd'
import { useState } from 'react'
import { PageFrame, useWords } from '#portal/ui'
import { VOICES } from './names.ts'
import { Voices } from './voices.tsx'

const ALL = ''

/** The board: what readers asked for and what they were answered. */
export function BoardPage() {
  const t = useWords()
  const [kind, setKind] = useState(ALL)
  return (
    <PageFrame
      title={{ zh: '需求与答复', en: 'Requests and answers' }}
      above={[{ title: { zh: '开放数据', en: 'Open data' }, path: '/open-data' }]}
      about={{
        zh: '想要什么数据，哪里有错，做了什么应用，都可以在这里说；责任单位公开答复。',
        en: 'Ask for data, report mistakes, show what you made. The owners answer in public.',
      }}
    >
      <Flex vertical gap="middle">
        <Segmented
          aria-label={t({ zh: '类别', en: 'Kind' })}
          value={kind}
          onChange={setKind}
          options={[
            { value: ALL, label: t({ zh: '全部', en: 'All' }) },
            ...Object.entries(VOICES).map(([value, words]) => ({ value, label: t(words) })),
          ]}
        />
        <Voices {...(kind === ALL ? {} : { kind })} />
      </Flex>
    </PageFrame>
  )
}
