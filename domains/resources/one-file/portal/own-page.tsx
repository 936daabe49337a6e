import { useQuery } from '@tanstack/react-query'
import { Flex } from 'antd'
import { useState } from 'react'
import { Unproven, useOwnProof } from '#portal/identity'
import { api, DataState, PageFrame } from '#portal/ui'
import type { FirmFile, PersonFile } from '../types.ts'
import { AsOf } from './as-of.tsx'
import { FileView } from './file-view.tsx'
import { type Objected, Objection, valueObjected } from './objection.tsx'

import { ReaderList } from './reader-list.tsx'
import { RecordList } from './record-list.tsx'
import { Section } from './section.tsx'

/** What the city knows of the reader, and who looked. */
export function OwnPage() {
  const [valid, setValid] = useState('')
  const [objected, setObjected] = useState<Objected>()
  const proof = useOwnProof()
  const query = useQuery({
    queryKey: ['one-file', 'own', valid],
    queryFn: () => api.get<{ file: PersonFile | FirmFile | null }>('/api/one-file/own', { valid: valid || undefined }),
  })
  return (
    <PageFrame
      title={{ zh: '我的档案', en: 'My file' }}
      about={{
        zh: '各部门登记的您（或贵企业）的信息、它们的来源，以及谁为什么看过或取得过。内容不对可以提出异议。',
        en: 'What departments have of you or your firm, where it comes from, and who saw or got it and why. Object to what is wrong.',
      }}
    >
      <AsOf valid={valid} onValid={setValid} />
      <DataState
        query={query}
        isEmpty={({ file }) => file === null}
        empty={{ zh: '没有您的档案', en: 'There is no file of you' }}
        next={proof.data?.proof === null && <Unproven />}
      >
        {({ file }) =>
          file && (
            <Flex vertical gap="middle">
              <FileView file={file} onObject={(field, value) => setObjected(valueObjected(field, value))}>
                <Section title={{ zh: '各部门的记录', en: 'Records of departments' }}>
                  <RecordList id={file.id} records={file.records} notShown={file.notShown} onObject={setObjected} />
                </Section>
                <Section title={{ zh: '谁看过或取得过我的数据', en: 'Who saw or got my data' }}>
                  <ReaderList path="/api/one-file/own/readers" />
                </Section>
              </FileView>
              <Objection path="/api/one-file/own/objections" about={objected} onClose={() => setObjected(undefined)} />
            </Flex>
          )
        }
      </DataState>
    </PageFrame>
  )
}
