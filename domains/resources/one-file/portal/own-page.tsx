import { useQuery } from '@tanstack/react-query'
import { Flex } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import type { PersonFile } from '../types.ts'
import { type Objected, Objection } from './objection.tsx'
import { AsOf, PersonFileView } from './person-file.tsx'
import { ReaderList } from './reader-list.tsx'
import { Section } from './section.tsx'

/** What the city knows of the reader, and who looked. */
export function OwnPage() {
  const _t = useWords()
  const [valid, setValid] = useState('')
  const [objected, setObjected] = useState<Objected>()
  const query = useQuery({
    queryKey: ['one-file', 'own', valid],
    queryFn: () => api.get<{ file: PersonFile | null }>('/api/one-file/own', { valid: valid || undefined }),
  })
  return (
    <PageFrame
      title={{ zh: '我的档案', en: 'My file' }}
      about={{
        zh: '各部门登记的您的信息、它们的来源，以及谁为什么看过。内容不对可以提出异议。',
        en: 'What departments have of you, where it comes from, and who looked and why. Object to what is wrong.',
      }}
    >
      <AsOf valid={valid} onValid={setValid} />
      <DataState
        query={query}
        isEmpty={({ file }) => file === null}
        empty={{
          zh: '您的账号还没有关联到档案，请带身份证到政务服务大厅办理',
          en: 'Your account is not linked to a file yet; bring your identity card to the service hall',
        }}
      >
        {({ file }) =>
          file && (
            <Flex vertical gap="middle">
              <PersonFileView file={file} onObject={(field, value) => setObjected({ field, value })}>
                <Section title={{ zh: '谁看过我的档案', en: 'Who opened my file' }}>
                  <ReaderList path="/api/one-file/own/readers" />
                </Section>
              </PersonFileView>
              <Objection path="/api/one-file/own/objections" about={objected} onClose={() => setObjected(undefined)} />
            </Flex>
          )
        }
      </DataState>
    </PageFrame>
  )
}
