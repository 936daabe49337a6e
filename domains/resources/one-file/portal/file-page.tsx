import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useRight, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { FirmFile, PersonFile } from '../types.ts'
import { AsOf } from './as-of.tsx'
import { FileView } from './file-view.tsx'
import { type Objected, Objection, valueObjected } from './objection.tsx'
import { PurposeGate } from './purpose-gate.tsx'
import { ReaderList } from './reader-list.tsx'
import { RecordList } from './record-list.tsx'
import { Section } from './section.tsx'

interface Kind {
  /** Of the API. */
  readonly path: string
  readonly title: Words
  readonly above: { readonly title: Words; readonly path: string }
}
const PEOPLE: Kind = {
  path: '/api/one-file/people',
  title: { zh: '档案', en: 'File' },
  above: { title: { zh: '一人一档', en: 'Files of people' }, path: '/one-file' },
}
const FIRMS: Kind = {
  path: '/api/one-file/firms',
  title: { zh: '企业档案', en: 'Firm' },
  above: { title: { zh: '一企一档', en: 'Files of firms' }, path: '/one-file/firms' },
}

export const PersonPage = () => <FilePage kind={PEOPLE} />
export const FirmPage = () => <FilePage kind={FIRMS} />

/** The file of a person or firm: opened for a purpose, people masked until asked for by right. */
function FilePage({ kind }: { readonly kind: Kind }) {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const title = { zh: `${kind.title.zh} ${id}`, en: `${kind.title.en} ${id}` }
  const path = `${kind.path}/${encodeURIComponent(id)}`
  return (
    <PageFrame title={title} above={[kind.above]}>
      <PurposeGate>{(purpose) => <Opened key={path} id={id} path={path} purpose={purpose} />}</PurposeGate>
    </PageFrame>
  )
}

interface OpenedProps {
  readonly id: string
  readonly path: string
  readonly purpose: string
}

function Opened({ id, path, purpose }: OpenedProps) {
  const t = useWords()
  const [unmask, setUnmask] = useState(false)
  const [valid, setValid] = useState('')
  const [known, setKnown] = useState('')
  const [objected, setObjected] = useState<Objected>()
  const mayReaders = useRight('one-file.readers')
  const isSteward = useRight('one-file.steward') !== undefined
  const asked = {
    unmask: unmask || undefined,
    valid: valid || undefined,
    known: known ? `${known}T23:59:59+08:00` : undefined,
  }
  const query = useQuery({
    queryKey: [path, purpose, unmask, valid, known],
    queryFn: () => api.get<PersonFile | FirmFile>(path, asked, purpose),
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
        isEmpty={({ records, notShown }) => records.length + notShown.length === 0}
        empty={{ zh: '当时还没有这份档案的记录', en: 'Nothing was known of this file then' }}
      >
        {(file) => (
          <FileView file={file} onObject={(field, value) => setObjected(valueObjected(field, value))}>
            <Section title={{ zh: '归并到此的记录', en: 'Records of this file' }}>
              <RecordList
                id={id}
                records={file.records}
                notShown={file.notShown}
                canSplit={isSteward}
                onObject={setObjected}
              />
            </Section>
            {mayReaders && (
              <Section title={{ zh: '谁看过或取得过其中的数据', en: 'Who saw or got what is in it' }}>
                <ReaderList path={`/api/one-file/entities/${encodeURIComponent(id)}/readers`} />
              </Section>
            )}
          </FileView>
        )}
      </DataState>
      <Objection path={`${path}/objections`} about={objected} onClose={() => setObjected(undefined)} />
    </Flex>
  )
}
