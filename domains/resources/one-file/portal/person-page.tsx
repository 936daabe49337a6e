import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { AskPurpose } from '#portal/registry'
import { api, DataState, PageFrame, useRight, useWords } from '#portal/ui'
import type { PersonFile } from '../types.ts'
import { type Objected, Objection } from './objection.tsx'
import { AsOf, PersonFileView } from './person-file.tsx'
import { ReaderList } from './reader-list.tsx'
import { RecordList } from './record-list.tsx'
import { Section } from './section.tsx'
import { usePurpose } from './use-purpose.ts'

const ABOVE = [{ title: { zh: '一人一档', en: 'Files of people' }, path: '/one-file' }]

/** The file of a person: opened for a purpose, masked until asked for by right. */
export function PersonPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [purpose, state] = usePurpose()
  return (
    <PageFrame title={{ zh: `档案 ${id}`, en: `File ${id}` }} above={ABOVE}>
      {purpose === '' ? <AskPurpose onState={state} /> : <Opened key={id} id={id} purpose={purpose} />}
    </PageFrame>
  )
}

function Opened({ id, purpose }: { readonly id: string; readonly purpose: string }) {
  const t = useWords()
  const [unmask, setUnmask] = useState(false)
  const [valid, setValid] = useState('')
  const [known, setKnown] = useState('')
  const [objected, setObjected] = useState<Objected>()
  const mayReaders = useRight('one-file.readers')
  const isSteward = useRight('one-file.steward') !== undefined
  const path = `/api/one-file/people/${encodeURIComponent(id)}`
  const query = useQuery({
    queryKey: [path, purpose, unmask, valid, known],
    queryFn: () =>
      api.get<PersonFile>(
        path,
        {
          unmask: unmask || undefined,
          valid: valid || undefined,
          known: known ? `${known}T23:59:59+08:00` : undefined,
        },
        purpose,
      ),
  })
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="middle" justify="space-between">
        <AsOf valid={valid} onValid={setValid} known={known} onKnown={setKnown} />
        {query.data?.mayUnmask && (
          <Button onClick={() => setUnmask(!unmask)} aria-pressed={unmask}>
            {unmask ? t({ zh: '遮盖', en: 'Mask' }) : t({ zh: '查看完整内容', en: 'Show unmasked' })}
          </Button>
        )}
      </Flex>
      <DataState
        query={query}
        isEmpty={({ records }) => records.length === 0}
        empty={{ zh: '当时还没有这份档案的记录', en: 'Nothing was known of this file then' }}
      >
        {(file) => (
          <PersonFileView file={file} onObject={(field, value) => setObjected({ field, value })}>
            <Section title={{ zh: '归并到此的记录', en: 'Records of this file' }}>
              <RecordList id={id} records={file.records} notShown={file.notShown} canSplit={isSteward} />
            </Section>
            {mayReaders && (
              <Section title={{ zh: '谁看过这份档案', en: 'Who opened this file' }}>
                <ReaderList path={`${path}/readers`} />
              </Section>
            )}
          </PersonFileView>
        )}
      </DataState>
      <Objection path={`${path}/objections`} about={objected} onClose={() => setObjected(undefined)} />
    </Flex>
  )
}
